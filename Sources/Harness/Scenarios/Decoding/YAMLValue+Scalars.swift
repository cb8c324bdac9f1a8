import SourcePlaces
import Yams

extension YAMLValue {
    /// Returns a text.
    ///
    /// Unquoted spellings that YAML 1.1 takes for something else, such as `no` and `12:30`, have to be quoted.
    ///
    /// - Throws: `ScenarioError` for anything else, and for text that is empty or longer than `limit` scalars.
    package func text(_ what: String = "text", limit: Int = 1000) throws(ScenarioError) -> String {
        guard case .scalar(let scalar) = node, foreignTag == nil, !isNull else { throw mismatch(what) }
        if scalar.style == .plain, let type = Self.typeNames[Tag.Name(rawValue: node.tag.rawValue)] {
            throw error("\(displayName) must be \(what), and YAML reads \(found) as \(type): put it in quotes")
        }
        guard scalar.string.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw mismatch("\(what) that is not empty")
        }
        guard scalar.string.unicodeScalars.count <= limit else {
            throw error("\(displayName) is longer than \(limit) characters")
        }
        return scalar.string
    }

    private static var typeNames: [Tag.Name: String] {
        [
            .int: "a number", .float: "a number", .bool: "a boolean", .timestamp: "a date",
            .merge: "a merge key", .value: "a default key",
        ]
    }

    /// Returns a switch: `on`, `off`, `true`, `false`, `yes` or `no`, quoted or not.
    func boolean() throws(ScenarioError) -> Bool {
        switch scalarText {
        case "on", "true", "yes": return true
        case "off", "false", "no": return false
        default: throw mismatch("`on` or `off`")
        }
    }

    /// Returns a whole number in plain decimal digits.
    package func integer<Number: FixedWidthInteger>(in range: ClosedRange<Number>) throws(ScenarioError) -> Number {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let plain else { throw isQuotedNumber ? quotesTooMuch(expected) : mismatch(expected) }
        let digits = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw mismatch(expected)
        }
        guard digits.count == 1 || !digits.hasPrefix("0") else {
            throw error("\(displayName) is written with a leading zero, which YAML reads as octal; write it without")
        }
        guard let number = Number(plain), range.contains(number) else { throw mismatch(expected) }
        return number
    }

    /// Returns a decimal number such as `4` or `0.5`.
    package func decimal(in range: ClosedRange<Double>) throws(ScenarioError) -> Double {
        let expected = "a number from \(range.lowerBound.shortText) to \(range.upperBound.shortText)"
        guard let plain, let number = DecimalText(plain)?.value, range.contains(number) else {
            throw isQuotedNumber ? quotesTooMuch(expected) : mismatch(expected)
        }
        return number
    }

    /// Whether this is a text of digits in quotes.
    var isQuotedNumber: Bool { plain == nil && scalarText.flatMap { DecimalText($0) } != nil }

    /// Returns an error that says that a number stands in quotes.
    func quotesTooMuch(_ expected: String) -> ScenarioError {
        error("\(displayName) must be \(expected), found \(found); write it without quotes")
    }

    /// Returns one of several words.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        of type: Choice.Type
    ) throws(ScenarioError) -> Choice {
        try choice(of: type.allCases.map { ($0.rawValue, $0) })
    }

    /// Returns the value that belongs to one of several words.
    func choice<Choice>(of choices: [(word: String, value: Choice)]) throws(ScenarioError) -> Choice {
        let words = choices.map(\.word)
        guard case .scalar(let scalar) = node, foreignTag == nil, !isNull else {
            throw mismatch("one of " + words.map { "`\($0)`" }.joined(separator: ", "))
        }
        guard let choice = choices.first(where: { $0.word == scalar.string }) else {
            throw error(
                "unknown value \(found) for \(displayName); \(NearestName.hint(for: scalar.string, among: words))"
            )
        }
        return choice.value
    }

    /// Returns a time span such as `250ms`, `1.5s` or `4m`.
    ///
    /// - Throws: `ScenarioError` for a number without unit, and for spans outside the range.
    func duration(in range: ClosedRange<Duration> = .zero ... .seconds(86_400)) throws(ScenarioError) -> Duration {
        guard case .scalar(let scalar) = node, foreignTag == nil, !isNull else {
            throw mismatch("a duration such as `30s`")
        }
        let duration: Duration
        switch DurationText.parse(scalar.string) {
        case .success(let parsed): duration = parsed
        case .failure(.noUnit):
            throw error(
                "\(displayName) needs a unit, found \(found); write `\(scalar.string)s` for seconds, or use ms, m, h"
            )
        case .failure(.notADuration): throw mismatch("a duration such as `250ms`, `1.5s`, `4m` or `1h`")
        case .failure(.tooPrecise):
            throw error("\(displayName) is finer than a nanosecond, found \(found)")
        }
        guard duration >= range.lowerBound else {
            throw mismatch("a duration of at least \(DurationText.text(of: range.lowerBound))")
        }
        guard duration <= range.upperBound else {
            throw mismatch("a duration of at most \(DurationText.text(of: range.upperBound))")
        }
        return duration
    }

    /// Returns the value together with its place.
    func located<Value>(_ value: Value) -> Located<Value> {
        Located(value, at: location)
    }
}

extension Double {
    /// The number without a fraction of zero.
    var shortText: String {
        rounded() == self && magnitude < 1e15 ? "\(Int64(self))" : "\(self)"
    }
}
