extension Timestamp {
    /// The moment in ISO 8601, UTC, to the microsecond where it is not a whole second.
    package var iso8601: String {
        let second = microseconds.quotientRounded(by: 1_000_000)
        let day = second.quotientRounded(by: 86_400)
        let (year, month, dayOfMonth) = Self.civil(day)
        let fraction = microseconds - second * 1_000_000
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
        let time = Self.clock(second - day * 86_400)
        return "\(date)T\(time)\(fraction == 0 ? "" : "." + Self.padded(fraction, 6))Z"
    }

    /// The hour, minute and second in UTC, to the millisecond.
    package var timeOfDay: String {
        let second = microseconds.quotientRounded(by: 1_000_000)
        let millisecond = (microseconds - second * 1_000_000) / 1000
        return Self.clock(second - second.quotientRounded(by: 86_400) * 86_400) + "." + Self.padded(millisecond, 3)
    }

    /// A second of the day as hours, minutes and seconds.
    private static func clock(_ second: Int64) -> String {
        [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    }

    /// Year, month and day of a day since 1970-01-01 in the proleptic Gregorian calendar.
    ///
    /// Richards' algorithm with years that begin in March, so that the leap day is the last.
    private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = shifted.quotientRounded(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    /// The day since 1970-01-01 of a date in the proleptic Gregorian calendar, from the year 1 on.
    ///
    /// Richards' algorithm, as in ``iso8601``. A day beyond the month's end is one of the next month.
    package static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Int64 {
    /// The quotient rounded towards negative infinity.
    fileprivate func quotientRounded(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
