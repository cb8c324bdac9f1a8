import Domain

/// Numbers and times as the console writes them.
package enum Figures {
    /// Returns a number with a fixed number of decimals, rounded half away from zero.
    ///
    /// - Precondition: There are at most nine decimals.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        precondition((0...9).contains(decimals), "\(decimals) decimals")
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-infinity" : "infinity" }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let digits = String(Int64(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Returns a simulated moment or span, such as `240.2 s`.
    package static func virtual(_ seconds: Double) -> String {
        fixed(seconds, decimals: abs(seconds) < 0.0995 && seconds != 0 ? 3 : 1) + " s"
    }

    /// Returns a span of real time in the unit that suits it, such as `41 ms`, `3.42 s` or `2 min 05 s`.
    package static func wall(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.9995: return fixed(seconds * 1000, decimals: 0) + " ms"
        case ..<59.995: return fixed(seconds, decimals: 2) + " s"
        default: return long(seconds)
        }
    }

    /// Returns a long span, such as `52 s`, `2 min 05 s` or `1 h 02 min`.
    package static func long(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 9e15 else { return fixed(seconds, decimals: 0) }
        let whole = Int64(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
    }

    /// Returns a whole number with its thousands apart, such as `4,000`.
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3)
            .map { end in String(digits.prefix(end).suffix(3)) }
        return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// Returns a count with its noun, such as `1 row` or `20 rows`.
    package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Duration {
    /// The duration in seconds, to the nearest microsecond, so that 240.2 s is written as 240.2.
    package var reportedSeconds: Double { (seconds * 1e6).rounded() / 1e6 }
}
