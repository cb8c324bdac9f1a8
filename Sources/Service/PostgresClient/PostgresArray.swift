/// A one-dimensional array column; elements that are `NULL`, or no value of the type, are `nil`.
///
/// Format: `array_send` of PostgreSQL 15. Every length is checked against the bytes that are there.
package struct PostgresArray<Element: PostgresDecodable>: PostgresDecodable {
    package static var expectation: String { "array of \(Element.expectation)s" }

    /// The elements in order.
    package let elements: [Element?]

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        var reader = Reader(bytes: bytes)
        guard let dimensions = reader.int32(), reader.int32() != nil, let element = reader.int32() else { return nil }
        guard dimensions != 0 else {
            elements = []
            return
        }
        // The shortest element is a length of four bytes, so that a lying count allocates no more than the bytes allow.
        guard dimensions == 1, let count = reader.int32(), reader.int32() != nil,
            count >= 0, count <= (bytes.count - reader.offset) / 4
        else { return nil }
        var elements: [Element?] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = reader.int32() else { return nil }
            guard length >= 0 else {
                elements.append(nil)
                continue
            }
            guard let value = reader.bytes(Int(length)) else { return nil }
            elements.append(Element(postgresBytes: value, type: UInt32(bitPattern: element)))
        }
        self.elements = elements
    }
}

/// Reads big-endian numbers from bytes, never past their end.
private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    mutating func int32() -> Int32? {
        guard bytes.count - offset >= 4 else { return nil }
        defer { offset += 4 }
        return Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }

    mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
        guard bytes.count - offset >= count else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }
}
