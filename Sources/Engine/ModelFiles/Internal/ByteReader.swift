/// Little-endian numbers out of bytes, every read checked against the end.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    /// The offset of the next byte.
    private(set) var offset: Int

    /// Starts reading at an offset; one behind the end leaves nothing to read.
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The number of bytes left.
    var remaining: Int { max(0, bytes.count - offset) }

    /// Reads an unsigned number; `nil` where the bytes end before it does.
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type = Value.self) -> Value? {
        let size = Value.bitWidth / 8
        guard offset >= 0, remaining >= size else { return nil }
        defer { offset += size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// Reads a run of bytes in place; `nil` where there are fewer or the count is negative.
    mutating func run(_ count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, remaining >= count else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// Skips bytes; false where there are fewer or the count is negative.
    mutating func skip(_ count: Int) -> Bool {
        run(count) != nil
    }
}
