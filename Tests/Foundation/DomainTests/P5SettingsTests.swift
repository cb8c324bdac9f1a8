import Domain
import Testing

struct P5SettingsTests {
    @Test func `variables override defaults, and an empty one does not`() throws {
        var settings = P5Settings()
        try settings.read(["P5_GEN_MAX_LEN": "8", "P5_MAX_LEN": "", "P5_BATCH": "4"])
        #expect(settings == P5Settings(generationLimit: 8, batch: 4))
    }

    @Test(arguments: [
        ("P5_GEN_MAX_LEN", "1", "found \"1\", expected a whole number from 2 to 1024"),
        ("P5_MAX_LEN", "1e3", "found \"1e3\", expected a whole number from 1 to 65536"),
        ("P5_BATCH", "0\n", "found \"0?\", expected a whole number from 1 to 65536"),
    ])
    func `a variable out of range is named with what was found and what is expected`(
        name: String,
        text: String,
        message: String
    ) throws {
        var settings = P5Settings()
        let error = try #require(throws: SettingError.self) { try settings.read([name: text]) }
        #expect(error.name == name && error.message == message)
    }

    private func settings(dropout: Double) -> P5Settings {
        var soft = SoftPromptSettings()
        soft.dropout = dropout
        return P5Settings(mode: .softPrompt(soft))
    }

    @Test(arguments: [0, 0.1, 0.9]) func `a share of dropped values is taken`(dropout: Double) throws {
        try settings(dropout: dropout).validate()
    }

    @Test(arguments: [-0.1, 0.91, 1, .nan])
    func `a share that is none is refused with what is expected`(dropout: Double) throws {
        let error = try #require(throws: SettingError.self) { try settings(dropout: dropout).validate() }
        #expect(error.description == "soft prompt: dropout: found \(dropout), expected a number from 0 to 0.9")
    }
}
