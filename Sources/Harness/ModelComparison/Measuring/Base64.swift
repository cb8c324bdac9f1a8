/// Base64 (RFC 4648, section 4) with its padding, read without a copy of the text.
enum Base64 {
    /// What stands for no character of the alphabet.
    private static let none: UInt8 = 0xFF

    /// The value of each character by its byte.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: none, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Hands over the bytes that a text stands for.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - body: Is handed the bytes, which are there for the time of the call.
    /// - Returns: What `body` returns; `nil` where the text is no Base64, or bits of it stand for nothing.
    /// - Complexity: O(*n*).
    static func withDecoded<Result>(
        _ text: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) -> Result?
    ) -> Result? {
        guard text.count.isMultiple(of: 4) else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: text.count / 4 * 3, alignment: 1) { buffer in
            guard let count = values.withUnsafeBufferPointer({ decode(text, into: buffer, by: $0) }) else { return nil }
            return body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Writes the bytes and returns how many they are: three of each four characters, at the end one or two.
    private static func decode(
        _ text: UnsafeRawBufferPointer,
        into bytes: UnsafeMutableRawBufferPointer,
        by values: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard !text.isEmpty else { return 0 }
        let padding = text[text.count - 1] != equals ? 0 : text[text.count - 2] != equals ? 1 : 2
        let whole = text.count / 4 - (padding > 0 ? 1 : 0)
        var found: UInt8 = 0
        /// The bits of some characters, with those that stand for nothing remembered.
        func bits(_ place: Int, _ count: Int) -> UInt32 {
            var bits: UInt32 = 0
            for index in 0..<count {
                let value = values[Int(text[place + index])]
                found |= value
                bits = bits << 6 | UInt32(value & 0x3F)
            }
            return bits
        }
        for group in 0..<whole {
            let three = bits(4 * group, 4)
            bytes[3 * group] = UInt8(truncatingIfNeeded: three >> 16)
            bytes[3 * group + 1] = UInt8(truncatingIfNeeded: three >> 8)
            bytes[3 * group + 2] = UInt8(truncatingIfNeeded: three)
        }
        let count = 3 * whole + (padding > 0 ? 3 - padding : 0)
        if padding > 0 {
            let rest = bits(4 * whole, 4 - padding)
            // The bits behind the last byte are zero.
            guard rest & (padding == 1 ? 0b11 : 0b1111) == 0 else { return nil }
            let two = padding == 1 ? rest >> 2 : rest << 4
            bytes[3 * whole] = UInt8(truncatingIfNeeded: two >> 8)
            if padding == 1 { bytes[3 * whole + 1] = UInt8(truncatingIfNeeded: two) }
        }
        return found & 0xC0 == 0 ? count : nil
    }

    private static let equals = UInt8(ascii: "=")
}
