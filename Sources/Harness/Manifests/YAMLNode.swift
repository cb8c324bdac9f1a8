/// A value to be written as YAML 1.2 in block style, in the order in which it was built.
///
/// Texts stand bare where YAML 1.1 and 1.2 both read them as texts, and in double quotes elsewhere.
/// See <https://yaml.org/spec/1.2.2/#732-single-quoted-style>.
indirect enum YAMLNode {
    /// A text.
    case text(String)
    /// A whole number.
    case number(Int)
    /// A flag.
    case flag(Bool)
    /// A sequence.
    case list([YAMLNode])
    /// A mapping; its keys are written as they are.
    case map([(String, YAMLNode)])

    /// The lines of the value.
    ///
    /// - Complexity: O(*n*) in its size, times its depth.
    var lines: [String] {
        switch self {
        case .text(let text): [Self.written(text)]
        case .number(let number): ["\(number)"]
        case .flag(let flag): ["\(flag)"]
        case .list(let elements):
            elements.isEmpty ? ["[]"] : elements.flatMap { element in Self.hung(element.lines, behind: "- ") }
        case .map(let entries):
            entries.isEmpty ? ["{}"] : entries.flatMap { key, value in value.lines(after: key) }
        }
    }

    private func lines(after key: String) -> [String] {
        switch self {
        case .list(let elements) where !elements.isEmpty: ["\(key):"] + lines
        case .map(let entries) where !entries.isEmpty: ["\(key):"] + lines.map { "  " + $0 }
        default: ["\(key): \(lines[0])"]
        }
    }

    private static func hung(_ lines: [String], behind mark: String) -> [String] {
        lines.enumerated().map { ($0.offset == 0 ? mark : "  ") + $0.element }
    }

    private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

    private static func written(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z\/][A-Za-z0-9._\/@-]*(?::[A-Za-z0-9._\/@-]+)*/) != nil
        if isPlain, !words.contains(text.lowercased()) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
