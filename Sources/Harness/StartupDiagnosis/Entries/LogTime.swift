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
        else { return spelt(bytes) }
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

    /// Returns the length of a time of day without a date, such as `05:26:47.240`, at the beginning of a text.
    static func ofDay(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count > 8, digits(bytes, 0, 2) != nil, digits(bytes, 3, 2) != nil, digits(bytes, 6, 2) != nil,
            bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":")
        else { return nil }
        let rest = bytes[8...].prefix { $0 == 0x2e || $0 == 0x2c || (0x30...0x39).contains($0) }
        let end = 8 + rest.count
        return end < bytes.count && bytes[end] > 0x20 ? nil : end
    }

    /// Reads the form in which consoles of the United States show a moment, such as `Mar 1, 2026, 10:04:00.300 AM`.
    private static func spelt(_ bytes: UnsafeRawBufferPointer) -> (time: Timestamp, length: Int)? {
        guard bytes.count >= 19, bytes[3] == 0x20, let month = months.firstIndex(where: bytes.begins) else {
            return nil
        }
        let text = String(decoding: bytes.prefix(40), as: UTF8.self)
        let pattern = /... ([0-9]{1,2}), ([0-9]{4}),? ([0-9]{1,2}):([0-9]{2}):([0-9]{2})([.][0-9]+)?( [AP]M)?/
        guard let match = text.prefixMatch(of: pattern), let day = Int(match.1), var hour = Int(match.3) else {
            return nil
        }
        if let half = match.7 { hour = hour % 12 + (half == " PM" ? 12 : 0) }
        let clock = "\(twoDigits(hour)):\(match.4):\(match.5)\(match.6 ?? "")"
        return moment(String(match.2), month, day, clock).map { (time: $0, length: match.0.utf8.count) }
    }

    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads a text that is a moment, `nil` where it is none.
    static func of(_ text: String) -> Timestamp? { Array(text.utf8).withUnsafeBytes { whole($0) } }

    /// Reads a whole text that is a moment, `nil` where it is none.
    static func whole(_ bytes: UnsafeRawBufferPointer) -> Timestamp? {
        prefix(bytes)?.time ?? dated(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the form of `kubectl describe`, such as `Fri, 15 Sep 2023 09:56:14 +0200`.
    private static func dated(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, let day = Int(parts[1]),
            let month = months.firstIndex(where: { $0.description == parts[2] })
        else { return nil }
        return moment(String(parts[3]), month, day, "\(parts[4]) \(parts[5])")
    }

    /// Reads a moment of which the month is counted from 0, with its time of day in the form of ``prefix(_:)``.
    private static func moment(_ year: String, _ month: Int, _ day: Int, _ time: String) -> Timestamp? {
        let text = "\(year)-\(twoDigits(month + 1))-\(twoDigits(day)) \(time)"
        return Array(text.utf8).withUnsafeBytes { prefix($0)?.time }
    }

    private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

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
