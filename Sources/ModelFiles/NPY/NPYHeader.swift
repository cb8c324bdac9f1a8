/// The header of an `.npy` file: a Python dictionary literal with the keys `descr`, `fortran_order` and `shape`.
struct NPYHeader: Hashable {
    /// The type of the elements, such as `<f4`.
    var descriptor: String
    /// Whether the first dimension varies fastest.
    var isFortranOrder: Bool
    /// The length of each dimension.
    var shape: [Int]

    /// What is wrong with a header, and at which of its bytes.
    struct Fault: Error {
        var offset: Int
        var found: String
        var expected: String
    }

    /// Parses the literal that NumPy writes, with blanks where Python allows them.
    init(parsing text: UnsafeRawBufferPointer) throws(Fault) {
        var parser = LiteralParser(text: text)
        var descriptor: String?
        var isFortranOrder: Bool?
        var shape: [Int]?
        try parser.expect("{")
        while !parser.take("}") {
            let keyOffset = parser.offset
            let key = try parser.string()
            try parser.expect(":")
            switch key {
            case "descr" where descriptor == nil:
                descriptor = try parser.descriptor()
            case "fortran_order" where isFortranOrder == nil:
                isFortranOrder = try parser.boolean()
            case "shape" where shape == nil:
                shape = try parser.tuple()
            default:
                throw Fault(
                    offset: keyOffset,
                    found: "the key \(quoted(key))",
                    expected: "descr, fortran_order and shape, each once"
                )
            }
            if !parser.take(",") {
                try parser.expect("}")
                break
            }
        }
        guard let descriptor, let isFortranOrder, let shape else {
            throw Fault(
                offset: 0,
                found: "a dictionary without one of its keys",
                expected: "descr, fortran_order and shape"
            )
        }
        self.descriptor = descriptor
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }
}

private struct LiteralParser {
    let text: UnsafeRawBufferPointer
    var offset = 0

    init(text: UnsafeRawBufferPointer) {
        self.text = text
    }

    private mutating func skipBlanks() {
        while offset < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[offset]) {
            offset += 1
        }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(NPYHeader.Fault) {
        guard take(character) else { throw fault("'\(character)'") }
    }

    mutating func string() throws(NPYHeader.Fault) -> String {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: "'") || text[offset] == UInt8(ascii: "\"") else {
            throw fault("a string")
        }
        let start = offset + 1
        guard let end = text[start...].firstIndex(of: text[offset]) else { throw fault("a closed string") }
        offset = end + 1
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    /// A type's name, or the list that describes a record, which is returned as a name of its own.
    mutating func descriptor() throws(NPYHeader.Fault) -> String {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: "[") else { return try string() }
        throw NPYHeader.Fault(offset: offset, found: "a record type", expected: "'<f4' or '<f8'")
    }

    mutating func boolean() throws(NPYHeader.Fault) -> Bool {
        if takeWord("True") { return true }
        if takeWord("False") { return false }
        throw fault("True or False")
    }

    mutating func tuple() throws(NPYHeader.Fault) -> [Int] {
        try expect("(")
        var lengths: [Int] = []
        while !take(")") {
            lengths.append(try length())
            guard lengths.count <= 32 else { throw fault("at most 32 dimensions") }
            if !take(",") {
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

    private func fault(_ expected: String) -> NPYHeader.Fault {
        guard offset < text.count else {
            return NPYHeader.Fault(offset: offset, found: "the end of the header", expected: expected)
        }
        let rest = String(decoding: text[offset..<min(offset + 12, text.count)], as: UTF8.self)
        return NPYHeader.Fault(offset: offset, found: quoted(rest), expected: expected)
    }
}
