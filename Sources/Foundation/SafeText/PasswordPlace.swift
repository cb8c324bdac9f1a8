/// Where a text says by itself that a password stands.
enum PasswordPlace {
    private static let words = ["password", "passwd", "pwd", "pass", "secret"].map { Array($0.utf8) }
    private static let signs = Set("=:\"'".utf8)

    /// Whether a range is such a place: behind `password=` or the like, or between the `:` and the `@` of a URL.
    static func contains(_ range: Range<Int>, of text: [UInt8]) -> Bool {
        if range.lowerBound > 0, text[range.lowerBound - 1] == UInt8(ascii: ":"), range.upperBound < text.count,
            text[range.upperBound] == UInt8(ascii: "@")
        {
            return true
        }
        if range.upperBound < text.count, isWordByte(text[range.upperBound]) { return false }
        var before = text[..<range.lowerBound]
        var hasSign = false
        while let last = before.last, before.count > range.lowerBound - 8,
            signs.contains(last) || last == UInt8(ascii: " ") || last == UInt8(ascii: "\\")
        {
            hasSign = hasSign || signs.contains(last)
            before.removeLast()
        }
        guard hasSign else { return false }
        return words.contains { word in
            before.count >= word.count && before.suffix(word.count).elementsEqual(word) { $0 | 0x20 == $1 }
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 128 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }
}
