/// A text taken out of a file, which knows the byte that each of its bytes comes from.
struct MappedText: Hashable, Sendable {
    /// The text in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// The offset of each byte in the file.
    private(set) var offsets: [Int] = []

    /// Creates an empty text.
    init() {}

    /// Creates the text of a range as it stands.
    init(_ file: SourceFile, _ range: Range<Int>) {
        bytes = Array(file.bytes[range])
        offsets = Array(range)
    }

    /// Appends a byte with its offset.
    mutating func append(_ byte: UInt8, at offset: Int) {
        bytes.append(byte)
        offsets.append(offset)
    }

    /// Appends part of a file as it stands.
    mutating func append(_ file: SourceFile, _ range: Range<Int>) {
        bytes += file.bytes[range]
        offsets += range
    }

    /// Creates the text of a scalar: quotes and escapes resolved, the margin of a block taken away.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - range: The bytes of the scalar.
    ///   - style: How it is written.
    /// - Complexity: O(*n*) in the length of the range.
    init(scalar file: SourceFile, _ range: Range<Int>, style: ScalarStyle) {
        switch style {
        case .literal, .folded: appendBlock(file, range, folds: style == .folded)
        case .singleQuoted, .doubleQuoted: appendQuoted(file, range, escapes: style == .doubleQuoted)
        case .plain: append(file, range)
        }
    }

    private mutating func appendBlock(_ file: SourceFile, _ range: Range<Int>, folds: Bool) {
        let first = file.line(of: range.lowerBound) + 1
        let last = file.line(of: max(range.lowerBound, range.upperBound - 1))
        guard first <= last else { return }
        let margin = (first...last).compactMap { file.indentation(ofLine: $0) }.first ?? 0
        for line in first...last {
            let bytes = file.rangeOfLine(line)
            let content = min(bytes.upperBound, bytes.lowerBound + margin)..<bytes.upperBound
            append(file, content)
            // A folded line goes on in the next one.
            let goesOn = folds && !content.isEmpty && line < last && file.indentation(ofLine: line + 1) == margin
            append(goesOn ? UInt8(ascii: " ") : UInt8(ascii: "\n"), at: bytes.upperBound)
        }
    }

    private mutating func appendQuoted(_ file: SourceFile, _ range: Range<Int>, escapes: Bool) {
        var offset = range.lowerBound + 1
        while offset < range.upperBound - 1 {
            let byte = file.bytes[offset]
            if escapes, byte == UInt8(ascii: "\\") {
                let letter = offset + 1 < range.upperBound ? file.bytes[offset + 1] : 0
                switch letter {
                case UInt8(ascii: "n"): append(0x0A, at: offset)
                case UInt8(ascii: "t"): append(0x09, at: offset)
                case 0x0A: break
                default: append(letter, at: offset + 1)
                }
                offset += 2
            } else {
                append(byte, at: offset)
                offset += !escapes && byte == UInt8(ascii: "'") ? 2 : 1
            }
        }
    }
}
