package import Scenarios

/// How the program's own lines show the stages of its start.
///
/// Two kinds are built in: the lines of the service that Coldstart contains (`stage finished stage=svd
/// milliseconds=1022`), and pairs of words that programs use (`loading X` and `loaded X`, `X started` and `X finished`).
/// A file names others:
///
/// ```yaml
/// stages:
///   - {stage: embeddings, begins: "embeddings: load started", ends: "embeddings: load finished"}
/// ```
package struct StagePatterns: Sendable {
    /// Literal texts that begin and end a stage.
    struct Named: Sendable {
        let stage: String
        let begins: String?
        let ends: String
    }

    /// Words of which one begins and the other ends a stage named by the rest of the line.
    struct Pair: Sendable {
        let begins: String
        let ends: String
    }

    /// Those of a file.
    private let named: [Named]

    /// The pairs of words, compared in lower case.
    private static let pairs = [
        Pair(begins: "started", ends: "finished"), Pair(begins: "started", ends: "complete"),
        Pair(begins: "started", ends: "done"), Pair(begins: "begin", ends: "end"),
        Pair(begins: "loading", ends: "loaded"), Pair(begins: "downloading", ends: "downloaded"),
        Pair(begins: "fetching", ends: "fetched"), Pair(begins: "building", ends: "built"),
        Pair(begins: "warming up", ends: "warmed up"), Pair(begins: "initializing", ends: "initialized"),
        Pair(begins: "initialising", ends: "initialised"), Pair(begins: "importing", ends: "imported"),
    ]

    /// The texts without which a line is no mark of a stage, for the one pass over it.
    static let literals: [StaticString] = [
        "started", "finished", "omplete", "done", "oading ", "oaded ", "etching ", "etched ", "uilding ", "uilt ",
        "arming up", "armed up", "nitializ", "nitialis", "mporting ", "mported ", "begin", " end",
    ]

    /// The built-in patterns alone.
    package init() {
        named = []
    }

    /// Reads a file of patterns.
    ///
    /// - Throws: `ScenarioError` with file, line and column for anything but the form above.
    package init(_ bytes: [UInt8], path: String) throws(ScenarioError) {
        var named: [Named] = []
        for (key, value) in try YAMLDocument.parse(bytes, path: path).pairs(of: "the key `stages`") {
            guard key.scalarText == "stages" else {
                throw key.error("unknown key `\(key.scalarText ?? "")`; there is `stages`")
            }
            for element in try value.list(of: "stages") {
                var words: [String: String] = [:]
                for (key, value) in try element.pairs(of: "`stage`, `begins` and `ends`") {
                    let name = key.scalarText ?? ""
                    guard ["stage", "begins", "ends"].contains(name) else {
                        throw key.error("unknown key `\(name)`; there are `stage`, `begins`, `ends`")
                    }
                    words[name] = try value.text("a literal text of a line")
                }
                guard let stage = words["stage"], let ends = words["ends"] else {
                    throw element.error("a stage needs `stage`, its name, and `ends`, a text of the line that ends it")
                }
                named.append(Named(stage: stage, begins: words["begins"], ends: ends))
            }
        }
        self.named = named
    }

    /// Whether every line has to be looked at, not only those with one of ``literals``.
    var hasNamed: Bool { !named.isEmpty }

    /// Returns the stage that a line begins or ends, with the text of it that says so; `nil` for other lines.
    ///
    /// - Complexity: O(*n*) in the line, for each pattern.
    func stage(in line: String) -> (name: String, edge: StageMark.Edge, words: String)? {
        for pattern in named {
            if line.contains(pattern.ends) { return (pattern.stage, .ends(seconds: nil), pattern.ends) }
            if let begins = pattern.begins, line.contains(begins) { return (pattern.stage, .begins, begins) }
        }
        if let ended = Self.ownStage(line) { return ended }
        let lower = line.lowercased()
        for pair in Self.pairs {
            if let word = Self.word(pair.ends, in: lower), let name = Self.name(lower, without: word) {
                return (name, .ends(seconds: nil), Self.words(around: word, in: line, lower))
            }
        }
        for pair in Self.pairs {
            if let word = Self.word(pair.begins, in: lower), let name = Self.name(lower, without: word) {
                return (name, .begins, Self.words(around: word, in: line, lower))
            }
        }
        return nil
    }

    /// Reads the line of the service that Coldstart contains.
    private static func ownStage(_ line: String) -> (name: String, edge: StageMark.Edge, words: String)? {
        guard line.contains("stage finished"), let stage = value(of: "stage=", in: line) else { return nil }
        let seconds = value(of: "milliseconds=", in: line).flatMap { Double($0) }.map { $0 / 1000 }
        return (stage, .ends(seconds: seconds), "stage finished")
    }

    private static func value(of key: String, in line: String) -> String? {
        guard let range = line.ranges(of: key).last else { return nil }
        let word = line[range.upperBound...].prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : String(word)
    }

    private static func word(_ word: String, in line: String) -> Range<String.Index>? {
        line.ranges(of: word)
            .last { range in
                let before = range.lowerBound == line.startIndex ? " " : line[line.index(before: range.lowerBound)]
                let after = range.upperBound == line.endIndex ? " " : line[range.upperBound]
                return !before.isLetter && (!after.isLetter || word.hasSuffix("complete") && after == "d")
            }
    }

    /// What is left of a line without the word, its time, how it went, and its punctuation; `nil` for nothing, and for prose.
    ///
    /// A program tells of a stage with the word at the beginning or the end of what stands behind the line's last colon;
    /// sentences have it in their middle, and code quotes something or sets a name to a value.
    private static func name(_ line: String, without word: Range<String.Index>) -> String? {
        let before = line[..<word.lowerBound]
        let start = before.ranges(of: ": ").last?.upperBound ?? before.startIndex
        let head = before[start...].drop { $0.isWhitespace || $0.isNumber || "[]()-:.,".contains($0) }
        var tail = line[word.upperBound...].drop { $0 == "d" || ".!…✓".contains($0) || $0.isWhitespace }
        for ending in endings {
            if tail.hasPrefix(ending) { tail = "" }
            tail = tail.split(separator: " " + ending, maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        }
        let rest = head + " " + tail
        guard head.isEmpty || tail.isEmpty, !rest.contains(where: { "=#\"`'{}<>|;".contains($0) }),
            rest.split(separator: " ").count <= 6
        else { return nil }
        var name = before + " " + tail
        for mark in ["...", "…", ":", ".", "(", ")"] { name = name.replacing(mark, with: " ")[...] }
        let words = name.split { $0.isWhitespace }.filter { !$0.allSatisfy(\.isNumber) }.joined(separator: " ")
        return words.isEmpty || words.count > 80 ? nil : words
    }

    /// What may follow a stage's name or word: how long it took, how large it is, or how it went.
    private static let endings = ["in ", "after ", "(", "within ", "successfully", "ok", "took "]

    /// The words of the last part of a line, from its last colon on.
    private static func words(around word: Range<String.Index>, in line: String, _ lower: String) -> String {
        guard lower.utf8.count == line.utf8.count else { return line }
        let before = line.utf8.prefix(lower.utf8.distance(from: lower.startIndex, to: word.lowerBound))
        let text = String(decoding: before, as: UTF8.self)
        let start = text.ranges(of: ": ").last?.upperBound ?? text.startIndex
        return String(line.dropFirst(text[..<start].count))
    }
}
