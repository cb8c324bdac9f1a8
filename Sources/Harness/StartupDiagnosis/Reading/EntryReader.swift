/// Takes entries from what is there of an input: JSON, or lines of text with the statuses and tables between them.
struct EntryReader {
    /// What was not read, or not to its end.
    private(set) var notes: ReadingNotes

    /// Where the next unread byte stands.
    private var line = 1
    private var column = 1
    private var text = TextReader()
    /// Whether the input is JSON so far, so that a stray line in it is worth a note.
    private var isJSON = false

    /// Begins an input.
    ///
    /// - Parameter name: What it is called where it is spoken of.
    init(_ name: String) {
        notes = ReadingNotes(of: name)
    }

    /// Says of the next entry that it is not read.
    mutating func passOver(_ message: String) { notes.add(line, column, message) }

    /// Takes what has been begun, at the end of the input.
    mutating func finish(_ collector: inout EvidenceCollector) { text.finish(&collector) }

    /// Takes whole entries from a buffer and returns how many bytes they are.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer,
        isEnd: Bool,
        _ collector: inout EvidenceCollector
    ) -> Int {
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
                notes.add(start.line, start.anchorColumn, "an object that is nested too deeply, which is passed over")
                return skipLine(&cursor)
            }
            KubernetesObjects.take(node, &collector)
            return true
        case .stopped:
            if cursor.stop == .incomplete, !isEnd {
                return false
            }
            if takeFlow(start, &cursor, &collector) { return true }
            return takeBroken(reader.entry, start, &cursor, &collector)
        }
    }

    /// Takes an object that is YAML in flow style, where one stands there.
    private mutating func takeFlow(
        _ start: JSONCursor,
        _ cursor: inout JSONCursor,
        _ collector: inout EvidenceCollector
    ) -> Bool {
        var flow = start
        guard let node = TreeNode(flow: &flow, file: collector.file), node["kind"] != nil || node["items"] != nil else {
            return false
        }
        cursor = flow
        KubernetesObjects.take(node, &collector)
        return true
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
            notes.add(place.line, place.column, "\(what) that begins in line \(start.line), which is passed over")
        } else {
            notes.add(place.line, place.column, "\(what) that begins in line \(start.line); its message was read")
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
}
