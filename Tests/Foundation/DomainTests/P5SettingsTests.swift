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

    @Test(arguments: [0.0, 0.9, -0.1, 0.91, 1, .nan])
    func `dropout is a number from 0 to 0.9`(dropout: Double) {
        var soft = SoftPromptSettings()
        soft.dropout = dropout
        let settings = P5Settings(mode: .softPrompt(soft))
        let error = Result { try settings.validate() }.failure as? SettingError
        #expect((error == nil) == (0...0.9).contains(dropout))
        #expect(error?.message.hasSuffix("expected a number from 0 to 0.9") ?? true)
    }
}

extension Result {
    /// The error of a failure.
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
