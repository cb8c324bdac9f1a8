/// Reads a block of header fields from a server that was told to keep no table (RFC 7541, section 6).
struct HeaderDecoder {
    private var rest: ArraySlice<UInt8>

    /// Returns the fields of a block.
    ///
    /// - Throws: `HTTP2Error` where it is none, or refers to a table that is not kept.
    /// - Complexity: O(*n*).
    static func fields(of block: [UInt8]) throws(HTTP2Error) -> [HeaderField] {
        var decoder = HeaderDecoder(rest: block[...])
        var fields: [HeaderField] = []
        while let first = decoder.rest.first {
            if first & 0x80 != 0 {
                fields.append(try Self.staticField(try decoder.number(prefix: 7)))
            } else if first & 0xe0 == 0x20 {
                // The size of the table, which is nothing whatever it is.
                _ = try decoder.number(prefix: 5)
            } else {
                fields.append(try decoder.literal(prefix: first & 0x40 != 0 ? 6 : 4))
            }
        }
        return fields
    }

    private mutating func literal(prefix: Int) throws(HTTP2Error) -> HeaderField {
        let index = try number(prefix: prefix)
        let name = index == 0 ? try text() : try Self.staticField(index).name
        return HeaderField(name: name, value: try text())
    }

    private static func staticField(_ index: Int) throws(HTTP2Error) -> HeaderField {
        guard HeaderField.staticTable.indices.contains(index - 1) else {
            throw HTTP2Error(reason: "a header field refers to the entry \(index) of a table that is not kept")
        }
        return HeaderField.staticTable[index - 1]
    }

    private mutating func text() throws(HTTP2Error) -> String {
        let isCoded = (rest.first ?? 0) & 0x80 != 0
        let length = try number(prefix: 7)
        guard length <= rest.count else { throw HTTP2Error(reason: "the header fields end within a text") }
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        return String(decoding: isCoded ? try HuffmanCode.decode(bytes) : Array(bytes), as: UTF8.self)
    }

    /// A number in the last bits of a byte and the bytes after it (RFC 7541, section 5.1).
    private mutating func number(prefix: Int) throws(HTTP2Error) -> Int {
        guard let first = rest.popFirst() else { throw HTTP2Error(reason: "the header fields end within a field") }
        let most = 1 << prefix - 1
        var number = Int(first) & most
        guard number == most else { return number }
        for shift in stride(from: 0, through: 21, by: 7) {
            guard let byte = rest.popFirst() else { throw HTTP2Error(reason: "the header fields end within a number") }
            number += Int(byte & 0x7f) << shift
            if byte < 0x80 { return number }
        }
        throw HTTP2Error(reason: "the header fields have a number that is too large")
    }
}
