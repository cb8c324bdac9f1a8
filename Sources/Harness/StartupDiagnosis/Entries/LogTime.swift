import Domain

/// Parses the moments that logs begin with.
enum LogTime {
    /// The hours east of UTC of the zone names that consoles print.
    private static let zones: [(name: StaticString, hours: Int64)] = [
        ("UTC", 0), ("GMT", 0), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6),
        ("PST", -8), ("PDT", -7), ("CET", 1), ("CEST", 2), ("BST", 1), ("WET", 0), ("WEST", 1), ("EET", 2),
        ("EEST", 3), ("JST", 9), ("AEST", 10), ("AEDT", 11), ("BRT", -3), ("SGT", 8), ("HKT", 8),
    ]

    /// Reads a moment such as `2026-02-11T06:30:01.736004Z` or `2025-10-30 15:51:47.058 EDT` from the beginning of a text.
    ///
    /// Without a zone it is taken for UTC. Digits after the microsecond are dropped. A zone name that is not known is left
    /// in the text.
    ///
    /// - Parameter bytes: The text.
    /// - Returns: The moment and the bytes that it takes; `nil` where none stands there.
    /// - Complexity: O(1).
    static func prefix(_ bytes: UnsafeRawBufferPointer) -> (time: Timestamp, length: Int)? {
        guard bytes.count >= 19, let year = digits(bytes, 0, 4), let month = digits(bytes, 5, 2),
            let day = digits(bytes, 8, 2), let hour = digits(bytes, 11, 2), let minute = digits(bytes, 14, 2),
            let second = digits(bytes, 17, 2), month >= 1, month <= 12, day >= 1, day <= 31, hour < 24, minute < 60,
            second <= 60, bytes[4] == bytes[7], bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/"),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":")
        else { return nil }
        var length = 19
        var micros: Int64 = 0
        if length < bytes.count, bytes[length] == UInt8(ascii: ".") || bytes[length] == UInt8(ascii: ",") {
            var scale: Int64 = 100_000
            length += 1
            while length < bytes.count, let digit = digits(bytes, length, 1) {
                micros += digit * scale
                scale /= 10
                length += 1
            }
        }
        let (offset, end) = zone(bytes, from: length)
        let days = Timestamp.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        return (Timestamp(microseconds: seconds * 1_000_000 + micros), end)
    }

    /// Reads a text that is a moment, `nil` where it is none.
    static func of(_ text: String) -> Timestamp? { Array(text.utf8).withUnsafeBytes { whole($0) } }

    /// Reads a whole text that is a moment, `nil` where it is none.
    static func whole(_ bytes: UnsafeRawBufferPointer) -> Timestamp? {
        prefix(bytes)?.time ?? dated(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the form of `kubectl describe`, such as `Fri, 15 Sep 2023 09:56:14 +0200`.
    private static func dated(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let whole = Array("\(parts[3])-\(two(month + 1))-\(two(day)) \(parts[4]) \(parts[5])".utf8)
        return whole.withUnsafeBytes { prefix($0)?.time }
    }

    /// Reads a zone, with a space before it or not.
    private static func zone(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (offset: Int64, end: Int) {
        guard start < bytes.count else { return (0, start) }
        if bytes[start] == UInt8(ascii: "Z") { return (0, start + 1) }
        let sign = bytes[start] == UInt8(ascii: " ") ? start + 1 : start
        guard sign < bytes.count else { return (0, start) }
        if bytes[sign] == UInt8(ascii: "+") || bytes[sign] == UInt8(ascii: "-"), let hours = digits(bytes, sign + 1, 2)
        {
            let hasColon = sign + 3 < bytes.count && bytes[sign + 3] == UInt8(ascii: ":")
            let minutes = digits(bytes, sign + (hasColon ? 4 : 3), 2)
            let magnitude = hours * 3600 + (minutes ?? 0) * 60
            let end = minutes == nil ? sign + 3 : sign + (hasColon ? 6 : 5)
            return (bytes[sign] == UInt8(ascii: "-") ? -magnitude : magnitude, end)
        }
        let word = bytes[sign...].prefix { ($0 >= 0x41 && $0 <= 0x5a) }
        let name = UnsafeRawBufferPointer(rebasing: word)
        for zone in zones where name.equals(zone.name) { return (zone.hours * 3600, sign + name.count) }
        return (0, start)
    }

    private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int64? {
        guard start + count <= bytes.count else { return nil }
        var number: Int64 = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }
}
