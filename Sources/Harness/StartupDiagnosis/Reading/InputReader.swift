import Formats
import Scenarios

/// Reads one input, whatever it is written in, entry by entry in bounded memory.
///
/// What a file is, its content decides: each line that begins with a brace or a bracket is read as JSON, a header of known
/// columns begins a CSV, words of Kubernetes begin a status or a table, and everything else is a line of a log.
struct InputReader {
    /// How much is read at a time, in bytes.
    private static let chunk = 1 << 20
    /// The largest single entry, in bytes; a longer one is cut.
    private static let entryLimit = 64 << 20

    private var entries: EntryReader
    private var csv: CSVReader?
    private let path: String

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: The path, `-` for standard input.
    ///   - name: What the file is called where it is spoken of.
    init(_ path: String, name: String) {
        self.path = path
        entries = EntryReader(name)
    }

    /// What was not read, or not to its end.
    var notes: [ReadingNote] { entries.notes.all }

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
            let used = pending.withUnsafeBytes { bytes in
                csv?.take(bytes, isEnd: isEnd, &collector) ?? entries.take(bytes, isEnd: isEnd, &collector)
            }
            if isEnd { break }
            // An entry that does not end in what is there needs more of the file, twice as much each time.
            wanted = used == 0 ? min(pending.count * 2, Self.entryLimit) : Self.chunk
            if used == 0, pending.count >= Self.entryLimit {
                entries.passOver("an entry of more than \(Self.entryLimit >> 20) MiB, which is passed over")
                pending.removeAll(keepingCapacity: true)
                wanted = Self.chunk
            } else {
                pending.removeFirst(used)
                wanted = max(wanted, pending.count + 1)
            }
        }
        entries.finish(&collector)
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
}
