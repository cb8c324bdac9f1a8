import Formats
import SourcePlaces
import Yams

/// Parses the text of one scenario file into its root node.
package enum YAMLDocument {
    /// The largest accepted file, in bytes.
    static let sizeLimit = 1 << 20
    /// The most anchors and aliases together; nested aliases multiply what they stand for.
    static let aliasLimit = 16

    /// Returns the root of the only document in a text.
    ///
    /// - Throws: `ScenarioError` with the place for text that is not UTF-8, too large, empty or no single document.
    package static func parse(_ bytes: some Collection<UInt8>, path: String) throws(ScenarioError) -> YAMLValue {
        guard bytes.count <= sizeLimit else {
            throw ScenarioError(.unreadable, path: path, "the file is larger than 1 MiB; a scenario is a short text")
        }
        if let content = ForeignContent(bytes) {
            throw ScenarioError(
                .unreadable,
                path: path,
                "found \(content.found), expected a scenario in YAML; \(content.fix)"
            )
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ScenarioError(.unreadable, path: path, "the file is not UTF-8 text")
        }
        // The parser skips a byte order mark only where it guesses the encoding itself.
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        let isJSON = text.utf8.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
        if isJSON { text = text.joiningSurrogates }
        let source = SourceText(path: path, text: text)
        try checkLines(of: source, allowsTabs: isJSON)
        do {
            guard let root = try Parser(yaml: text, encoding: .utf8).singleRoot() else {
                throw ScenarioError(.syntax, path: path, "the file has no content; a scenario begins with `name:`")
            }
            return YAMLValue(root, name: YAMLValue.rootName, source: source)
        } catch let error as ScenarioError {
            throw error
        } catch let error as YamlError {
            throw syntaxError(error, in: source)
        } catch {
            throw ScenarioError(.syntax, path: path, "\(error)")
        }
    }

    /// Refuses tabs in indentation, which YAML forbids outside of braces, and more aliases than a person writes.
    ///
    /// Counting happens before parsing, because comparing the keys of a mapping already follows every alias.
    private static func checkLines(of source: SourceText, allowsTabs: Bool) throws(ScenarioError) {
        var aliases = 0
        var (line, column) = (1, 0)
        var isIndentation = true
        var isComment = false
        var previous = UInt8(ascii: "\n")
        for byte in source.text.utf8 {
            // Columns count scalars, so continuation bytes do not.
            column += byte & 0xC0 == 0x80 ? 0 : 1
            switch byte {
            case UInt8(ascii: "\n"):
                (line, column, isIndentation, isComment) = (line + 1, 0, true, false)
            case UInt8(ascii: "\t") where isIndentation && !isComment && !allowsTabs:
                throw source.error(
                    .syntax,
                    at: SourceLocation(file: source.path, line: line, column: column),
                    "a tab in the indentation; YAML indents with spaces"
                )
            case UInt8(ascii: " "):
                break
            case UInt8(ascii: "#") where mayBeginToken(after: previous):
                isComment = true
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                if !isComment, mayBeginToken(after: previous) { aliases += 1 }
                isIndentation = false
            default:
                isIndentation = false
            }
            guard aliases <= aliasLimit else {
                throw source.error(
                    .syntax,
                    at: SourceLocation(file: source.path, line: line, column: column),
                    "more than \(aliasLimit) anchors and aliases; write the values out"
                )
            }
            previous = byte
        }
    }

    /// Says whether an anchor, an alias or a comment may begin after this byte.
    private static func mayBeginToken(after byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"): true
        default: false
        }
    }

    private static func syntaxError(_ error: YamlError, in source: SourceText) -> ScenarioError {
        func place(_ mark: Mark) -> SourceLocation {
            SourceLocation(file: source.path, line: max(1, mark.line), column: max(1, mark.column))
        }
        switch error {
        case .scanner(_, let problem, let mark, _) where problem.contains("nesting level"),
            .parser(_, let problem, let mark, _) where problem.contains("nesting level"):
            return source.error(.syntax, at: place(mark), "nested far deeper than any scenario")
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let during = context.map { "\($0.text): " } ?? ""
            return source.error(.syntax, at: place(mark), "not well-formed YAML: \(during)\(problem)")
        case .composer(_, "but found another document", let mark, _):
            return source.error(.syntax, at: place(mark), "a second document begins here; a file holds one scenario")
        case .composer(_, let problem, let mark, _):
            return source.error(.syntax, at: place(mark), "not well-formed YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let named = keys.map { "`\($0)`" }.joined(separator: ", ")
            return source.error(.syntax, at: place(context.mark), "\(named) is given more than once, first here")
        case .reader(let problem, let offset, _, let yaml):
            let before = offset.map { yaml.prefix($0) } ?? ""
            let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
            let location = SourceLocation(
                file: source.path,
                line: max(1, lines.count),
                column: (lines.last?.unicodeScalars.count ?? 0) + 1
            )
            return source.error(.syntax, at: location, "not well-formed YAML: \(problem)")
        default:
            return ScenarioError(.syntax, path: source.path, "not well-formed YAML")
        }
    }
}

extension String {
    /// The text with each escaped pair of surrogates, as JSON writes characters beyond U+FFFF (RFC 8259, section 7),
    /// replaced by the character, which YAML's `\u` cannot express.
    fileprivate var joiningSurrogates: String {
        replacing(/\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/) { match in
            guard let high = UInt32(match.1, radix: 16), let low = UInt32(match.2, radix: 16),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            else { return String(match.0) }
            return String(Character(scalar))
        }
    }
}
