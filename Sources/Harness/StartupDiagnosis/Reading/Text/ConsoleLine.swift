import Domain

/// A line of a log as people paste it: a time, a severity and what stands in brackets, in any order, then the message.
struct ConsoleLine {
    /// The time, `nil` where the line has none.
    private(set) var time: Timestamp?
    /// The message; empty for a line that is nothing but a time.
    private(set) var message: PlacedText

    /// What stands before a message that was quoted: in Markdown, in Terraform's frame, in a list, as a member of JSON.
    private static let gutters: [StaticString] = [
        "> ", "| ", "│ ", "`", "- ", "* ", "• ", "! ", "❗ ", "\"textPayload\": \"", "textPayload: \"", "textPayload: ",
    ]

    /// Reads a line.
    ///
    /// - Complexity: O(*n*).
    init(_ line: PlacedText) {
        let bytes = line.bytes
        var position = 0
        var time: Timestamp?
        var isJSON = false
        while true {
            position += bytes[position...].prefix { $0 <= 0x20 && $0 != 0x1b }.count
            let rest = bytes.slice(position..<bytes.count)
            if let stated = LogTime.prefix(rest) {
                time = time ?? stated.time
                position += stated.length
            } else if let length = Self.colour(rest) {
                position += length
            } else if let group = Self.group(rest) {
                time = time ?? group.time
                position += group.length
            } else if let length = Self.severity(rest) ?? LogTime.ofDay(rest) {
                position += length
            } else if let gutter = Self.gutters.first(where: rest.begins) {
                position += gutter.utf8CodeUnitCount
                isJSON = bytes[position - 1] == UInt8(ascii: "\"")
            } else {
                break
            }
        }
        self.time = time
        message = line.dropping(position)
        if isJSON { message.escaping = .json }
    }

    /// Whether a line at the margin begins as lines of a log do: with a moment, a severity in capitals, or one of those
    /// sentences of the platform that look like a key with its value.
    static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let sentences: [StaticString] = ["Starting new instance. ", "Uncaught signal: ", "terminated: Application "]
        if sentences.contains(where: { bytes.begins($0) }) { return true }
        guard let first = bytes.first else { return false }
        if (0x30...0x39).contains(first) { return LogTime.prefix(bytes) != nil }
        return (0x41...0x5a).contains(first) && bytes.dropFirst().first.map { (0x41...0x5a).contains($0) } == true
            && severity(bytes) != nil
    }

    /// The length of a control sequence (ECMA-48, 5.4).
    private static func colour(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.begins("\u{1B}[") else { return nil }
        return bytes.dropFirst(2).firstIndex { (0x40...0x7e).contains($0) }.map { $0 + 1 }
    }

    /// The length of a short group in brackets, with the time in it.
    private static func group(_ bytes: UnsafeRawBufferPointer) -> (length: Int, time: Timestamp?)? {
        guard bytes.first == UInt8(ascii: "["), let end = bytes.prefix(48).firstIndex(of: UInt8(ascii: "]")) else {
            return nil
        }
        let inner = bytes.slice(1..<end)
        let stated = LogTime.prefix(inner)
        let isNumbers = inner.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x3a || $0 == 0x2e }
        guard stated != nil || isNumbers || severity(inner, isWhole: true) != nil else { return nil }
        return (end + 1, stated?.time)
    }

    private static let severities: [StaticString] = [
        "DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "WARN", "ERROR", "CRITICAL", "ALERT", "EMERGENCY", "FATAL",
        "TRACE", "debug", "info", "notice", "warning", "warn", "error", "critical", "fatal", "trace",
    ]

    /// The length of a severity with the colon behind it.
    private static func severity(_ bytes: UnsafeRawBufferPointer, isWhole: Bool = false) -> Int? {
        for word in severities where bytes.begins(word) {
            let length = word.utf8CodeUnitCount
            guard length < bytes.count else { return isWhole ? length : nil }
            switch bytes[length] {
            case 0x20, 0x09: return length + 1
            case UInt8(ascii: ":"): return length + 1
            case 0x1b: return length
            default: return nil
            }
        }
        return nil
    }
}
