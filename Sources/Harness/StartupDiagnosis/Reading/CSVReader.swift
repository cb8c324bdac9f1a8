import Domain

/// Reads the table that Logs Explorer downloads: a header of field names, then a record for each entry (RFC 4180).
///
/// Columns are found by their names, in any order; a field in quotes may hold separators, line feeds and doubled quotes.
/// Spreadsheets write semicolons or tabs for the commas.
struct CSVReader {
    /// What a column holds.
    private enum Column {
        case time, severity, log, resourceType, text, instance, revision, service, container, job, status, latency,
            other
    }

    /// The columns, with how well each suits as the message.
    private let columns: [Column]
    private let separator: UInt8
    private var isHeader = true
    private var line = 1

    /// Looks whether a text begins with such a header.
    init?(header bytes: UnsafeRawBufferPointer) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        guard end < 16_384, let separator = separators.first(where: bytes[..<end].contains) else { return nil }
        self.separator = separator
        columns = bytes[..<end].split(separator: separator, omittingEmptySubsequences: false)
            .map { name in
                let isOther: Set<Character> = ["\"", "\r", "\r\n", " ", "_"]
                return Self.column(String(decoding: name, as: UTF8.self).lowercased().filter { !isOther.contains($0) })
            }
        let known = columns.filter { $0 != .other }
        guard known.count >= 2, known.contains(.time) || known.contains(.text) else { return nil }
    }

    /// What a column of this name holds, in lower case and without underscores: gcloud writes `text_payload`.
    private static func column(_ name: String) -> Column {
        switch name {
        case "timestamp", "time", "@timestamp", "date": .time
        case "severity", "level": .severity
        case "logname": .log
        case "resource.type", "resourcetype": .resourceType
        case "textpayload", "message", "jsonpayload.message", "protopayload.status.message", "summary": .text
        case "labels.instanceid", "instanceid": .instance
        case "resource.labels.revisionname", "revisionname": .revision
        case "resource.labels.servicename", "servicename": .service
        case "labels.containername", "containername": .container
        case "resource.labels.jobname", "jobname": .job
        case "httprequest.status": .status
        case "httprequest.latency": .latency
        default: .other
        }
    }

    /// Takes whole records from a buffer and returns how many bytes they are.
    mutating func take(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, _ collector: inout EvidenceCollector) -> Int {
        var used = 0
        while used < bytes.count {
            guard let record = record(bytes, from: used, isEnd: isEnd) else { break }
            if !isHeader, !record.isBlank { collector.take(entry(record.fields)) }
            isHeader = false
            used = record.end
            line += record.lines
        }
        return used
    }

    private struct Record {
        var fields: [PlacedText] = []
        var end = 0
        var lines = 0
        var isBlank: Bool { fields.allSatisfy(\.isEmpty) }
    }

    /// Reads one record; `nil` where it does not end in the buffer.
    private func record(_ bytes: UnsafeRawBufferPointer, from start: Int, isEnd: Bool) -> Record? {
        var record = Record()
        var position = start
        var (line, lineStart) = (line, start)
        while true {
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            let begin = isQuoted ? position + 1 : position
            var text = PlacedText(
                bytes: bytes.slice(begin..<begin),
                line: line,
                lead: bytes.slice(lineStart..<begin),
                escaping: isQuoted ? .csv : .none
            )
            position = begin
            if isQuoted {
                while position < bytes.count {
                    if bytes[position] == UInt8(ascii: "\"") {
                        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
                        position += 1
                    } else if bytes[position] == UInt8(ascii: "\n") {
                        line += 1
                        lineStart = position + 1
                    }
                    position += 1
                }
                if position >= bytes.count, !isEnd { return nil }
                text.bytes = bytes.slice(begin..<position)
                position += 1
            }
            let plain = position
            while position < bytes.count, bytes[position] != separator, bytes[position] != UInt8(ascii: "\n") {
                position += 1
            }
            if position >= bytes.count, !isEnd { return nil }
            position = min(position, bytes.count)
            if !isQuoted {
                let isReturn = position > plain && bytes[position - 1] == UInt8(ascii: "\r")
                text.bytes = bytes.slice(plain..<(isReturn ? position - 1 : position))
            }
            record.fields.append(text)
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        record.end = min(position + 1, bytes.count)
        record.lines = line - self.line + 1
        return record
    }

    private func entry(_ fields: [PlacedText]) -> LogEntry {
        var entry = LogEntry()
        for (column, field) in zip(columns, fields) where !field.isEmpty {
            switch column {
            case .time: entry.time = LogTime.whole(field.bytes)
            case .log: entry.origin = CloudEntryReader.origin(of: field.bytes)
            case .resourceType: entry.names.resourceType = field
            case .text where entry.text.isEmpty: entry.text = field
            case .instance: entry.names.instance = field.bytes
            case .revision: entry.names.revision = field.bytes
            case .service: entry.names.service = field.bytes
            case .container: entry.names.container = field.bytes
            case .job: entry.names.job = field.bytes
            case .status:
                entry.request = entry.request ?? LogEntry.Request()
                entry.request?.status = Int(field.string) ?? 0
            case .latency:
                entry.request = entry.request ?? LogEntry.Request()
                entry.request?.latency = CloudEntryReader.microseconds(field.bytes)
            case .severity, .text, .other: break
            }
        }
        return entry
    }
}
