import Domain

/// Reads an entry of Cloud Logging, or a line of JSON that a program printed, field by field.
///
/// The entry is that of https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry; programs name their message
/// `message` or `msg`, their time `time`, `ts` or `timestamp`.
struct CloudEntryReader {
    /// What an object was found to be.
    enum Outcome {
        /// An entry, read to its end.
        case entry
        /// An object of Kubernetes or Knative, which another reader has to begin anew.
        case kubernetesObject
        /// A list of objects, the cursor behind its opening bracket.
        case list
        /// Not to be read to its end.
        case stopped
    }

    /// The entry.
    private(set) var entry = LogEntry()
    private var isKubernetes = false
    private var isList = false
    private var hasEnvelope = false
    /// The object itself, for a payload without a message.
    private var wholePayload = PlacedText.empty

    /// Reads the object at a cursor.
    mutating func read(_ cursor: inout JSONCursor) -> Outcome {
        let isRead = cursor.object { key, cursor in field(key, &cursor) }
        if isList { return .list }
        guard isRead else { return .stopped }
        if isKubernetes { return .kubernetesObject }
        if !hasEnvelope { entry.origin = .program }
        if entry.text.isEmpty { entry.text = wholePayload }
        return .entry
    }

    private mutating func field(_ key: PlacedText, _ cursor: inout JSONCursor) -> Bool {
        let name = key.bytes
        switch name.count {
        case 2 where name.equals("ts"), 4 where name.equals("time"), 9 where name.equals("timestamp"):
            return time(&cursor)
        case 7 where name.equals("logName"):
            hasEnvelope = true
            guard let text = cursor.string() else { return cursor.skipValue() }
            entry.origin = Self.origin(of: text.bytes)
            return true
        case 8 where name.equals("resource"):
            hasEnvelope = true
            return cursor.object { key, cursor in resource(key, &cursor) }
        case 6 where name.equals("labels"):
            guard cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
            return cursor.object { key, cursor in label(key, &cursor) }
        case 11 where name.equals("textPayload"):
            hasEnvelope = true
            return message(&cursor)
        case 11 where name.equals("jsonPayload"):
            hasEnvelope = true
            return payload(&cursor)
        case 12 where name.equals("protoPayload"):
            hasEnvelope = true
            if entry.origin == .unknown { entry.origin = .audit }
            return audit(&cursor)
        case 11 where name.equals("httpRequest"):
            hasEnvelope = true
            return request(&cursor)
        case 5 where name.equals("items"), 7 where name.equals("entries"):
            guard cursor.take(UInt8(ascii: "[")) else { return cursor.skipValue() }
            isList = true
            return false
        case 4 where name.equals("kind"), 10 where name.equals("apiVersion"), 8 where name.equals("metadata"),
            17 where name.equals("terminalCondition"):
            // A list states them too, before its items.
            isKubernetes = isKubernetes || !hasEnvelope
            return cursor.skipValue()
        default:
            return programField(name, &cursor)
        }
    }

    /// The fields that programs write, at the top or in a payload.
    private mutating func programField(_ name: UnsafeRawBufferPointer, _ cursor: inout JSONCursor) -> Bool {
        switch name.count {
        case 7 where name.equals("message"), 3 where name.equals("msg"): return message(&cursor)
        case 4 where name.equals("port"):
            entry.port = cursor.integer()
            return !cursor.isAtEnd
        case 14 where name.equals("involvedObject"):
            // An event of Kubernetes in the payload of an entry.
            isKubernetes = true
            return cursor.skipValue()
        case 5 where name.equals("stage"):
            guard let text = cursor.string() else { return cursor.skipValue() }
            entry.stage = text.bytes
            return true
        case 12 where name.equals("milliseconds"):
            entry.milliseconds = cursor.integer()
            return !cursor.isAtEnd
        default: return cursor.skipValue()
        }
    }

