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
        if let event = node["jsonPayload"], event["involvedObject"] != nil {
            return KubernetesObjects.take(event, &collector)
        }
        let resource = node["resource"]?["labels"]
        let own = node["labels"]
        let names: [(WritableKeyPath<LogEntry.Names, UnsafeRawBufferPointer>, Range<Int>)] = [
            (\.service, keep(resource?["service_name"] ?? resource?["worker_pool_name"])),
            (\.revision, keep(resource?["revision_name"])), (\.instance, keep(own?["instanceId"])),
            (\.container, keep(own?["container_name"] ?? resource?["container_name"])),
            (\.job, keep(resource?["job_name"])), (\.pod, keep(resource?["pod_name"])),
            (\.execution, keep(own?["run.googleapis.com/execution_name"])),
            (\.task, keep(own?["run.googleapis.com/task_index"])), (\.namespace, keep(resource?["namespace_name"])),
        ]
        let method = keep(node["protoPayload"]?["methodName"])
        let type = keep(node["resource"]?["type"])
        let log = keep(node["logName"])
        bytes.withUnsafeBytes { words in
            var entry = LogEntry()
            for (path, range) in names { entry.names[keyPath: path] = words.slice(range) }
            entry.method = words.slice(method)
            entry.origin = log.isEmpty ? .unknown : CloudEntryReader.origin(of: words.slice(log))
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

    /// Keeps a scalar's bytes for as long as the entry is told.
    private mutating func keep(_ scalar: TreeNode?) -> Range<Int> {
        let start = bytes.count
        bytes += Array((scalar?.string ?? "").utf8)
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
