import Domain
import Scenarios
import Testing

/// Files that are no scenario at all.
struct ScenarioFileTests {
    private func error(_ bytes: [UInt8]) throws -> ScenarioError {
        try #require(throws: ScenarioError.self) { try ScenarioLoader.decode(bytes, path: "test.yaml") }
    }

    @Test("An empty file is refused", arguments: ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}"])
    func empty(_ text: String) throws {
        let error = try error(Array(text.utf8))
        #expect(error.path == "test.yaml")
        #expect(!"\(error)".contains("\n"))
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notUTF8() throws {
        #expect(try error([0x6E, 0xFF, 0xFE]).description == "test.yaml: the file is not UTF-8 text")
        #expect(try error([0xC3]).code == .unreadable)
    }

    @Test("A file above 1 MiB is refused, one of exactly 1 MiB is read")
    func size() throws {
        let limit = 1 << 20
        let text = SmallScenario.text(with: "seed: 3")
        let padding = String(repeating: "#", count: limit - text.utf8.count)
        #expect(try ScenarioLoader.decode(Array((text + padding).utf8), path: "test.yaml").seed == 3)
        #expect(try error(Array((text + padding + "#").utf8)).message.contains("larger than 1 MiB"))
    }

    @Test(
        "A file of something else is refused",
        arguments: [
            "just text", "[1, 2]", "42", "{\"name\": \"x\"}", "%PDF-1.4", "\0\0\0\0", "{", "a: b: c", "!!python/x y",
        ]
    )
    func somethingElse(_ text: String) throws {
        #expect(try !error(Array(text.utf8)).message.isEmpty)
    }

    @Test("Deep nesting is refused instead of exhausting the stack", arguments: ["[", "{a: [", "- ", "? "])
    func nesting(_ opening: String) throws {
        let error = try error(Array(String(repeating: opening, count: 20_000).utf8))
        #expect(error.message == "nested far deeper than any scenario")
    }

    @Test("Aliases that multiply are refused before they are followed")
    func aliases() throws {
        var text = "a0: &a0 [x]\n"
        for level in 1...30 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        text += "? *a30\n: 1\n"
        #expect(try error(Array(text.utf8)).message.contains("anchors and aliases"))
    }

    @Test("A few anchors, Windows line ends and a byte order mark are accepted")
    func leniency() throws {
        let text = SmallScenario.text(with: "tags: &t [a, b] # R & D *is* fine\nstages: {svd: &d 3s, tokenizer: *d}")
        let scenario = try ScenarioLoader.decode(
            Array(("\u{FEFF}" + text.replacing("\n", with: "\r\n")).utf8),
            path: "test.yaml"
        )
        #expect(scenario.stages.stated[.svd] == scenario.stages.stated[.tokenizer])
    }

    @Test("Control characters never reach an error line")
    func controlCharacters() throws {
        let error = try error(Array(SmallScenario.text(with: "\"\\e[31mred\": 1").utf8))
        #expect(!"\(error)".unicodeScalars.contains { $0.value < 0x20 })
    }
}
