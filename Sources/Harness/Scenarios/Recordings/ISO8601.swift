package import Domain

/// Parses moments in the profile of ISO 8601 that databases and logs write (RFC 3339, and PostgreSQL's own form).
enum ISO8601 {
    /// Returns the moment of a text such as `2016-01-02T03:04:05.678901+02:00`, exact to the microsecond.
    ///
    /// Date and time are separated by `T`, `t` or a space. Seconds may have a fraction of 1 to 9 digits, of which those
    /// after the sixth are dropped. The offset is `Z`, `±hh`, `±hhmm` or `±hh:mm`; without one the moment is in UTC. A
    /// leap second is the first second of the next minute.
    ///
    /// - Returns: `nil` for everything else, and for dates that no calendar has.
    static func timestamp(_ text: some StringProtocol) -> Timestamp? {
        var scanner = Scanner(bytes: Array(text.utf8.prefix(64)))
        guard
            let year = scanner.number(4), year > 0, scanner.take("-"),
            let month = scanner.number(2), (1...12).contains(month), scanner.take("-"),
            let day = scanner.number(2), (1...days(in: month, of: year)).contains(day),
            scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(2), hour < 24, scanner.take(":"),
            let minute = scanner.number(2), minute < 60, scanner.take(":"),
            let second = scanner.number(2), second <= 60,
            let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd
        else { return nil }
        let days = Timestamp.daysSinceEpoch(year: Int64(year), month: Int64(month), day: Int64(day))
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        return Timestamp(microseconds: (seconds - Int64(offset)) * 1_000_000 + Int64(fraction))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func digit() -> Int? {
            guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
            defer { position += 1 }
            return Int(bytes[position]) - 0x30
        }

        mutating func number(_ count: Int) -> Int? {
            var number = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        /// Microseconds of a fraction; 0 without one.
        mutating func fraction() -> Int? {
            guard take(".") || take(",") else { return 0 }
            var microseconds = 0
            var count = 0
            while let digit = digit() {
                count += 1
                if count <= 6 { microseconds = microseconds * 10 + digit }
            }
            guard (1...9).contains(count) else { return nil }
            for _ in count..<max(count, 6) { microseconds *= 10 }
            return microseconds
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if isAtEnd || take("Z") || take("z") { return 0 }
            let sign: Int
            if take("+") {
                sign = 1
            } else if take("-") {
                sign = -1
            } else {
                return nil
            }
            guard let hours = number(2), hours < 24 else { return nil }
            let hasColon = take(":")
            if isAtEnd, !hasColon { return sign * hours * 3600 }
            guard let minutes = number(2), minutes < 60 else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}

extension Timestamp {
    /// Parses a moment such as `2016-01-02T03:04:05Z`, UTC where it has no offset; `nil` where the text is none.
    package init?(iso8601 text: some StringProtocol) {
        guard let moment = ISO8601.timestamp(text) else { return nil }
        self = moment
    }
}
