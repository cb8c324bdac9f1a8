/// A word of a command line, quotes resolved.
struct ShellWord: Hashable, Sendable {
    /// The word in UTF-8; what a shell puts something in for stands as it is written.
    var bytes: [UInt8] = []
    /// The offset of each byte in the file.
    var offsets: [Int] = []
    /// Which bytes a shell, make or GitHub puts something in for.
    var expanded: [Bool] = []
    /// The offset at which the word begins, with its quotes.
    let start: Int

    /// The text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Returns a part of the word by the numbers of its bytes.
    func part(_ range: Range<Int>) -> ShellWord {
        var part = ShellWord(start: range.lowerBound < offsets.count ? offsets[range.lowerBound] : end)
        part.bytes = Array(bytes[range])
        part.offsets = Array(offsets[range])
        part.expanded = Array(expanded[range])
        return part
    }

    /// The offset behind the word's last byte.
    var end: Int { offsets.last.map { $0 + 1 } ?? start }

    /// The bytes in the file.
    var range: Range<Int> { start..<max(start, end) }

    /// Whether a shell puts something into it.
    var isExpanded: Bool { expanded.contains(true) }

    /// Whether the bytes of the file are the word itself.
    var isWritten: Bool { !isExpanded && zip(offsets, offsets.dropFirst()).allSatisfy { $0 + 1 == $1 } }

    init(start: Int) {
        self.start = start
    }

    mutating func append(_ byte: UInt8, _ offset: Int, expanded isExpanded: Bool = false) {
        bytes.append(byte)
        offsets.append(offset)
        expanded.append(isExpanded)
    }
}

/// Parts a script of a POSIX shell, a recipe of a Makefile or the like into commands and words.
///
/// Nothing is run and nothing put in: a word with a variable stands as it is written. See
/// <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html>, sections 2.2 and 2.3.
struct ShellReader {
    private let text: MappedText
    private var position = 0
    private var commands: [[ShellWord]] = []
    private var command: [ShellWord] = []
    private var word: ShellWord?

    /// Returns the commands of a text.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    static func commands(in text: MappedText) -> [[ShellWord]] {
        var reader = ShellReader(text: text)
        reader.read()
        return reader.commands
    }

    private init(text: MappedText) {
        self.text = text
    }

    private var next: UInt8 { peek(0) }

    private func peek(_ distance: Int) -> UInt8 {
        position + distance < text.bytes.count ? text.bytes[position + distance] : 0
    }

    private mutating func read() {
        while position < text.bytes.count {
            switch next {
            case UInt8(ascii: "\\") where isLineBreak(1):
                position += peek(1) == 0x0D ? 3 : 2
            case UInt8(ascii: "`") where isLineBreak(1), UInt8(ascii: "^") where word == nil && isLineBreak(1):
                // PowerShell and batch files go on in the next line so.
                position += peek(1) == 0x0D ? 3 : 2
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                endWord()
                position += 1
            case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
                UInt8(ascii: ")"):
                endCommand()
                position += 1
            case UInt8(ascii: "#") where word == nil:
                while position < text.bytes.count, next != UInt8(ascii: "\n") { position += 1 }
            default:
                readOfWord()
            }
        }
        endCommand()
    }

    private func isLineBreak(_ distance: Int) -> Bool {
        peek(distance) == 0x0A || peek(distance) == 0x0D && peek(distance + 1) == 0x0A
    }

    private mutating func endWord() {
        if let word { command.append(word) }
        word = nil
    }

    private mutating func endCommand() {
        endWord()
        if !command.isEmpty { commands.append(command) }
        command = []
    }

    /// Takes the next byte, or what belongs to it, into the word.
    private mutating func readOfWord() {
        switch next {
        case UInt8(ascii: "'"):
            begin()
            position += 1
            while position < text.bytes.count, next != UInt8(ascii: "'") { take() }
            position += 1
        case UInt8(ascii: "\""):
            begin()
            position += 1
            while position < text.bytes.count, next != UInt8(ascii: "\"") {
                if next == UInt8(ascii: "\\"), isLineBreak(1) {
                    position += peek(1) == 0x0D ? 3 : 2
                } else {
                    if next == UInt8(ascii: "\\"), "\"\\$`".utf8.contains(peek(1)) { position += 1 }
                    if next == UInt8(ascii: "$") { takeExpansion() } else { take() }
                }
            }
            position += 1
        case UInt8(ascii: "\\"):
            begin()
            position += 1
            take()
        case UInt8(ascii: "$"): takeExpansion()
        default: take()
        }
    }

    private mutating func begin() {
        if word == nil { word = ShellWord(start: position < text.offsets.count ? text.offsets[position] : 0) }
    }

    private mutating func take(expanded: Bool = false) {
        guard position < text.bytes.count else { return }
        begin()
        let (byte, offset) = (text.bytes[position], text.offsets[position])
        word?.append(byte, offset, expanded: expanded)
        position += 1
    }

    /// Takes `$NAME`, `${…}`, `$(…)` or `${{ … }}` with all that is in it.
    private mutating func takeExpansion() {
        // `$$` is make's way to write one.
        while next == UInt8(ascii: "$") { take(expanded: true) }
        if next == UInt8(ascii: "{") || next == UInt8(ascii: "(") {
            var depth = 0
            repeat {
                if "{(".utf8.contains(next) { depth += 1 }
                if "})".utf8.contains(next) { depth -= 1 }
                take(expanded: true)
            } while depth > 0 && position < text.bytes.count
            return
        }
        while isOfName(next) { take(expanded: true) }
    }

    private func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
