import Formats
import Scenarios

/// Something of an input that was not read, or not to its end.
package struct ReadingNote: Hashable, Sendable, Codable {
    /// The file.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int
    /// What was found, and what became of it.
    package var message: String
}

/// Reads one input, whatever it is written in, entry by entry in bounded memory.
///
/// What a file is, its content decides: each line that begins with a brace or a bracket is read as JSON, a header of known
/// columns begins a CSV, words of Kubernetes begin a status or a table, and everything else is a line of a log.
struct InputReader {
    /// How much is read at a time, in bytes.
    private static let chunk = 1 << 20
    /// The largest single entry, in bytes; a longer one is cut.
    private static let entryLimit = 64 << 20

    /// Where the next unread byte stands.
    private var line = 1
    private var column = 1
    private var text = TextReader()
    private var csv: CSVReader?
    /// Whether the file is JSON so far, so that a stray line in it is worth a note.
    private var isJSON = false
    private(set) var notes: [ReadingNote] = []
    private let path: String
    private let name: String

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: The path, `-` for standard input.
    ///   - name: What the file is called where it is spoken of.
    init(_ path: String, name: String) {
        self.path = path
        self.name = name
    }

    /// Reads the file into a collector.
    ///
    /// - Throws: `ScenarioError` for a file that cannot be read or is no text.
    mutating func read(into collector: inout EvidenceCollector) throws(ScenarioError) {
        var file = try InputFile(path)
        var pending: [UInt8] = []
        var isFirst = true
        var wanted = Self.chunk
        while true {
            var isEnd = false
            while pending.count < wanted {
                let bytes = try file.read(Self.chunk)
                if bytes.isEmpty { isEnd = true }
                if pending.isEmpty { pending = bytes } else { pending += bytes }
                if isEnd { break }
            }
            if isFirst {
                try check(pending)
                if pending.starts(with: byteOrderMark) { pending.removeFirst(byteOrderMark.count) }
                csv = pending.withUnsafeBytes { CSVReader(header: $0) }
                isFirst = false
            }
            let used = pending.withUnsafeBytes { take($0, isEnd: isEnd, &collector) }
            if isEnd { break }
            // An entry that does not end in what is there needs more of the file, twice as much each time.
            wanted = used == 0 ? min(pending.count * 2, Self.entryLimit) : Self.chunk
            if used == 0, pending.count >= Self.entryLimit {
                note(line, column, "an entry of more than \(Self.entryLimit >> 20) MiB, which is passed over")
                pending.removeAll(keepingCapacity: true)
                wanted = Self.chunk
            } else {
                pending.removeFirst(used)
                wanted = max(wanted, pending.count + 1)
            }
        }
        text.finish(&collector)
    }

    /// Refuses what is no text.
    private func check(_ head: [UInt8]) throws(ScenarioError) {
        if let content = ForeignContent(head) {
            throw ScenarioError(
                .unreadable,
                path: path,
                "found \(content.found), expected a log, a status or events as text; \(content.fix)"
            )
        }
        if let zero = head.firstIndex(of: 0) {
            let place = head.withUnsafeBytes { TextPlace(of: zero, in: $0) }
            throw ScenarioError(
                .unreadable,
                path: path,
                "found a byte of zero at \(place), expected a log, a status or events as text; name a file of text"
            )
        }
    }

    private mutating func note(_ line: Int, _ column: Int, _ message: String) {
        if notes.count < 100 {
            notes.append(ReadingNote(file: name, line: line, column: column, message: message))
        }
    }

    /// Takes whole entries from a buffer and returns how many bytes they are.
    private mutating func take(
        _ bytes: UnsafeRawBufferPointer,
        isEnd: Bool,
        _ collector: inout EvidenceCollector
    ) -> Int {
        if csv != nil { return takeCSV(bytes, isEnd: isEnd, &collector) }
        var cursor = JSONCursor(bytes, line: line, column: column)
        while true {
            let byte = cursor.peek()
            guard byte != 0 || !cursor.isAtEnd else { break }
            // Blanks before a line of text are its indentation, and stay in the buffer with it.
            let before = cursor
            let isTaken: Bool
            if beginsJSON(cursor) {
                cursor.moveAnchor()
                isTaken = takeJSON(&cursor, isEnd: isEnd, &collector)
            } else {
                isTaken = takeLine(&cursor, isEnd: isEnd, &collector)
            }
            if isTaken { continue }
            cursor = before
            break
        }
        (line, column) = (cursor.line, cursor.anchorColumn)
        return cursor.anchor
    }

