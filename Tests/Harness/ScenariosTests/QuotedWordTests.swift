import ColdstartTestSupport
import Foundation
import Scenarios
import Testing
import Yams

/// Words in quotes mean what they mean without: formatters and generators write them so, and JSON has no others.
struct QuotedWordTests {
    private static let folder = Fixtures.packageDirectory + "/scenarios"

    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    /// How the scalars of a scenario are written.
    enum Writing: String, CaseIterable {
        /// As JSON: numbers bare, every other scalar a string.
        case json
        /// As JSON on many lines, indented by tabs.
        case indentedJSON
        /// As YAML in flow style with every scalar but numbers in single quotes.
        case singleQuotes
    }

    private func text(_ node: Node, _ writing: Writing, depth: Int = 1) -> String {
        let (line, end) =
            writing == .indentedJSON
            ? ("\n" + String(repeating: "\t", count: depth), "\n" + String(repeating: "\t", count: depth - 1))
            : ("", "")
        switch node {
        case .scalar(let scalar):
            let isNumber = scalar.style == .plain && Double(scalar.string) != nil
            return isNumber ? scalar.string : quoted(scalar.string, writing)
        case .sequence(let sequence):
            return "[" + sequence.map { line + text($0, writing, depth: depth + 1) }.joined(separator: ",") + end + "]"
        case .mapping(let mapping):
            let pairs = mapping.map { line + text($0.key, writing) + ": " + text($0.value, writing, depth: depth + 1) }
            return "{" + pairs.joined(separator: ",") + end + "}"
        case .alias: return ""
        }
    }

    private func quoted(_ text: String, _ writing: Writing) -> String {
        guard writing != .singleQuotes else { return "'" + text.replacing("'", with: "''") + "'" }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default:
                scalar.isASCII
                    ? String(scalar)
                    : String(scalar).utf16.map { "\\u" + String(UInt32($0) + 0x10000, radix: 16).suffix(4) }.joined()
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    /// A scenario in words, without the places in its file and in an order that no dictionary decides.
    private func words(_ scenario: Scenario) -> [Substring] {
        "\(scenario)".replacing(/x\.yaml:\d+:\d+/, with: "").split { "[](), ".contains($0) }.sorted()
    }

    @Test("every shipped scenario means the same in quotes", arguments: files, Writing.allCases)
    func shipped(name: String, writing: Writing) throws {
        let original = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
        let node = try #require(try Yams.compose(yaml: original))
        let copy = text(node, writing)
        #expect(copy.contains("\t") == (writing == .indentedJSON))
        let expected = try ScenarioLoader.decode(Array(original.utf8), path: "x.yaml")
        let found = try ScenarioLoader.decode(Array(copy.utf8), path: "x.yaml")
        let difference = words(found).difference(from: words(expected))
        #expect(difference.isEmpty)
        let other = try ScenarioLoader.decode(Array(other(than: name).utf8), path: "x.yaml")
        #expect(words(found) != words(other))
    }

    private func other(than name: String) throws -> String {
        let other = try #require(Self.files.first { $0 != name })
        return try String(contentsOfFile: Self.folder + "/" + other, encoding: .utf8)
    }

    private func scenario(_ session: String = "1", teaches: String = "Words.", _ rest: String = "") -> [UInt8] {
        Array(
            """
            {"name": "quoted", "teaches": "\(teaches)", "service": {"strategy": "blocking", "bundle": "b"},
             "sessions": {"file": "s"}, "catalogue": "c", "requests": [{"at": "1s", "session": \(session)\(rest)}],
             "faults": [{"process": "memory_limit", "limit": "300MiB"}, {"stage": "svd", "hangs": "on"}],
             "expect": {"rows": "none", "startup": {"ready_full": "never"}}}
            """
            .utf8
        )
    }

    @Test("a number in quotes is refused, and the message says that it is the quotes")
    func numbers() throws {
        #expect(throws: Never.self) { try ScenarioLoader.decode(scenario(), path: "x.yaml") }
        for (session, rest) in [("\"1\"", ""), ("1", ", \"top_k\": \"10\"")] {
            let error = try #require(throws: ScenarioError.self) {
                try ScenarioLoader.decode(scenario(session, rest), path: "x.yaml")
            }
            #expect(error.message.hasSuffix("write it without quotes"), "\(error)")
        }
    }

    @Test("a character beyond U+FFFF is read as JSON writes it")
    func surrogates() throws {
        let found = try ScenarioLoader.decode(scenario(teaches: "\\ud83c\\uDFAC \\u00e4"), path: "x.yaml")
        #expect(found.teaches == "🎬 ä")
    }
}
