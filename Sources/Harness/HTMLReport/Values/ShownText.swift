/// Text of a report as a page shows it: every character seen, none of them with an effect of its own.
///
/// Escaping is not done here; whoever writes the markup does that.
enum ShownText {
    /// The longest text that a page shows whole, in Unicode scalars.
    static let limit = 4000

    /// Returns the text with its control characters made visible, cut with a note where it is very long.
    ///
    /// Control characters become the control pictures of Unicode (block 2400), others that change how their neighbours are
    /// shown (directional formatting, UAX #9; separators; noncharacters) their number. Line feeds and tabs stay.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limit: The longest text that is not cut, in Unicode scalars.
    /// - Returns: What is shown.
    /// - Complexity: O(*n*).
    static func shown(_ text: String, limit: Int = ShownText.limit) -> String {
        // Most texts are short and plain.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return text }
        let scalars = text.unicodeScalars
        var shown = String.UnicodeScalarView()
        for scalar in scalars.prefix(limit) { append(scalar, to: &shown) }
        guard scalars.count > limit else { return String(shown) }
        let left = ShownNumber.grouped(Double(scalars.count - limit))
        return String(shown) + "… (cut here: \(left) more characters are in the report's JSON)"
    }

    /// Returns the text as ``shown(_:)`` does, with a sign in place of each line feed.
    static func line(_ text: String) -> String {
        text.utf8.contains(0x0A)
            ? String(shown(text).unicodeScalars.map { $0 == "\n" ? "\u{240A}" : Character($0) }) : text
    }

    private static func append(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x09, 0x0A:
            shown.append(scalar)
        case 0...0x1F:
            shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F:
            shown.append("\u{2421}")
        case 0x80...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFDD0...0xFDEF, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            shown.append(contentsOf: name(scalar))
        case let value where value & 0xFFFE == 0xFFFE:
            shown.append(contentsOf: name(scalar))
        default:
            shown.append(scalar)
        }
    }

    private static func name(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩".unicodeScalars
    }
}
