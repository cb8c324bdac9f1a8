import Yams

/// A text inside a YAML document that may be a script or a document itself.
struct EmbeddedText: Sendable {
    /// The key it stands under, empty for an element of a list.
    let key: String
    /// Its bytes in the file.
    let range: Range<Int>
    /// How it is written.
    let style: ScalarStyle
}

/// A document of a YAML or JSON file, with its places.
struct YAMLDocument: Sendable {
    /// What stands in it; `nil` where it is empty or no YAML.
    var root: ConfigurationNode?
    /// Its bytes in the file.
    var range: Range<Int>
    /// What other programs put something in for.
    var placeholders: [Placeholder] = []
    /// Longer texts in it.
    var embedded: [EmbeddedText] = []
    /// Keys that stand twice in a mapping: the later ones.
    var repeatedKeys: [ConfigurationEntry] = []
    /// Why it is no YAML: the byte at which that is seen, and what is wrong.
    var syntaxProblem: (offset: Int, message: String)?

    /// The places of template engines.
    var templates: [Placeholder] { placeholders.filter { $0.kind == .template } }
}

/// Reads the documents of a YAML or JSON file, each on its own: what is wrong with one leaves the others.
enum YAMLReader {
    /// The largest document, in bytes.
    private static let sizeLimit = 4 << 20
    /// The most values of a document with its aliases followed.
    static let nodeLimit = 200_000

    /// Reads the documents of a range that begins and ends with lines.
    ///
    /// - Complexity: O(*n*) in the length of the range.
    static func documents(in file: SourceFile, _ range: Range<Int>) -> [YAMLDocument] {
        parts(of: file, range).map { document(in: file, $0) }
    }

    /// Cuts a file where lines begin with `---` at its left margin.
    private static func parts(of file: SourceFile, _ range: Range<Int>) -> [Range<Int>] {
        guard !range.isEmpty else { return [] }
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        let first = file.line(of: range.lowerBound)
        for line in first...file.line(of: range.upperBound - 1) {
            let bytes = file.rangeOfLine(line)
            let mark = file.bytes[bytes].prefix(4)
            guard mark.starts(with: "---".utf8), mark.count == 3 || mark.last == 0x20, bytes.lowerBound > start else {
                continue
            }
            parts.append(start..<bytes.lowerBound)
            start = bytes.lowerBound
        }
        return parts + [start..<range.upperBound]
    }

    private static func document(in file: SourceFile, _ range: Range<Int>) -> YAMLDocument {
        var document = YAMLDocument(range: range)
        let firstLine = file.line(of: range.lowerBound)
        let isJSON = file.bytes[range].first { $0 > 0x20 }.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        var patched = PatchedText(file, range, isJSON: isJSON ?? false)
        document.placeholders = patched.placeholders
        if let problem = refusal(file, range) {
            document.syntaxProblem = problem
            return document
        }
        while true {
            do {
                guard let root = try Parser(yaml: patched.text, encoding: .utf8).nextRoot() else { return document }
                var builder = YAMLTreeBuilder(file: file, placeholders: patched.placeholders, firstLine: firstLine)
                document.root = builder.node(root)
                document.embedded = builder.embedded
                document.repeatedKeys = builder.repeatedKeys
                if builder.isTooLarge {
                    document.root = nil
                    document.syntaxProblem = (range.lowerBound, "aliases multiply its values beyond \(nodeLimit)")
                }
                return document
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let place = (line: context.mark.line - 1, column: context.mark.column - 1)
                if keys.contains(where: { patched.rename($0, line: place.line, column: place.column) }) { continue }
                let offset = file.offset(line: firstLine + place.line, column: place.column)
                document.syntaxProblem = (offset, "a key is given more than once")
                return document
            } catch {
                document.syntaxProblem = problem(of: error, file, firstLine)
                return document
            }
        }
    }

    /// Says why a document is not even tried: its size, or keys that the comparison of keys could not bear.
    private static func refusal(_ file: SourceFile, _ range: Range<Int>) -> (offset: Int, message: String)? {
        if range.count > sizeLimit { return (range.lowerBound, "is larger than 4 MiB") }
        // An alias that is a key is followed, with all aliases in it, to compare it with the other keys.
        var previous = UInt8(ascii: "\n")
        var alias: Int?
        for offset in range {
            let byte = file.bytes[offset]
            if byte == UInt8(ascii: "*"), previous <= 0x20 || "[{,".utf8.contains(previous) {
                alias = offset
            } else if let start = alias, byte == UInt8(ascii: ":"), previous == 0x20 {
                return (start, "an alias as a key, which is not read here")
            } else if alias != nil, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ",") {
                alias = nil
            }
            previous = byte
        }
        return nil
    }

    private static func problem(of error: any Error, _ file: SourceFile, _ firstLine: Int) -> (Int, String) {
        func place(_ mark: Mark) -> Int {
            file.offset(line: firstLine + max(0, mark.line - 1), column: max(0, mark.column - 1))
        }
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            return (place(mark), (context.map { "\($0.text): " } ?? "") + problem)
        case .composer(_, let problem, let mark, _): return (place(mark), problem)
        case .reader(let problem, _, _, _): return (file.rangeOfLine(firstLine).lowerBound, problem)
        default: return (file.rangeOfLine(firstLine).lowerBound, "not well-formed YAML")
        }
    }
}
