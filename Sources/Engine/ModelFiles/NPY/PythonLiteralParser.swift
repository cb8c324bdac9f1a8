/// Parses the few Python literals of an `.npy` header.
struct PythonLiteralParser {
    private let text: UnsafeRawBufferPointer
    /// The next byte.
    private(set) var offset = 0

    /// Starts at the beginning of a text.
    init(text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// Takes a character behind blanks; false where another follows.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// Takes a character behind blanks.
    mutating func expect(_ character: Unicode.Scalar) throws(NPYHeader.Fault) {
        guard take(character) else { throw fault("'\(character)'") }
    }

    /// Checks that nothing but blanks is left.
    mutating func expectEnd() throws(NPYHeader.Fault) {
        skipBlanks()
        guard offset == text.count else { throw fault("the end of the header") }
    }

    /// Parses a string in either quotes, without escapes.
    mutating func string() throws(NPYHeader.Fault) -> String {
        skipBlanks()
        let isPrefixed = offset + 1 < text.count && text[offset] | 0x20 == UInt8(ascii: "u")
        let quote = isPrefixed ? offset + 1 : offset
        guard quote < text.count, text[quote] == UInt8(ascii: "'") || text[quote] == UInt8(ascii: "\"") else {
            throw fault("a string")
        }
        let start = quote + 1
        guard let end = text[start...].firstIndex(of: text[quote]), !text[start..<end].contains(UInt8(ascii: "\\"))
        else { throw fault("a closed string without escapes") }
        offset = end + 1
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    /// Parses a type's name; the list that describes records is refused as such.
    mutating func descriptor() throws(NPYHeader.Fault) -> String {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: "[") else { return try string() }
        throw NPYHeader.Fault(offset: offset, found: "a record type", expected: "'<f4' or '<f8'")
    }

    /// Parses `True` or `False`.
    mutating func boolean() throws(NPYHeader.Fault) -> Bool {
        if takeWord("True") { return true }
        if takeWord("False") { return false }
        throw fault("True or False")
    }

    /// Parses a tuple of lengths: `()`, `(16,)`, `(16, 4)`, `(16L, 4L,)`; `(16)` is a number and no tuple.
    mutating func tuple() throws(NPYHeader.Fault) -> [Int] {
        try expect("(")
        var lengths: [Int] = []
        while !take(")") {
            lengths.append(try length())
            guard lengths.count <= 64 else { throw fault("at most 64 dimensions") }
            if !take(",") {
                guard lengths.count > 1 else { throw fault("',', behind the one length of a tuple") }
                try expect(")")
                break
            }
        }
        return lengths
    }

    private mutating func length() throws(NPYHeader.Fault) -> Int {
        skipBlanks()
        let start = offset
        guard let value = text.decimal(from: &offset) else { throw fault("a length that fits 64 bits") }
        guard offset > start else { throw fault("a length") }
        // Python 2's long integer.
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "l") { offset += 1 }
        return value
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        skipBlanks()
        let length = word.utf8CodeUnitCount
        guard text.count - offset >= length else { return false }
        let matches = word.withUTF8Buffer { $0.elementsEqual(text[offset..<offset + length]) }
        if matches { offset += length }
        return matches
    }

    private mutating func skipBlanks() {
        while offset < text.count, [0x20, 0x09, 0x0a, 0x0c, 0x0d].contains(text[offset]) {
            offset += 1
        }
    }

    private func fault(_ expected: String) -> NPYHeader.Fault {
        guard offset < text.count else {
            return NPYHeader.Fault(offset: offset, found: "the end of the header", expected: expected)
        }
        let rest = String(decoding: text[offset..<min(offset + 12, text.count)], as: UTF8.self)
        return NPYHeader.Fault(offset: offset, found: quoted(rest), expected: expected)
    }
}
