/// The UUID of a visitor's session, in its canonical lower-case form.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    /// The 36 characters `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
    package let text: String

    /// Parses the canonical form, in either case.
    ///
    /// - Returns: `nil` where the text is not 8-4-4-4-12 hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 8, 13, 18, 23:
                guard byte == UInt8(ascii: "-") else { return nil }
            default:
                guard Character(Unicode.Scalar(byte)).isHexDigit else { return nil }
            }
        }
        self.text = text.lowercased()
    }

    package var description: String { text }
}

extension SessionID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = SessionID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a UUID (8-4-4-4-12 hexadecimal digits)"
            )
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
