/// The UUID of a visitor's session.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    /// The first 16 hexadecimal digits as a number.
    private let high: UInt64
    /// The last 16 hexadecimal digits as a number.
    private let low: UInt64

    /// Parses the canonical form `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, in either case.
    ///
    /// - Returns: `nil` where the text is not 8-4-4-4-12 hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        var digits: (high: UInt64, low: UInt64) = (0, 0)
        var index = 0
        for byte in text.utf8 {
            defer { index += 1 }
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard index < 36, let digit = Self.value(ofDigit: byte) else { return nil }
            digits.high = digits.high << 4 | digits.low >> 60
            digits.low = digits.low << 4 | digit
        }
        guard index == 36 else { return nil }
        (high, low) = digits
    }

    /// The canonical form in lower case.
    ///
    /// - Complexity: O(1); the text is made anew each time.
    package var text: String { Self.text(high: high, low: low) }

    /// The canonical form of the UUID that two halves make.
    ///
    /// - Parameters:
    ///   - high: The first 16 hexadecimal digits.
    ///   - low: The last 16 hexadecimal digits.
    /// - Returns: 8-4-4-4-12 hexadecimal digits in lower case.
    package static func text(high: UInt64, low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var digit = 0
            for index in 0..<36 {
                if index == 8 || index == 13 || index == 18 || index == 23 {
                    buffer[index] = UInt8(ascii: "-")
                    continue
                }
                let half = digit < 16 ? high : low
                let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (digit % 16)) & 15)
                buffer[index] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
                digit += 1
            }
            return 36
        }
    }

    package var description: String { text }

    private static func value(ofDigit byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension SessionID: Comparable {
    /// Orders as the canonical texts do, and as PostgreSQL orders `uuid`.
    package static func < (left: SessionID, right: SessionID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
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
