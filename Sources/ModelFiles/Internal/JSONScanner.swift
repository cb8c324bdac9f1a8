/// A strict scanner of the JSON that headers of files and lists of ids hold (RFC 8259).
///
/// It keeps what a decoder would hide: a key that comes twice, and a whole number as it is written.
struct JSONScanner {
    /// What is wrong, and at which byte of the text.
    struct Fault: Error {
        var offset: Int
        var found: String
        var expected: String
        /// The way from the top of the text to the value, empty where it was not followed.
        var keyPath = ""

        /// The place for a message.
        var place: String { keyPath.isEmpty ? "byte \(offset)" : "\(keyPath), byte \(offset)" }

        /// The same fault inside of another value.
        func inside(_ step: String) -> Fault {
            var fault = self
            fault.keyPath = step + keyPath
            return fault
        }
    }

    private let text: UnsafeRawBufferPointer
    private var offset = 0

    /// Starts at the beginning of a text.
    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// Scans an object and calls a function at the value of each key, which the function must scan.
    mutating func object(
        _ member: (_ key: String, _ offset: Int, inout JSONScanner) throws(Fault) -> Void
    ) throws(Fault) {
        try expect("{")
        if take("}") { return }
        repeat {
            skipBlanks()
            let start = offset
            let key = try string()
            try expect(":")
            try member(key, start, &self)
        } while take(",")
        try expect("}")
    }

    /// Scans an array and calls a function at each element, which the function must scan.
    mutating func array(
        _ element: (_ index: Int, inout JSONScanner) throws(Fault) -> Void
    ) throws(Fault) {
        try expect("[")
        if take("]") { return }
        var index = 0
        repeat {
            try element(index, &self)
            index += 1
        } while take(",")
        try expect("]")
    }

    /// Scans a list of whole numbers that are not negative.
    mutating func naturals(limit: Int) throws(Fault) -> [Int] {
        try expect("[")
        var values: [Int] = []
        if take("]") { return values }
        repeat {
            guard values.count < limit else { throw fault("at most \(limit) numbers") }
            values.append(try natural())
        } while take(",")
        try expect("]")
        return values
    }

    private mutating func natural() throws(Fault) -> Int {
        skipBlanks()
        let start = offset
        guard let value = text.decimal(from: &offset) else { throw fault("a number that fits 64 bits") }
        guard offset > start else { throw fault("a whole number that is not negative") }
        return value
    }

    /// Scans a string with its escapes.
    mutating func string() throws(Fault) -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else { throw fault("UTF-8") }
                return string
            case UInt8(ascii: "\\"):
                bytes.append(contentsOf: try escape())
            case 0..<0x20:
                throw fault("no control characters in a string")
            default:
                bytes.append(byte)
            }
        }
        throw fault("the end of the string")
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
        guard offset < text.count else { throw fault("an escape") }
        let byte = text[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try hexadecimalUnit()]
            if UTF16.isLeadSurrogate(units[0]), text.count - offset >= 2, text[offset] == UInt8(ascii: "\\"),
                text[offset + 1] == UInt8(ascii: "u")
            {
                offset += 2
                units.append(try hexadecimalUnit())
            }
            guard let string = String(validating: units, as: UTF16.self) else { throw fault("paired surrogates") }
            return Array(string.utf8)
        default:
            throw fault("an escape that JSON knows")
        }
    }

    private mutating func hexadecimalUnit() throws(Fault) -> UInt16 {
        guard text.count - offset >= 4 else { throw fault("four hexadecimal digits") }
        let digits = text[offset..<offset + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw fault("four hexadecimal digits")
        }
        offset += 4
        return unit
    }

    /// Checks that nothing but blanks is left.
    mutating func expectEnd() throws(Fault) {
        skipBlanks()
        guard offset == text.count else { throw fault("the end of the text") }
    }

    private mutating func skipBlanks() {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    /// The byte with which the next value begins, 0 at the end.
    var nextByte: UInt8 {
        mutating get {
            skipBlanks()
            return offset < text.count ? text[offset] : 0
        }
    }

    /// Takes the letters, digits and signs of a number or a name.
    mutating func word() -> (offset: Int, text: [UInt8]) {
        skipBlanks()
        let start = offset
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                offset += 1
            default:
                return (start, Array(text[start..<offset]))
            }
        }
        return (start, Array(text[start..<offset]))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
        guard take(character) else { throw fault("'\(character)'") }
    }

    private func fault(_ expected: String) -> Fault {
        guard offset < text.count else {
            return Fault(offset: offset, found: "the end of the text", expected: expected)
        }
        let rest = String(decoding: text[offset..<min(offset + 12, text.count)], as: UTF8.self)
        return Fault(offset: offset, found: quoted(rest), expected: expected)
    }
}
