/// The columns that text takes on a terminal.
///
/// Good enough for tables: grapheme clusters count once, the wide and full-width ranges of Unicode's East Asian Width
/// (UAX #11) and pictographs count twice, marks that combine count nothing. Ambiguous characters count once.
package enum DisplayWidth {
    /// Returns the columns that a text takes, which must hold no control characters.
    ///
    /// - Complexity: O(*n*) in the number of scalars.
    package static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    /// Returns the columns of one grapheme cluster: 0, 1 or 2.
    package static func of(_ character: Character) -> Int {
        guard !character.isASCII else { return 1 }
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F { return 2 }
            width = max(width, of(scalar))
        }
        return width
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar.value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F: true
        case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60: true
        case 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}

extension String {
    /// The text cut to a number of columns, with an ellipsis where something was cut.
    ///
    /// - Complexity: O(*n*) in the number of scalars.
    package func truncated(toColumns columns: Int) -> String {
        guard DisplayWidth.of(self) > columns else { return self }
        guard columns > 0 else { return "" }
        var kept = ""
        var width = 0
        for character in self {
            let next = width + DisplayWidth.of(character)
            guard next <= columns - 1 else { break }
            kept.append(character)
            width = next
        }
        return kept + "…"
    }

    /// The text with everything made visible that would move the cursor, ring, colour or turn the writing direction.
    ///
    /// Texts of files and servers reach the terminal only in this form. Tabs become single spaces, so that columns of
    /// the source still count.
    ///
    /// - Complexity: O(*n*).
    package var printable: String {
        guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar == "\t" ? " " : scalar.isUnprintable ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a control character, a line separator or a bidirectional control.
    fileprivate var isUnprintable: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F, 0x061C, 0xFEFF: true
        default: false
        }
    }
}
