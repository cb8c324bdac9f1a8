/// Reads ratings out of generated texts.
package enum RatingText {
    /// The score of a text without a number.
    package static let scoreWithoutNumber = -1.0

    /// Returns the first number of a text, or ``scoreWithoutNumber``.
    ///
    /// A number is the first match of `-?\d+(\.\d+)?` as Python's `re` finds it: `\d` is any decimal digit of Unicode
    /// (category Nd), and digits of other scripts have their values.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package static func score(_ text: String) -> Double {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { digit($0) != nil }) else { return scoreWithoutNumber }
        var number = first > 0 && scalars[first - 1] == "-" ? "-" : ""
        var index = appendDigits(of: scalars, from: first, to: &number)
        if index + 1 < scalars.count, scalars[index] == ".", digit(scalars[index + 1]) != nil {
            number += "."
            index = appendDigits(of: scalars, from: index + 1, to: &number)
        }
        return Double(number) ?? scoreWithoutNumber
    }

    private static func appendDigits(of scalars: [Unicode.Scalar], from start: Int, to number: inout String) -> Int {
        var index = start
        while index < scalars.count, let value = digit(scalars[index]) {
            number += String(value)
            index += 1
        }
        return index
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9":
            return Int(scalar.value) - 48
        case _ where scalar.isASCII:
            return nil
        default:
            let properties = scalar.properties
            guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
            return Int(value)
        }
    }
}
