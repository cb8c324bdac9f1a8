extension Duration {
    /// The duration in seconds.
    package var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// The duration rounded to whole nanoseconds, saturating beyond 292 years.
    ///
    /// Rounding undoes what a floating-point number of seconds adds: `.seconds(0.573)` is not quite 573 ms.
    package var nanosecondCount: Int64 {
        let half: Int128 = attoseconds < 0 ? -500_000_000 : 500_000_000
        return Int64(clamping: (attoseconds + half) / 1_000_000_000)
    }

    /// Whether the duration is a whole number of seconds.
    package var isWholeSeconds: Bool { components.attoseconds == 0 }

    /// The duration in seconds to the millisecond, with the unit: `240 s`, `12.345 s`.
    package var text: String { "\(secondsText) s" }

    /// The seconds without needless zeros, to at most three decimals: `240`, `0.5`.
    package var secondsText: String {
        var text = fixedSecondsText
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// The seconds with three decimals, rounded half away from zero: `12.340`.
    package var fixedSecondsText: String {
        let nanoseconds = nanosecondCount
        let magnitude = (nanoseconds.magnitude &+ 500_000) / 1_000_000
        let thousandths = String(magnitude % 1000)
        let padding = String(repeating: "0", count: 3 - thousandths.count)
        return "\(nanoseconds < 0 && magnitude > 0 ? "-" : "")\(magnitude / 1000).\(padding)\(thousandths)"
    }
}
