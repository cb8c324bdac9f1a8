import ConfigurationLint
import SourcePlaces
import Testing

/// A configuration in which `¦RULE¦` stands before each place that a rule is to point at.
struct Marked: Sendable, CustomTestStringConvertible {
    let format: ConfigurationFormat
    /// The text without its marks.
    let text: String
    /// `RULE line:column` for each mark.
    let expected: Set<String>

    var testDescription: String { String(text.prefix(60)) }

    init(_ format: ConfigurationFormat, _ marked: String) {
        var text = ""
        var expected: Set<String> = []
        var (line, column) = (1, 1)
        var rest = marked[...]
        while let character = rest.first {
            if character == "¦" {
                let rule = rest.dropFirst().prefix { $0 != "¦" }
                expected.insert("\(rule) \(line):\(column)")
                rest = rest.dropFirst(rule.count + 2)
                continue
            }
            text.append(character)
            (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
            rest.removeFirst()
        }
        self.format = format
        self.text = text
        self.expected = expected
    }

    /// What the linter finds, in the form of `expected`.
    func found(by linter: ConfigurationLint = ConfigurationLint()) -> Set<String> {
        Set(
            linter.result(of: text, format: format, path: "test").findings
                .map { "\($0.rule) \($0.location.line):\($0.location.column)" }
        )
    }
}
