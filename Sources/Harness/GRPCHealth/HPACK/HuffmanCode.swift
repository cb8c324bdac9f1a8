/// Huffman's code for texts in header fields (RFC 7541, appendix B).
///
/// The code is canonical: codes of one length follow each other in the order of their symbols, so that the lengths say all.
enum HuffmanCode {
    /// The number of bits of the code of every byte, and last of the end, which no text may contain.
    private static let lengths: [UInt8] = [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
        8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
        13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
        28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
        22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
        22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
        25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
    ]

    /// The codes of one length.
    private struct Row {
        /// The first code.
        var first: UInt32
        /// The symbols in the order of their codes.
        var symbols: [Int]
    }

    /// The codes of each length, from 0 to 30 bits.
    private static let rows: [Row] = {
        var rows: [Row] = []
        var code: UInt32 = 0
        for length in 0...30 {
            let symbols = lengths.indices.filter { Int(lengths[$0]) == length }
            rows.append(Row(first: code, symbols: symbols))
            code = (code + UInt32(symbols.count)) << 1
        }
        return rows
    }()

    /// Returns the bytes that a text stands for.
    ///
    /// - Throws: `HTTP2Error` where it holds the end, or ends with anything but at most seven ones.
    /// - Complexity: O(*n*).
    static func decode(_ bytes: some Sequence<UInt8>) throws(HTTP2Error) -> [UInt8] {
        var text: [UInt8] = []
        var code: UInt32 = 0
        var length = 0
        for byte in bytes {
            for bit in stride(from: 7, through: 0, by: -1) {
                code = code << 1 | UInt32(byte >> bit) & 1
                length += 1
                guard length < rows.count else { throw HTTP2Error(reason: "a header field has no code of Huffman's") }
                let row = rows[length]
                guard code >= row.first, code - row.first < row.symbols.count else { continue }
                guard let symbol = UInt8(exactly: row.symbols[Int(code - row.first)]) else {
                    throw HTTP2Error(reason: "a header field holds the end of a text within it")
                }
                text.append(symbol)
                (code, length) = (0, 0)
            }
        }
        guard length < 8, code == 1 << length - 1 else {
            throw HTTP2Error(reason: "a header field ends within a code of Huffman's")
        }
        return text
    }
}
