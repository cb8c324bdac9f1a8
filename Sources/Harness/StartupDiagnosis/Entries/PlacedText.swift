#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A place in one of the files that are read.
package struct LogPlace: Hashable, Sendable {
    /// The number of the file among the inputs, from 0.
    package var file: Int
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int
}

/// A piece of a file as it is written there, escapes and all, with the place at which it begins.
///
/// The bytes belong to the reader's buffer: they hold until the function that was handed them returns, and nobody keeps
/// the value for longer. What is kept is made of it by ``string`` and ``place(of:in:)``.
struct PlacedText {
    /// How characters that mean something to the format are written.
    enum Escaping {
        /// As they are.
        case none
        /// With backslashes (RFC 8259, section 7).
        case json
        /// With doubled quotation marks (RFC 4180, section 2).
        case csv
        /// As a plain scalar of YAML, in which a line break with the blanks around it is a space.
        case folded
        /// As YAML writes it between single quotes: folded, with doubled quotes.
        case singleQuoted
        /// As YAML writes it between double quotes: folded, with backslashes.
        case doubleQuoted
    }

    /// The bytes as they are written.
    var bytes: UnsafeRawBufferPointer
    /// The line of the first byte, from 1.
    var line: Int
    /// The column of the first byte of ``lead``, or of the text where that is empty, from 1.
    var leadColumn = 1
    /// What stands in the line before the text, from ``leadColumn`` on: columns are counted where somebody wants them.
    var lead = UnsafeRawBufferPointer(start: nil, count: 0)
    /// How the bytes are escaped.
    var escaping = Escaping.none

    /// The column of the first byte in Unicode scalars, from 1.
    var column: Int { leadColumn + lead.scalarCount }

    /// A text without a byte.
    static var empty: PlacedText { PlacedText(bytes: UnsafeRawBufferPointer(start: nil, count: 0), line: 1) }

    /// Whether there is no byte.
    var isEmpty: Bool { bytes.isEmpty }

    /// The text without its escapes; bytes that are not UTF-8 become U+FFFD.
    ///
    /// - Complexity: O(*n*).
    var string: String {
        switch escaping {
        case .none: String(decoding: bytes, as: UTF8.self)
        case .json: bytes.contains(UInt8(ascii: "\\")) ? unescapedJSON : String(decoding: bytes, as: UTF8.self)
        case .csv: String(decoding: bytes, as: UTF8.self).replacing("\"\"", with: "\"")
        case .folded: unfolded
        case .singleQuoted: unfolded.replacing("''", with: "'")
        case .doubleQuoted: unfoldedJSON
        }
    }

    /// Returns the place of a byte, counted from the first.
    ///
    /// - Complexity: O(*n*) in the offset.
    func place(of offset: Int, in file: Int) -> LogPlace {
        var place = LogPlace(file: file, line: line, column: column)
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                place.line += 1
                place.column = 1
            } else if byte & 0xc0 != 0x80 {
                place.column += 1
            }
        }
        return place
    }

    /// Returns the text without some bytes at its beginning.
    func dropping(_ count: Int) -> PlacedText {
        let start = place(of: count, in: 0)
        var rest = self
        rest.bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(count))
        rest.line = start.line
        rest.leadColumn = start.column
        rest.lead = UnsafeRawBufferPointer(start: nil, count: 0)
        return rest
    }

    private var unescapedJSON: String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var units: [UInt16] = []
        var index = 0
        func flush() {
            result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            units.removeAll(keepingCapacity: true)
        }
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                if !units.isEmpty { flush() }
                result.append(bytes[index])
                index += 1
                continue
            }
            let digits = bytes[(index + 2)...].prefix(4)
            if bytes[index + 1] == UInt8(ascii: "u"), digits.count == 4,
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                units.append(unit)
                index += 6
                continue
            }
            if !units.isEmpty { flush() }
            result.append(Self.escape(bytes[index + 1]))
            index += 2
        }
        if !units.isEmpty { flush() }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "n"): UInt8(ascii: "\n")
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        case UInt8(ascii: "r"): UInt8(ascii: "\r")
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "f"): 12
        default: letter
        }
    }
}

extension UnsafeRawBufferPointer {
    /// How many Unicode scalars the bytes hold in UTF-8: those bytes that continue none.
    ///
    /// - Complexity: O(*n*), eight bytes at a time.
    var scalarCount: Int {
        var count = 0
        var index = 0
        while index &+ 8 <= self.count {
            let word = loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // A byte continues a scalar where its highest bit is set and the next one is not.
            count &+= ((~word >> 7 | word >> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
            index &+= 8
        }
        while index < self.count {
            count &+= self[index] & 0xc0 == 0x80 ? 0 : 1
            index &+= 1
        }
        return count
    }

    /// Returns the bytes of a range as a buffer of its own.
    func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

    /// Whether the bytes are those of a text.
    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && begins(text)
    }

    /// Whether the bytes begin with those of a text.
    func begins(_ text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount, let baseAddress else { return text.utf8CodeUnitCount == 0 }
        return memcmp(baseAddress, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// How many blanks and tabulators the bytes begin with.
    var indentation: Int { prefix { $0 == 0x20 || $0 == 0x09 }.count }

    /// The quotation mark that the bytes begin with, `nil` where they begin with none.
    var openingQuote: UInt8? { first.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil } }

    /// Returns where a text first stands, `nil` where it does not.
    ///
    /// - Complexity: O(*n*).
    func firstOffset(of text: StaticString) -> Int? {
        firstOffset(of: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Returns where bytes first stand, `nil` where they do not.
    ///
    /// - Complexity: O(*n* · *m*) for *m* bytes, in texts O(*n*).
    func firstOffset(of wanted: UnsafeRawBufferPointer) -> Int? {
        guard let base = baseAddress, let needle = wanted.baseAddress, let first = wanted.first, count >= wanted.count
        else {
            return nil
        }
        let last = count - wanted.count
        var start = 0
        while start <= last {
            guard let found = memchr(base + start, CInt(first), last - start + 1) else { return nil }
            start = UnsafeRawPointer(found) - base
            if memcmp(found, needle, wanted.count) == 0 { return start }
            start += 1
        }
        return nil
    }
}
