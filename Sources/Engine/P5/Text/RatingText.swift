/// Reads ratings out of generated texts.
package enum RatingText {
    /// The score of a text without a number.
    package static let scoreWithoutNumber = -1.0

    /// Returns the first number of a text, or ``scoreWithoutNumber``.
    ///
    /// A number is the first match of `-?\d+(\.\d+)?`, where `\d` is an ASCII digit; digits of other scripts, which a
    /// model trained on these prompts has no pieces for, are no part of a number.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package static func score(_ text: String) -> Double {
        let bytes = Array(text.utf8)
        return firstNumber(in: bytes).flatMap { value(of: bytes[$0]) } ?? scoreWithoutNumber
    }

    /// Returns the first number of a text where the text ends with it, `nil` where it does not.
    static func closingNumber(of text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard let range = firstNumber(in: bytes), range.upperBound == bytes.count else { return nil }
        return value(of: bytes[range])
    }

    private static func value(of bytes: ArraySlice<UInt8>) -> Double? {
        Double(String(decoding: bytes, as: UTF8.self))
    }

    private static func firstNumber(in bytes: [UInt8]) -> Range<Int>? {
        guard let first = bytes.firstIndex(where: isDigit) else { return nil }
        var end = endOfDigits(in: bytes, from: first)
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(bytes[end + 1]) {
            end = endOfDigits(in: bytes, from: end + 1)
        }
        let start = first > 0 && bytes[first - 1] == UInt8(ascii: "-") ? first - 1 : first
        return start..<end
    }

    private static func endOfDigits(in bytes: [UInt8], from start: Int) -> Int {
        bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
