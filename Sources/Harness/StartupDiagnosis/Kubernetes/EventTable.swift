/// An event of Kubernetes.
struct KubernetesEvent {
    /// The kind and the name of its object, such as `Pod` and `web-6c9d`; empty where another text states them.
    var objectKind = ""
    /// The name of its object.
    var objectName = ""
    /// The namespace.
    var namespace: String?
    /// The container.
    var container: String?
    /// Where the container is stated, apart from the message.
    var containerSource: KeptText?
    /// The reason, such as `Unhealthy`.
    var reason = ""
    /// The message.
    var message: KeptText
    /// When it was last seen, in ISO 8601; `nil` where only an age is stated.
    var time: String?

    /// The container that a path within a pod names, such as `spec.containers{web}`.
    static func container(of path: String) -> String? {
        path.firstMatch(of: /[cC]ontainers\{([^}]+)\}/).map { String($0.1) }
    }
}

/// The table of `kubectl get events`, and the one at the end of `kubectl describe`.
///
/// Cells are found by where their headings stand, for a cell as wide as its column has a single space behind it.
struct EventTable {
    private struct Heading {
        let name: String
        let offset: Int
    }

    private var headings: [Heading] = []
    private let file: Int

    /// Begins a table of which the headings are still to come.
    init(file: Int) {
        self.file = file
    }

    /// Whether a line is the headings of such a table.
    static func isHeading(_ line: PlacedText) -> Bool {
        let bytes = line.bytes
        return
            (bytes.firstOffset(of: "REASON") != nil && bytes.firstOffset(of: "MESSAGE") != nil
            && bytes.firstOffset(of: "TYPE") != nil)
            || (bytes.firstOffset(of: "Reason ") != nil && bytes.firstOffset(of: " Message") != nil
                && bytes.firstOffset(of: "Type ") != nil)
    }

    /// Takes the headings, the rule below them or a blank line; false for anything else.
    mutating func isHeader(_ line: PlacedText) -> Bool {
        if line.bytes.allSatisfy({ $0 <= 0x20 || $0 == UInt8(ascii: "-") }) { return true }
        guard headings.isEmpty, Self.isHeading(line) else { return false }
        let text = line.string
        let words = [
            "NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "SUBOBJECT", "SOURCE", "MESSAGE", "AGE", "FROM",
            "FIRST SEEN", "COUNT", "NAME",
        ]
        for word in words {
            for spelling in [word, word.prefix(1) + word.dropFirst().lowercased()] {
                let range = text.ranges(of: spelling)
                    .first {
                        ($0.lowerBound == text.startIndex || text[text.index(before: $0.lowerBound)] == " ")
                            && ($0.upperBound == text.endIndex || text[$0.upperBound] == " ")
                    }
                guard let range, !headings.contains(where: { $0.name == word }) else { continue }
                headings.append(Heading(name: word, offset: text[..<range.lowerBound].utf8.count))
            }
        }
        headings.sort { $0.offset < $1.offset }
        return true
    }

    /// Reads a row; `nil` for a line that is none.
    func event(_ line: PlacedText, file: Int) -> KubernetesEvent? {
        guard let column = headings.firstIndex(where: { $0.name == "MESSAGE" }) else { return nil }
        let bytes = line.bytes
        guard var start = messageStart(bytes, at: headings[column].offset, behind: column) else { return nil }
        start += bytes[start...].prefix { $0 == 0x20 }.count
        guard start < bytes.count else { return nil }
        let cells = String(decoding: bytes[..<start], as: UTF8.self).split { $0.isWhitespace }.map(String.init)
        guard let type = cells.firstIndex(where: { $0 == "Normal" || $0 == "Warning" }), type + 1 < cells.count else {
            return nil
        }
        var message = line.dropping(start)
        if column + 1 < headings.count {
            // Wide tables go on behind the message, which a gap ends.
            message.bytes = message.bytes.slice(0..<(message.bytes.firstOffset(of: "  ") ?? message.bytes.count))
        }
        var event = KubernetesEvent(message: KeptText(message, around: 0, in: file))
        event.reason = cells[type + 1]
        if headings.first?.name == "NAMESPACE", type > 0 { event.namespace = cells[0] }
        if headings.contains(where: { $0.name == "OBJECT" }), type + 2 < cells.count {
            let parts = cells[type + 2].split(separator: "/", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                event.objectKind = parts[0].prefix(1).uppercased() + parts[0].dropFirst()
                event.objectName = parts[1]
            }
        }
        // Wide and old tables name the container in a column of its own.
        event.container = cells.lazy.compactMap(KubernetesEvent.container(of:)).first
        return event
    }

    /// Where the message begins: below its heading, or behind the wide gap before that place.
    private func messageStart(_ bytes: UnsafeRawBufferPointer, at offset: Int, behind cells: Int) -> Int? {
        if offset < bytes.count, offset > 0, bytes[offset - 1] == 0x20, bytes[offset] != 0x20 { return offset }
        // A row whose cells outgrew their columns: the message follows the last but one cell.
        var position = 0
        for _ in 0..<cells {
            position += bytes[position...].prefix { $0 == 0x20 }.count
            while position < bytes.count {
                if bytes[position] == 0x20, position + 1 < bytes.count, bytes[position + 1] == 0x20 { break }
                position += 1
            }
            guard position < bytes.count else { return nil }
        }
        return position
    }
}
