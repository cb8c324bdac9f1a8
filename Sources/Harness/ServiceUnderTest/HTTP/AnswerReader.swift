/// Reads one HTTP/1 answer from bytes as they come, within limits; RFC 9112.
///
/// It compares the length that a server announces with what comes, and keeps no more than the limits.
package struct AnswerReader {
    /// What is wrong with bytes that are no answer.
    package struct Malformed: Error, Hashable, Sendable {
        /// What was found and expected.
        package let reason: String
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
    package init(bodyLimit: Int) {
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
    package mutating func take(_ bytes: some Sequence<UInt8>) throws(Malformed) {
        let before = pending.count
        pending += bytes
        hasBegun = hasBegun || pending.count > before
        while try step() {}
    }

    /// Takes the end of the connection.
    ///
    /// - Throws: ``Malformed`` where the answer is not complete by then.
    package mutating func takeEnd() throws(Malformed) {
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
            let size = try chunkSize(line)
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

    /// The size at the begin of a chunk's first line, whatever zeros precede it and whatever extensions follow.
    ///
    /// `chunk-size [ chunk-ext ]` of RFC 9112, section 7.1, with white space where it is to be tolerated.
    private func chunkSize(_ line: [UInt8]) throws(Malformed) -> Int {
        let text = line.prefix { $0 != UInt8(ascii: ";") }.trimmed
        let digits = text.drop { $0 == UInt8(ascii: "0") }
        guard !text.isEmpty, text.allSatisfy(\.isHexadecimalDigit) else {
            throw Malformed(reason: "a chunk's size is no hexadecimal number")
        }
        guard digits.count <= 8 else { throw Malformed(reason: "a chunk of 4 GiB and more is not read") }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
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
            if lines.count > 1, line[0] == 0x20 || line[0] == 0x09 {
                // A folded line goes on where the one before it ended (RFC 9112, section 5.2).
                lines[lines.count - 1] += [0x20] + line.trimmed
            } else {
                lines.append(line)
            }
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
        // White space before the colon is forbidden to servers, and to be removed from what they say all the same.
        return HTTPAnswer.Field(
            name: String(decoding: line[..<colon].trimmed, as: UTF8.self).lowercased(),
            value: String(decoding: line[(colon + 1)...].trimmed, as: UTF8.self)
        )
    }

    private mutating func chooseBody() throws(Malformed) {
        if [204, 304, 101].contains(answer.status) {
            stage = .complete
            return
        }
        let codings = answer.list("transfer-encoding").map { $0.lowercased() }
        // The same length said twice is one length (RFC 9110, section 8.6).
        let lengths = Set(answer.list("content-length"))
        if let coding = codings.last {
            // A length beside a transfer coding is overridden by it (RFC 9112, section 6.3).
            guard coding == "chunked", codings.count == 1 else {
                let names = codings.joined(separator: ", ").prefix(60)
                throw Malformed(reason: "the body has the transfer coding \(names), which was not asked for")
            }
            stage = .chunkSize
        } else if answer["content-length"] != nil {
            guard let text = lengths.first, lengths.count == 1, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let length = Int(text)
            else { throw Malformed(reason: "the Content-Length is no number") }
            stage = length == 0 ? .complete : .counted(left: length)
        } else {
            stage = .untilEnd
        }
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}
