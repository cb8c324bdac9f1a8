/// Writes fields as bytes.
struct FieldWriter {
    /// The bytes so far.
    private(set) var bytes: [UInt8] = []

    /// Writes a number as 4 bytes.
    mutating func write(_ integer: Int32) { append(integer.littleEndian) }

    /// Writes a number as 8 bytes.
    mutating func write(_ number: Double) { append(number.bitPattern.littleEndian) }

    /// Writes a text with its length.
    mutating func write(_ text: String) {
        write(Int32(text.utf8.count))
        bytes += text.utf8
    }

    /// Writes at most eight flags as a byte.
    mutating func write(_ flags: [Bool]) {
        bytes.append(flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt8($1.offset) : 0) })
    }

    /// Writes a list with its length.
    mutating func write<Element>(_ elements: [Element], _ write: (inout FieldWriter, Element) -> Void) {
        self.write(Int32(elements.count))
        for element in elements { write(&self, element) }
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}

/// Reads fields of bytes; what does not fit gives `nil`.
struct FieldReader {
    private let bytes: [UInt8]
    private var place = 0

    /// Reads bytes.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether nothing is left.
    var isAtEnd: Bool { place == bytes.count }

    /// Reads a number of 4 bytes.
    mutating func integer() -> Int32? { take(Int32.self).map { Int32(littleEndian: $0) } }

    /// Reads a number of 8 bytes.
    mutating func number() -> Double? { take(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) } }

    /// Reads a text with its length.
    mutating func text() -> String? {
        guard let count = length() else { return nil }
        defer { place += count }
        return String(validating: bytes[place..<(place + count)], as: UTF8.self)
    }

    /// Reads some flags, at most eight.
    mutating func flags(_ count: Int) -> [Bool]? {
        take(UInt8.self).map { byte in (0..<count).map { byte & 1 << UInt8($0) != 0 } }
    }

    /// Reads a list with its length.
    mutating func list<Element>(_ element: (inout FieldReader) -> Element?) -> [Element]? {
        guard let count = length() else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count {
            guard let next = element(&self) else { return nil }
            elements.append(next)
        }
        return elements
    }

    /// A length, of which there are no more than bytes left.
    private mutating func length() -> Int? {
        guard let count = integer(), count >= 0, Int(count) <= bytes.count - place else { return nil }
        return Int(count)
    }

    private mutating func take<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        guard bytes.count - place >= MemoryLayout<Value>.size else { return nil }
        defer { place += MemoryLayout<Value>.size }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: type) }
    }
}
