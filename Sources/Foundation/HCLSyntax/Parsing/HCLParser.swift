/// A reader of HCL's native syntax that goes on after what it cannot read.
///
/// It follows <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>. It never fails: what is not HCL is noted
/// with its place, and reading goes on in the next line. Bodies and expressions nest at most ``depthLimit`` deep.
struct HCLParser {
    /// The deepest nesting of blocks, brackets and templates together.
    static let depthLimit = 100
    /// The most problems that are noted.
    static let problemLimit = 20

    let bytes: [UInt8]
    var offset = 0
    var end: Int
    var depth = 0
    /// Whether line breaks are blanks, as between parentheses and brackets.
    var skipsLineBreaks = false
    private(set) var problems: [HCLFile.Problem] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.end = bytes.count
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// An expression or a body that cannot be read on from here; its problem is noted.
    struct Stop: Error {}

    /// The next byte, 0 at the end.
    var next: UInt8 { offset < end ? bytes[offset] : 0 }

    /// Returns a byte further on, 0 behind the end.
    func peek(_ distance: Int) -> UInt8 { offset + distance < end ? bytes[offset + distance] : 0 }

    /// Notes a problem at the next byte and ends what is being read.
    mutating func stop(_ expected: String) -> Stop {
        note("expected \(expected), found \(found)")
        return Stop()
    }

    /// Notes a problem at the next byte.
    mutating func note(_ message: String) {
        guard problems.count < Self.problemLimit, problems.last?.offset != offset else { return }
        problems.append(HCLFile.Problem(offset: offset, message: message))
    }

    private var found: String {
        guard offset < end else { return "the end" }
        if next == UInt8(ascii: "\n") { return "the end of the line" }
        let rest = bytes[offset..<min(end, offset + 16)].prefix { $0 > 0x20 }
        return "`" + String(decoding: rest, as: UTF8.self) + "`"
    }

    /// Skips blanks and comments, and line breaks where they are blanks.
    mutating func skipBlanks() {
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "\n") where skipsLineBreaks:
                offset += 1
            case UInt8(ascii: "#"):
                skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                offset += 2
                while offset < end, !(next == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) { offset += 1 }
                offset = min(end, offset + 2)
            default:
                return
            }
        }
    }

    /// Goes to the end of the line, before its line break.
    mutating func skipLine() {
        while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    }

    /// Takes a word of ASCII punctuation where it stands next, after blanks.
    mutating func take(_ word: StaticString) -> Bool {
        skipBlanks()
        return word.withUTF8Buffer { expected in
            guard offset + expected.count <= end, bytes[offset..<offset + expected.count].elementsEqual(expected)
            else { return false }
            offset += expected.count
            return true
        }
    }

    /// Takes an identifier where one stands next, after blanks; letters beyond ASCII count as letters.
    mutating func identifier() -> String? {
        skipBlanks()
        let start = offset
        while offset < end, Self.isOfIdentifier(bytes[offset], isFirst: offset == start) { offset += 1 }
        return offset > start ? String(decoding: bytes[start..<offset], as: UTF8.self) : nil
    }

    static func isOfIdentifier(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): !isFirst
        default: false
        }
    }

    /// Runs a function one level deeper.
    mutating func nested<Value>(_ body: (inout HCLParser) throws(Stop) -> Value) throws(Stop) -> Value {
        guard depth < Self.depthLimit else {
            note("nested more than \(Self.depthLimit) deep")
            throw Stop()
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }
}
