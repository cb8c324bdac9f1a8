import Scenarios
import SourcePlaces

/// A text in which `¦` marks the place that an error must point at.
struct MarkedText {
    /// The text without the mark.
    let text: String
    /// The place of the mark in the file `test.yaml`.
    let location: SourceLocation?

    init(_ marked: String) {
        let parts = marked.split(separator: "¦", maxSplits: 1, omittingEmptySubsequences: false)
        text = parts.joined()
        guard parts.count == 2, let before = parts.first else {
            location = nil
            return
        }
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        location = SourceLocation(
            file: "test.yaml",
            line: lines.count,
            column: (lines.last?.unicodeScalars.count ?? 0) + 1
        )
    }
}

/// A scenario of which one top-level key is replaced or added.
enum SmallScenario {
    static let lines = [
        "name: small",
        "teaches: Something.",
        "service: {strategy: blocking, bundle: bundle}",
        "sessions: {file: sessions.jsonl}",
        "catalogue: catalogue.jsonl",
        "expect: {rows: none}",
    ]

    /// Returns the text with the top-level keys of a block in place of its own.
    static func text(with block: String) -> String {
        let keys = block.split(separator: "\n").filter { $0.first?.isLetter ?? false }.map(key)
        return (lines.filter { !keys.contains(key($0[...])) } + [block]).joined(separator: "\n") + "\n"
    }

    /// Decodes the scenario with the top-level keys of a block in place of its own.
    static func decode(with block: String = "seed: 1", path: String = "test.yaml") throws(ScenarioError) -> Scenario {
        try ScenarioLoader.decode(Array(text(with: block).utf8), path: path)
    }

    private static func key(_ line: Substring) -> String {
        String(line.prefix { $0 != ":" }.filter { $0 != "¦" })
    }
}
