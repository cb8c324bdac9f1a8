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

/// Eight flags or fewer, the bits of a byte.
struct Flags {
    fileprivate let byte: UInt8

    /// Whether the flag at a place, from 0, is set.
    subscript(place: Int) -> Bool { byte & 1 << UInt8(place) != 0 }
}

/// Reads fields of bytes in their place; what does not fit gives `nil`.
///
/// It is made and left while the bytes are there.
struct FieldReader {
    private let bytes: UnsafeRawBufferPointer
    /// Whether the texts of lists are left out; that they fit is looked at all the same.
    private let skipsTexts: Bool
    private var place = 0

    /// Reads bytes.
    init(_ bytes: UnsafeRawBufferPointer, skipsTexts: Bool = false) {
        self.bytes = bytes
        self.skipsTexts = skipsTexts
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { place == bytes.count }

    /// Reads a number of 8 bytes.
    mutating func number() -> Double? { take(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) } }

    /// Reads flags.
    mutating func flags() -> Flags? { take(UInt8.self).map(Flags.init) }

    /// Reads a text with its length.
    mutating func text() -> String? {
        guard let count = length() else { return nil }
        defer { place += count }
        return String(validating: UnsafeRawBufferPointer(rebasing: bytes[place..<(place + count)]), as: UTF8.self)
    }

    /// Reads a list of texts; an empty one where texts are left out.
    mutating func texts() -> [String]? {
        guard let count = length() else { return nil }
        var texts: [String] = []
        for _ in 0..<count {
            if skipsTexts {
                guard let length = length() else { return nil }
                place += length
            } else {
                guard let text = text() else { return nil }
                texts.append(text)
            }
        }
        return texts
    }

    /// Reads a list of numbers of 8 bytes into the memory of another; whether it fits.
    mutating func read(into numbers: inout [Double]) -> Bool {
        read(into: &numbers) { (bits: UInt64) in Double(bitPattern: UInt64(littleEndian: bits)) }
    }

    /// Reads a list of numbers of 4 bytes into the memory of another; whether it fits.
    mutating func read(into integers: inout [Int32]) -> Bool {
        read(into: &integers) { (bits: Int32) in Int32(littleEndian: bits) }
    }

    private mutating func read<Stored: FixedWidthInteger, Element>(
        into list: inout [Element],
        _ element: (Stored) -> Element
    ) -> Bool {
        let size = MemoryLayout<Stored>.size
        guard let count = length(), count <= (bytes.count - place) / size else { return false }
        list.removeAll(keepingCapacity: true)
        for index in 0..<count {
            list.append(element(bytes.loadUnaligned(fromByteOffset: place + index * size, as: Stored.self)))
        }
        place += count * size
        return true
    }

    /// A length, of which there are no more than bytes left.
    private mutating func length() -> Int? {
        guard let count = take(Int32.self).map({ Int(Int32(littleEndian: $0)) }), count >= 0,
            count <= bytes.count - place
        else { return nil }
        return count
    }

    private mutating func take<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        guard bytes.count - place >= MemoryLayout<Value>.size else { return nil }
        defer { place += MemoryLayout<Value>.size }
        return bytes.loadUnaligned(fromByteOffset: place, as: type)
    }
}
