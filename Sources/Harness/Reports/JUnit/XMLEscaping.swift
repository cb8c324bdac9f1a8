/// Text for XML 1.0, in which some characters cannot be written at all.
package enum XMLEscaping {
    /// Returns the text for an element's content or an attribute's value in double quotes.
    ///
    /// Characters outside XML 1.0's `Char` production (section 2.2: most control characters, U+FFFE, U+FFFF), which not
    /// even a numeric reference may name, become U+FFFD. The characters that the production allows and its note
    /// discourages (C1 controls, U+FDD0…U+FDEF, the last two of each plane) are replaced too, as readers differ about
    /// them. Tab and line feed survive in attributes as references; a carriage return would be normalised away by every
    /// reader and is always a reference. `>` is escaped too, so that `]]>` never stands in the output.
    ///
    /// - Complexity: O(*n*).
    package static func escape(_ text: String, inAttribute: Bool = false) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            case "\t" where inAttribute: result += "&#9;"
            case "\n" where inAttribute: result += "&#10;"
            case "\r": result += "&#13;"
            default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0x20...0x7E, 0x85: true
        case 0...0x9F, 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
