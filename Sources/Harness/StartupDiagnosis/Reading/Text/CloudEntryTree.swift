import Domain

/// An entry of Cloud Logging as `gcloud logging read` prints it where no format is asked for: a document of YAML.
struct CloudEntryTree {
    private let node: TreeNode
    private var bytes: [UInt8] = []

    /// Reads a document; `nil` for one that is no entry.
    init?(_ node: TreeNode) {
        let payloads = ["textPayload", "jsonPayload", "protoPayload", "httpRequest"]
        guard node["logName"] != nil || payloads.contains(where: { node[$0] != nil }) else { return nil }
        self.node = node
    }

    /// Whether a line at the margin begins such a document.
    ///
    /// Behind the mark `---` a key that any text may have is one of an entry.
    static func begins(_ line: UnsafeRawBufferPointer, isBehindMark: Bool) -> Bool {
        let sure: [StaticString] = ["insertId: ", "logName: projects/", "receiveTimestamp: "]
        let keys: [StaticString] = [
            "httpRequest:", "jsonPayload:", "labels:", "protoPayload:", "resource:", "severity: ", "textPayload: ",
        ]
        return sure.contains { line.begins($0) } || isBehindMark && keys.contains { line.begins($0) }
    }

    /// Hands the entry to a collector.
    mutating func tell(_ collector: inout EvidenceCollector) {
        if node["jsonPayload"]?["involvedObject"] != nil { return KubernetesObjects.take(node, &collector) }
        // The entry's own labels come after those of its resource, so that they count where both state a name.
        let members = (node["resource"]?["labels"]?.members ?? []) + (node["labels"]?.members ?? [])
        var labels: [(name: Range<Int>, value: Range<Int>)] = []
        for member in members {
            guard let value = member.node.string else { continue }
            labels.append((keep(member.key), keep(value)))
        }
        let method = keep(node["protoPayload"]?["methodName"]?.string)
        let type = keep(node["resource"]?["type"]?.string)
        let log = keep(node["logName"]?.string)
        bytes.withUnsafeBytes { words in
            var entry = LogEntry()
            for label in labels { entry.names.take(words.slice(label.value), ofLabel: words.slice(label.name)) }
            entry.method = words.slice(method)
            entry.origin = CloudEntryReader.origin(of: words.slice(log))
            entry.time = node["timestamp"]?.string.flatMap(LogTime.of)
            entry.request = request
            entry.port = node["jsonPayload"]?["port"]?.number
            if let place = node["resource"]?["type"]?.kept?.place(of: nil) {
                entry.names.resourceType = PlacedText(
                    bytes: words.slice(type),
                    line: place.line,
                    leadColumn: place.column
                )
            }
            let setting = node["protoPayload"]?.first(of: ["manualInstanceCount", "manual_instance_count"])?.pair
            if let source = setting ?? node["protoPayload"]?["methodName"]?.pair {
                return source.withPlaced { placed in
                    entry.payload = placed
                    take(entry, &collector)
                }
            }
            take(entry, &collector)
        }
    }

    private func take(_ entry: LogEntry, _ collector: inout EvidenceCollector) {
        let payload = node["jsonPayload"]
        let text =
            node["textPayload"]?.kept ?? payload?["message"]?.kept ?? payload?["msg"]?.kept
            ?? node["protoPayload"]?["status"]?["message"]?.kept
        if let text { collector.take(entry, saying: text) } else { collector.take(entry) }
    }

    private var request: LogEntry.Request? {
        guard let stated = node["httpRequest"] else { return nil }
        var request = LogEntry.Request()
        request.status = stated["status"]?.number ?? 0
        let latency = Array((stated["latency"]?.string ?? "").utf8)
        request.latency = latency.withUnsafeBytes { CloudEntryReader.microseconds($0) }
        return request
    }

    /// Keeps a text's bytes for as long as the entry is told.
    private mutating func keep(_ text: String?) -> Range<Int> {
        let start = bytes.count
        bytes += (text ?? "").utf8
        return start..<bytes.count
    }
}

extension TreeNode {
    /// The first member of one of these keys, however deep.
    ///
    /// - Complexity: O(*n*) in the nodes.
    fileprivate func first(of keys: Set<String>) -> TreeNode? {
        for member in members {
            if keys.contains(member.key) { return member.node }
            if let found = member.node.first(of: keys) { return found }
        }
        return elements.lazy.compactMap { $0.first(of: keys) }.first
    }
}
