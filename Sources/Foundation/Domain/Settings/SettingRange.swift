/// The values that a setting may have, with the name by which messages call it.
package struct SettingRange<Value: Comparable & Sendable>: Sendable {
    /// The variable, option or key.
    package let name: String
    /// The values.
    package let values: ClosedRange<Value>

    /// Creates the range of a setting.
    package init(_ name: String, _ values: ClosedRange<Value>) {
        self.name = name
        self.values = values
    }

    /// Checks a value.
    ///
    /// - Throws: ``SettingError`` for a value outside the range, or none at all such as NaN.
    package func check(_ value: Value) throws(SettingError) {
        guard !values.contains(value) else { return }
        throw SettingError(name, found: "\(value)", expected: expectation)
    }

    /// The values in words, such as "a whole number from 1 to 64".
    package var expectation: String {
        func text(_ bound: Value) -> String {
            let text = "\(bound)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        let kind = Value.self is any BinaryInteger.Type ? "a whole number" : "a number"
        return "\(kind) from \(text(values.lowerBound)) to \(text(values.upperBound))"
    }
}

extension SettingRange<Int> {
    /// Reads the variable of the setting's name; an empty one counts as unset.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - value: What holds where the variable is unset.
    /// - Returns: The value.
    /// - Throws: ``SettingError`` for a text that is no whole number of the range.
    package func value(in environment: [String: String], default value: Int) throws(SettingError) -> Int {
        guard let text = environment[name], !text.isEmpty else { return value }
        guard let number = Int(text), values.contains(number) else {
            throw SettingError(name, found: "\"\(SettingError.shown(text))\"", expected: expectation)
        }
        return number
    }
}

/// A setting with a value that it may not have.
package struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The variable, option or key.
    package let name: String
    /// What was found and what was expected.
    package let message: String

    /// Creates an error.
    package init(_ name: String, found: String, expected: String) {
        self.name = name
        self.message = "found \(found), expected \(expected)"
    }

    package var description: String { "\(name): \(message)" }

    /// The start of a wrong value, which may be anything.
    package static func shown(_ text: String) -> String {
        String(text.unicodeScalars.prefix(40).map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    }
}
