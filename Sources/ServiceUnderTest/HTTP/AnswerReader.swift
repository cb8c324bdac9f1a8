/// Reads one HTTP/1 answer from bytes as they come, within limits; RFC 9112.
///
/// It never trusts a length: what a server announces is compared with what comes, and no more than the limits is kept.
struct AnswerReader {
    /// What is wrong with bytes that are no answer.
    struct Malformed: Error, Hashable, Sendable {
        /// What was found and expected.
        let reason: String
    }

    private enum Stage {
        case head
        case counted(left: Int)
        case untilEnd
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailer
        case complete
    }

    private static let headLimit = 65_536

    private let bodyLimit: Int
    private var stage = Stage.head
    private var pending: [UInt8] = []
    private var answer = HTTPAnswer(status: 0, fields: [], body: [])

    /// Creates a reader.
    ///
    /// - Parameter bodyLimit: How many bytes of the body are kept; once there are more, the answer counts as complete.
    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// The answer once it is complete.
    var complete: HTTPAnswer? {
        if case .complete = stage { answer } else { nil }
    }

    /// Whether any byte has come.
    private(set) var hasBegun = false

    /// Takes bytes.
    ///
    /// - Throws: ``Malformed`` for bytes that are no answer.
    /// - Complexity: O(*n*) in the number of bytes, beyond a head that comes in small pieces.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(Malformed) {
        let before = pending.count
        pending += bytes
        hasBegun = hasBegun || pending.count > before
        while try step() {}
    }

    /// Takes the end of the connection.
    ///
    /// - Throws: ``Malformed`` where the answer is not complete by then.
    mutating func takeEnd() throws(Malformed) {
        switch stage {
        case .complete: break
        case .untilEnd: stage = .complete
        case .head where !hasBegun: throw Malformed(reason: "the connection was closed without an answer")
        default: throw Malformed(reason: "the connection was closed in the middle of the answer")
        }
    }

    /// Goes one step on; returns whether there may be another.
    private mutating func step() throws(Malformed) -> Bool {
        switch stage {
        case .head:
            return try readHead()
        case .counted(let left):
            let taken = keep(min(left, pending.count))
            stage = taken == left ? .complete : .counted(left: left - taken)
        case .untilEnd:
            _ = keep(pending.count)
        case .chunkSize:
            guard let line = try takeLine() else { return false }
            let digits = line.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != UInt8(ascii: " ") }
            guard !digits.isEmpty, digits.count <= 8,
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                digits.first != UInt8(ascii: "-"), digits.first != UInt8(ascii: "+")
            else { throw Malformed(reason: "a chunk's size is no hexadecimal number") }
            stage = size == 0 ? .trailer : .chunk(left: size)
            return true
        case .chunk(let left):
            let taken = keep(min(left, pending.count))
            stage = taken == left ? .chunkEnd : .chunk(left: left - taken)
            if taken == left, !isFull { return true }
        case .chunkEnd:
            guard let line = try takeLine() else { return false }
            guard line.isEmpty else { throw Malformed(reason: "a chunk is longer than its size says") }
            stage = .chunkSize
            return true
        case .trailer:
            guard let line = try takeLine() else { return false }
            guard line.isEmpty else { return true }
            stage = .complete
        case .complete:
            return false
        }
        if isFull { stage = .complete }
        return false
    }

    private var isFull: Bool { answer.body.count >= bodyLimit }

    /// Moves bytes to the body, as many as there is room for, and returns how many were taken.
    private mutating func keep(_ count: Int) -> Int {
        answer.body += pending.prefix(min(count, max(bodyLimit - answer.body.count, 0)))
        pending.removeFirst(count)
        return count
    }

    private mutating func takeLine() throws(Malformed) -> [UInt8]? {
        guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else {
            guard pending.count <= Self.headLimit else { throw Malformed(reason: "a line never ends") }
            return nil
        }
        var line = Array(pending[..<end])
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        pending.removeFirst(end + 1)
        return line
    }

    private mutating func readHead() throws(Malformed) -> Bool {
        var lines: [[UInt8]] = []
        var rest = pending[...]
        while true {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                guard pending.count <= Self.headLimit else { throw Malformed(reason: "the header never ends") }
                // What cannot become a status line need not be waited for.
                let start = Array("HTTP/1.".utf8)
                guard zip(pending, start).allSatisfy({ $0 == $1 }) else {
                    throw Malformed(reason: "the answer does not begin with HTTP/1")
                }
                return false
            }
            var line = Array(rest[..<end])
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            lines.append(line)
        }
        pending = Array(rest)
        answer.status = try status(lines.first ?? [])
        answer.fields = try lines.dropFirst().map { (line) throws(Malformed) in try field(line) }
        // Interim answers precede the one that counts.
        guard answer.status >= 200 || answer.status == 101 else { return !pending.isEmpty }
        try chooseBody()
        return true
    }

    private func status(_ line: [UInt8]) throws(Malformed) -> Int {
        let text = String(decoding: line.prefix(64), as: UTF8.self)
        let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", words[1].utf8.count == 3,
            let status = Int(words[1]), (100..<600).contains(status)
        else { throw Malformed(reason: "the answer does not begin with a status line of HTTP/1") }
        return status
    }

    private func field(_ line: [UInt8]) throws(Malformed) -> HTTPAnswer.Field {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw Malformed(reason: "a header line has no name")
        }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        let end = value.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? value.startIndex
        return HTTPAnswer.Field(name: name, value: String(decoding: value[..<end], as: UTF8.self))
    }

    private mutating func chooseBody() throws(Malformed) {
        if [204, 304, 101].contains(answer.status) {
            stage = .complete
            return
        }
        let lengths = Set(answer.fields.filter { $0.name == "content-length" }.map(\.value))
        if let coding = answer["transfer-encoding"] {
            guard coding.lowercased() == "chunked", lengths.isEmpty else {
                throw Malformed(reason: "the body's length is stated in a way that cannot be followed")
            }
            stage = .chunkSize
        } else if let text = lengths.first {
            guard lengths.count == 1, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let length = Int(text)
            else { throw Malformed(reason: "the Content-Length is no number") }
            stage = length == 0 ? .complete : .counted(left: length)
        } else {
            stage = .untilEnd
        }
    }
}
