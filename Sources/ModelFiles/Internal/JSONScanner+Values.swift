extension JSONScanner {
    /// The deepest nesting of a value that is skipped.
    private static let depthLimit = 64

    /// Scans an id: a string, or a whole number as it is written.
    mutating func identifier() throws(Fault) -> String {
        if nextByte == UInt8(ascii: "\"") { return try string() }
        let start = word()
        let digits = start.text.first == UInt8(ascii: "-") ? start.text.dropFirst() : start.text[...]
        let isWhole = !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
        guard isWhole, digits.first != 0x30 || start.text == [0x30] else {
            throw Fault(
                offset: start.offset,
                found: start.text.isEmpty ? "no value" : quoted(String(decoding: start.text.prefix(24), as: UTF8.self)),
                expected: "a string or a whole number"
            )
        }
        return String(decoding: start.text, as: UTF8.self)
    }

    /// Scans a value of any kind and forgets it.
    mutating func skipValue(depth: Int = 0) throws(Fault) {
        switch nextByte {
        case UInt8(ascii: "\""):
            _ = try string()
        case UInt8(ascii: "{") where depth < JSONScanner.depthLimit:
            try object { (_, _, scanner) throws(Fault) in try scanner.skipValue(depth: depth + 1) }
        case UInt8(ascii: "[") where depth < JSONScanner.depthLimit:
            try array { (_, scanner) throws(Fault) in try scanner.skipValue(depth: depth + 1) }
        default:
            let start = word()
            let text = String(decoding: start.text, as: UTF8.self)
            guard ["true", "false", "null"].contains(text) || Double(text)?.isFinite == true else {
                throw Fault(
                    offset: start.offset,
                    found: text.isEmpty ? "no value" : quoted(text),
                    expected: "a value, nested at most \(JSONScanner.depthLimit) deep"
                )
            }
        }
    }
}
