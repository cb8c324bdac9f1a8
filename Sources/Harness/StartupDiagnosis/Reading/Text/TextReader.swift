import Domain

/// Reads plain text line by line: log lines, and the statuses and tables of `kubectl` that may stand between them.
struct TextReader {
    private enum Mode {
        case log
        case status(IndentedText)
        case events(EventTable)
        case pods(PodTable)
    }

    private var mode = Mode.log
    /// The time of the last line that stated one, which the lines below it share.
    private var time: Timestamp?
    /// Whether the line above is the mark between two documents of YAML.
    private var isBehindMark = false
    /// The status that the table of events below it belongs to.
    private var status = KubernetesDescription()

    /// Whether a status or a table is being read, in which nothing else begins.
    var isInside: Bool {
        if case .log = mode { false } else { true }
    }

    /// Takes a line, its indentation with it.
    mutating func take(_ line: PlacedText, _ collector: inout EvidenceCollector) {
        let words = line.dropping(line.bytes.indentation)
        switch mode {
        case .events(var table):
            if let event = table.event(line, file: collector.file) {
                mode = .events(table)
                status.take(event, &collector)
                return
            }
            if table.isHeader(line) {
                mode = .events(table)
                return
            }
            mode = .log
            beginsAnything(line, words, &collector)
        case .status(var text):
            if words.bytes.equals("Events:") || EventTable.isHeading(line) || PodTable(line) != nil {
                return begin(line, words, &collector)
            }
            // The lines are held here alone, so that they are not copied for each one that is added.
            mode = .log
            if let item = text.item(endedBy: line) { KubernetesObjects.take(item, &collector) }
            // A second object begins with a name at the margin, or behind the mark between two documents.
            let isNext =
                line.bytes.begins("Name:") || line.bytes.equals("---") || line.bytes.begins("apiVersion:")
                || ConsoleLine.begins(line.bytes)
            if !isNext || text.isEmpty, text.add(line) {
                mode = .status(text)
                return
            }
            mode = .status(text)
            endStatus(&collector)
            beginsAnything(line, words, &collector)
        case .pods(let table):
            if table.take(line, &collector) || words.isEmpty { return }
            mode = .log
            beginsAnything(line, words, &collector)
        case .log:
            beginsAnything(line, words, &collector)
        }
    }

    /// Takes what has been begun.
    mutating func finish(_ collector: inout EvidenceCollector) {
        endStatus(&collector)
        status.finish(&collector)
        mode = .log
    }

    private mutating func beginsAnything(
        _ line: PlacedText,
        _ words: PlacedText,
        _ collector: inout EvidenceCollector
    ) {
        defer { isBehindMark = line.bytes.equals("---") }
        if !begins(line, words) { return takeLog(line, &collector) }
        begin(line, words, &collector)
    }

    /// Whether a line begins a status or a table.
    private func begins(_ line: PlacedText, _ words: PlacedText) -> Bool {
        if EventTable.isHeading(line) || words.bytes.equals("Events:") || PodTable(line) != nil { return true }
        let headings: [StaticString] = [
            "Containers:", "Init Containers:", "Conditions:", "conditions:", "status:", "containerStatuses:",
        ]
        if headings.contains(where: { words.bytes.equals($0) }) { return true }
        for word in ["apiVersion: ", "kind: ", "Name:  "] as [StaticString] where line.bytes.begins(word) {
            return true
        }
        return CloudEntryTree.begins(line.bytes, isBehindMark: isBehindMark)
    }

    private mutating func begin(_ line: PlacedText, _ words: PlacedText, _ collector: inout EvidenceCollector) {
        if words.bytes.equals("Events:") {
            endStatus(&collector)
            mode = .events(EventTable(file: collector.file))
            return
        }
        if let table = PodTable(line) {
            endStatus(&collector)
            mode = .pods(table)
            return
        }
        if EventTable.isHeading(line) {
            endStatus(&collector)
            var table = EventTable(file: collector.file)
            _ = table.isHeader(line)
            mode = .events(table)
            return
        }
        if line.bytes.begins("Name:") || line.bytes.begins("apiVersion:") { status.finish(&collector) }
        var text = IndentedText(file: collector.file)
        _ = text.add(line)
        mode = .status(text)
    }

    private mutating func endStatus(_ collector: inout EvidenceCollector) {
        if case .status(let text) = mode {
            let tree = text.tree
            if var entry = CloudEntryTree(tree) {
                entry.tell(&collector)
            } else if tree["kind"] != nil || tree["status"] != nil || tree["conditions"] != nil {
                KubernetesObjects.take(tree, &collector)
            } else {
                status.finish(&collector)
                status = KubernetesDescription(tree)
            }
        }
        mode = .log
    }

    private mutating func takeLog(_ line: PlacedText, _ collector: inout EvidenceCollector) {
        let console = ConsoleLine(line)
        time = console.time ?? time
        guard !console.message.isEmpty, !line.bytes.equals("---") else { return }
        var entry = LogEntry()
        entry.time = time
        entry.text = console.message
        collector.take(entry)
    }
}