    /// Whether JSON begins at a cursor: a brace, or a bracket that no log line has like this.
    private func beginsJSON(_ cursor: JSONCursor) -> Bool {
        guard !text.isInside else { return false }
        switch cursor.bytes[cursor.position] {
        case UInt8(ascii: "{"): return true
        case UInt8(ascii: "["):
            var next = cursor
            next.position += 1
            let byte = next.peek()
            return byte == UInt8(ascii: "{") || byte == 0 || byte == UInt8(ascii: "]") && next.line > cursor.line
        case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "\""): return isJSON
        default: return false
        }
    }

    private mutating func takeJSON(
        _ cursor: inout JSONCursor,
        isEnd: Bool,
        _ collector: inout EvidenceCollector
    ) -> Bool {
        isJSON = true
        switch cursor.bytes[cursor.position] {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
            cursor.position += 1
            return true
        case UInt8(ascii: "\""):
            // A key behind a list's items, such as its metadata.
            let isMember = cursor.string() != nil && (!cursor.take(UInt8(ascii: ":")) || cursor.skipValue())
            return isMember || isEnd && skipLine(&cursor)
        default: break
        }
        let start = cursor
        var reader = CloudEntryReader()
        switch reader.read(&cursor) {
        case .entry:
            collector.take(reader.entry)
            return true
        case .list:
            return true
        case .kubernetesObject:
            cursor = start
            guard let node = TreeNode(&cursor, file: collector.file) else {
                note(start.line, start.anchorColumn, "an object that is nested too deeply, which is passed over")
                return skipLine(&cursor)
            }
            KubernetesObjects.take(node, &collector)
            return true
        case .stopped:
            if cursor.stop == .incomplete, !isEnd {
                return false
            }
            return takeBroken(reader.entry, start, &cursor, &collector)
        }
    }

    /// Takes what could be read of an entry that is cut or damaged, and says where it is.
    private mutating func takeBroken(
        _ entry: LogEntry,
        _ start: JSONCursor,
        _ cursor: inout JSONCursor,
        _ collector: inout EvidenceCollector
    ) -> Bool {
        let what = cursor.stop == .incomplete ? "the text ends inside an entry" : "an entry that is not JSON"
        let place = cursor.placed(cursor.position..<cursor.position, escaping: .none)
        if entry.text.isEmpty {
            note(place.line, place.column, "\(what) that begins in line \(start.line), which is passed over")
        } else {
            note(place.line, place.column, "\(what) that begins in line \(start.line); its message was read")
            collector.take(entry)
        }
        return skipLine(&cursor)
    }

    private func skipLine(_ cursor: inout JSONCursor) -> Bool {
        while cursor.position < cursor.bytes.count, cursor.bytes[cursor.position] != UInt8(ascii: "\n") {
            cursor.position += 1
        }
        return true
    }

    private mutating func takeLine(
        _ cursor: inout JSONCursor,
        isEnd: Bool,
        _ collector: inout EvidenceCollector
    ) -> Bool {
        let start = cursor.anchor
        let end = cursor.bytes[cursor.position...].firstIndex(of: UInt8(ascii: "\n")) ?? cursor.bytes.count
        guard end < cursor.bytes.count || isEnd else { return false }
        let isReturn = end > start && cursor.bytes[end - 1] == UInt8(ascii: "\r")
        var placed = cursor.placed(start..<(isReturn ? end - 1 : end), escaping: .none)
        placed.leadColumn = cursor.anchorColumn
        text.take(placed, &collector)
        cursor.position = end
        return true
    }

    private mutating func takeCSV(
        _ bytes: UnsafeRawBufferPointer,
        isEnd: Bool,
        _ collector: inout EvidenceCollector
    ) -> Int {
        guard var reader = csv else { return 0 }
        let used = reader.take(bytes, isEnd: isEnd, &collector)
        csv = reader
        return used
    }
}
