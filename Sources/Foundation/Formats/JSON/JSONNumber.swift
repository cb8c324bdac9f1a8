/// A number as it is written: no digit is lost before somebody says what it is.
package struct JSONNumber: Hashable, Sendable {
    /// The literal, such as `9223372036854775808` or `-1.5e3`.
    package let text: String
    /// Whether it is written without a fraction and an exponent.
    package let isWhole: Bool

    /// Parses a literal of RFC 8259, section 6; `nil` for anything else.
    ///
    /// - Complexity: O(*n*).
    init?(_ text: String) {
        var rest = text.utf8[...]
        func digits() -> Bool {
            let count = rest.prefix { (0x30...0x39).contains($0) }.count
            rest = rest.dropFirst(count)
            return count > 0
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "0") {
            rest = rest.dropFirst()
        } else if !digits() {
            return nil
        }
        isWhole = rest.isEmpty
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() else { return nil }
        }
        if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() else { return nil }
        }
        guard rest.isEmpty else { return nil }
        self.text = text
    }

    /// The nearest 64-bit float, `nil` where that is an infinity.
    package var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The value as an integer, `nil` where it is none or does not fit; `3.0` and `3e2` are integers.
    package func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) -> Integer? {
        if isWhole { return Integer(text) }
        // Up to this size each integer is a float of its own.
        guard let double, abs(double) <= 0x1p53 else { return nil }
        return Integer(exactly: double)
    }

    /// Whether a byte begins a number.
    static func isStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte)
    }
}

extension JSONNumber: Decodable {
    /// Takes the literal from ``JSONReader``; of another decoder, which has lost it, a whole number of 64 bits.
    package init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONValueDecoder {
            self = try decoder.number()
        } else {
            self.text = String(try decoder.singleValueContainer().decode(Int64.self))
            self.isWhole = true
        }
    }
}
