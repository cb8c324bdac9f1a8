/// A place in a buffer of JSON that knows its line and column, and reads on from there.
///
/// It is made for speed over gigabytes of entries of which a few fields matter: what is not asked for is skipped without
/// being checked. A reader that wants strictness has `JSONReader`.
struct JSONCursor {
    /// Why reading went no further.
    enum Stop {
        /// The buffer ends inside a value.
        case incomplete
        /// Something stands there that JSON does not have.
        case malformed
    }

    /// The buffer.
    let bytes: UnsafeRawBufferPointer
    /// The next byte.
    var position = 0
    /// The line of the next byte, from 1.
    var line: Int
    /// A byte of this line at or before the next one.
    private(set) var anchor = 0
    /// The column of that byte, from 1.
    private(set) var anchorColumn: Int

    /// Starts at the beginning of a buffer.
    ///
    /// - Parameters:
    ///   - bytes: The buffer.
    ///   - line: The line of its first byte.
    ///   - column: The column of its first byte.
    init(_ bytes: UnsafeRawBufferPointer, line: Int, column: Int) {
        self.bytes = bytes
        self.line = line
        self.anchorColumn = column
    }

    /// Whether the buffer is at its end.
    var isAtEnd: Bool { position >= bytes.count }

    /// Why reading failed at the next byte.
    var stop: Stop { position >= bytes.count ? .incomplete : .malformed }

    /// Counts columns from the next byte on, so that a very long line is counted once.
    mutating func moveAnchor() {
        anchorColumn += bytes.slice(anchor..<position).scalarCount
        anchor = position
    }

    /// Skips blanks, and returns the byte that follows them; 0 at the end.
    @inline(__always)
    mutating func peek() -> UInt8 {
        if position < bytes.count, bytes[position] > 0x20 { return bytes[position] }
        return peekBehindBlanks()
    }

    private mutating func peekBehindBlanks() -> UInt8 {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte <= 0x20 else { return byte }
            position += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                anchor = position
                anchorColumn = 1
            }
        }
        return 0
    }

    /// Takes a byte where it follows.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// Reads a string; `nil` where none stands there, or it does not end.
    ///
    /// - Complexity: O(*n*).
    mutating func string() -> PlacedText? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        guard skipStringRest() else { return nil }
        return placed(start..<(position - 1), escaping: .json)
    }

    /// The bytes of a range of this line with their place.
    func placed(_ range: Range<Int>, escaping: PlacedText.Escaping) -> PlacedText {
        PlacedText(
            bytes: bytes.slice(range),
            line: line,
            leadColumn: anchorColumn,
            lead: bytes.slice(anchor..<range.lowerBound),
            escaping: escaping
        )
    }

    /// Skips the rest of a string and its end; false where it does not end.
    ///
    /// Eight bytes at a time: a byte of `word ^ pattern` is zero where the pattern's byte stands, and
    /// `(x - 0x01…) & ~x & 0x80…` is not zero where a byte of `x` is (Warren, "Hacker's Delight", 6-1).
    private mutating func skipStringRest() -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        let quotes = ones &* 0x22
        let slashes = ones &* 0x5c
        while true {
            while position &+ 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                let quote = word ^ quotes
                let slash = word ^ slashes
                let found = ((quote &- ones) & ~quote | (slash &- ones) & ~slash) & high
                guard found == 0 else {
                    position &+= UInt64(littleEndian: found).trailingZeroBitCount >> 3
                    break
                }
                position &+= 8
            }
            while position < bytes.count {
                let byte = bytes[position]
                position &+= 1
                if byte == 0x22 { return true }
                if byte == 0x5c {
                    position &+= 1
                    break
                }
            }
            guard position < bytes.count else {
                position = bytes.count
                return false
            }
        }
    }

    /// Skips a value of any kind; false where it does not end.
    ///
    /// - Complexity: O(*n*).
    mutating func skipValue() -> Bool {
        switch peek() {
        case UInt8(ascii: "\""):
            position += 1
            return skipStringRest()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return skipContainer()
        case 0:
            return false
        default:
            return !word().isEmpty
        }
    }

    private mutating func skipContainer() -> Bool {
        var depth = 0
        while true {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
                if depth == 0 { return true }
            case UInt8(ascii: "\""):
                position += 1
                guard skipStringRest() else { return false }
            case 0:
                return false
            default:
                position += 1
            }
        }
    }

    /// Reads the letters, digits and signs of a number or a name; nothing where the buffer ends behind them.
    mutating func word() -> UnsafeRawBufferPointer {
        _ = peek()
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e:
                position += 1
            default:
                return bytes.slice(start..<position)
            }
        }
        return bytes.slice(start..<start)
    }

    /// Reads a whole number, in quotes or not; `nil` for anything else, which is skipped.
    mutating func integer() -> Int? {
        let isQuoted = peek() == UInt8(ascii: "\"")
        let digits = isQuoted ? string()?.bytes : (skipsPlain ? word() : nil)
        guard let digits else {
            _ = skipValue()
            return nil
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private var skipsPlain: Bool {
        mutating get {
            let byte = peek()
            return byte != UInt8(ascii: "{") && byte != UInt8(ascii: "[") && byte != 0
        }
    }

    /// Reads an object member by member.
    ///
    /// - Parameter member: Called with each key, before its value, which it has to read; false ends the reading.
    /// - Returns: Whether the object was read to its end.
    mutating func object(_ member: (_ key: PlacedText, inout JSONCursor) -> Bool) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        while true {
            guard let key = string(), take(UInt8(ascii: ":")), member(key, &self) else { return false }
            if take(UInt8(ascii: ",")) { continue }
            return take(UInt8(ascii: "}"))
        }
    }
}