    private mutating func message(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.peek() == UInt8(ascii: "\""), let text = cursor.string() else { return cursor.skipValue() }
        entry.text = text
        return true
    }

    private mutating func time(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.peek() == UInt8(ascii: "\""), let text = cursor.string() else { return cursor.skipValue() }
        entry.time = LogTime.prefix(text.bytes)?.time
        return true
    }

    private mutating func payload(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
        let (start, line) = (cursor.position, cursor.line)
        let lead = cursor.placed(start..<start, escaping: .none)
        let isRead = cursor.object { key, cursor in programField(key.bytes, &cursor) }
        if entry.text.isEmpty {
            wholePayload = lead
            wholePayload.bytes = cursor.bytes.slice(start..<cursor.position)
            wholePayload.line = line
        }
        return isRead
    }

    private mutating func resource(_ key: PlacedText, _ cursor: inout JSONCursor) -> Bool {
        if key.bytes.equals("type") {
            guard let text = cursor.string() else { return cursor.skipValue() }
            entry.names.resourceType = text
            return true
        }
        guard key.bytes.equals("labels"), cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
        return cursor.object { key, cursor in label(key, &cursor) }
    }

    private mutating func label(_ key: PlacedText, _ cursor: inout JSONCursor) -> Bool {
        guard let value = cursor.string() else { return cursor.skipValue() }
        entry.names.take(value.bytes, ofLabel: key.bytes)
        return true
    }

    private mutating func audit(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
        let start = cursor.position
        entry.payload = cursor.placed(start..<start, escaping: .json)
        let isRead = cursor.object { key, cursor in
            if key.bytes.equals("methodName") {
                guard let text = cursor.string() else { return cursor.skipValue() }
                entry.method = text.bytes
                return true
            }
            guard key.bytes.equals("status"), cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
            return cursor.object { key, cursor in
                key.bytes.equals("message") ? message(&cursor) : cursor.skipValue()
            }
        }
        entry.payload.bytes = cursor.bytes.slice(start..<cursor.position)
        return isRead
    }

    private mutating func request(_ cursor: inout JSONCursor) -> Bool {
        guard cursor.peek() == UInt8(ascii: "{") else { return cursor.skipValue() }
        var request = LogEntry.Request()
        let isRead = cursor.object { key, cursor in
            switch key.bytes.count {
            case 6 where key.bytes.equals("status"):
                request.status = cursor.integer() ?? 0
                return !cursor.isAtEnd
            case 7 where key.bytes.equals("latency"):
                guard let text = cursor.string() else { return cursor.skipValue() }
                request.latency = Self.microseconds(text.bytes)
                return true
            default: return cursor.skipValue()
            }
        }
        entry.request = request
        if entry.origin == .unknown { entry.origin = .request }
        return isRead
    }

    /// The microseconds of a duration such as `95.200s`, 0 for anything else; more than a day counts as a day.
    static func microseconds(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        let seconds = String(decoding: bytes, as: UTF8.self).split(separator: "s").first.flatMap { Double($0) } ?? 0
        return seconds.isFinite ? Int64(max(0, min(86_400, seconds)) * 1e6) : 0
    }

    /// Who writes a log of Cloud Run, by its name.
    static func origin(of name: UnsafeRawBufferPointer) -> EntryOrigin {
        guard let slash = name.lastIndex(of: UInt8(ascii: "/")) else { return .unknown }
        let log = name.slice((slash + 1)..<name.count)
        // Files of the program under /var/log have names of their own, `run.googleapis.com%2F%2Fvar%2Flog%2F…`.
        if log.equals("run.googleapis.com%2Fvarlog%2Fsystem") || log.equals("system") { return .platform }
        if log.begins("cloudaudit.googleapis.com") || log.equals("system_event") || log.equals("activity") {
            return .audit
        }
        if log.equals("run.googleapis.com%2Frequests") || log.equals("requests") { return .request }
        return .program
    }
}
