/// Where the program says that it listens.
struct ListeningLine {
    /// The port, `nil` where the line states none.
    let port: Int?
    /// Whether the address is one that only the container itself reaches.
    let isLoopback: Bool

    /// Reads a fact.
    init(_ fact: Fact) {
        let text = fact.text
        port = fact.number ?? Self.port(in: Array(text.utf8))
        isLoopback = text.contains("127.0.0.1") || text.contains("localhost") || text.contains("[::1]")
    }

    /// The last number of two to five digits behind a colon, or behind the word `port`.
    ///
    /// Bytes are looked at, no expression is compiled: this is asked of every instance of a log.
    ///
    /// - Complexity: O(*n*).
    private static func port(in text: [UInt8]) -> Int? {
        var end = text.count
        while let last = text[..<end].lastIndex(where: isDigit) {
            let before = text[...last].lastIndex { !isDigit($0) }
            let digits = text[((before ?? -1) + 1)...last]
            end = digits.startIndex
            let isWord = last + 1 < text.count && (isLetter(text[last + 1]) || text[last + 1] == UInt8(ascii: "_"))
            guard (2...5).contains(digits.count), !isWord, isNamed(text[..<digits.startIndex]) else { continue }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        return nil
    }

    /// Whether a text ends with a colon, or with `port` and what stands between a name and its value.
    private static func isNamed(_ head: ArraySlice<UInt8>) -> Bool {
        guard let last = head.last else { return false }
        if last == UInt8(ascii: ":") { return true }
        // Tomcat prints `port(s): 8080`.
        let between = Array("\"'=: (s)".utf8)
        let name = head.dropLast(head.reversed().prefix { between.contains($0) }.count)
        return name.count < head.count && name.suffix(4).elementsEqual("port".utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte & 0xdf) || byte >= 0x80 }
}
