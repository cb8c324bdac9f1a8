/// A place in a text, as editors count.
package struct TextPlace: Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int

    /// Creates a place.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Counts to the place of a byte; lines end with a line feed, a byte order mark is no column.
    ///
    /// - Complexity: O(*n*) in the offset.
    package init(of offset: Int, in text: UnsafeRawBufferPointer) {
        var place = TextPlace(line: 1, column: 1)
        let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        for byte in text[min(start, offset)..<min(offset, text.count)] {
            if byte == UInt8(ascii: "\n") {
                place = TextPlace(line: place.line + 1, column: 1)
            } else if byte & 0xc0 != 0x80 {
                place.column += 1
            }
        }
        self = place
    }

    package var description: String { "line \(line), column \(column)" }
}

/// The mark with which some programs begin a text in UTF-8.
package let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
