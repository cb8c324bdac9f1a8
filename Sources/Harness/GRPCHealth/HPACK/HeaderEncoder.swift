/// Writes header fields without Huffman's code and without a table (RFC 7541, section 6).
struct HeaderEncoder {
    /// The block so far.
    private(set) var bytes: [UInt8] = []

    /// Adds a field of the static table.
    mutating func add(staticField index: UInt8) { bytes.append(0x80 | index) }

    /// Adds a field with the name of one of the static table.
    mutating func add(nameOf index: Int, _ value: String) {
        append(index, prefix: 4)
        append(value)
    }

    /// Adds a field.
    mutating func add(_ name: String, _ value: String) {
        bytes.append(0)
        append(name)
        append(value)
    }

    private mutating func append(_ text: String) {
        append(text.utf8.count, prefix: 7)
        bytes += text.utf8
    }

    /// A number in the last bits of a byte and the bytes after it (RFC 7541, section 5.1).
    private mutating func append(_ number: Int, prefix: Int) {
        let most = 1 << prefix - 1
        guard number >= most else { return bytes.append(UInt8(number)) }
        bytes.append(UInt8(most))
        var rest = number - most
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
