/// Reads and writes time spans as scenarios spell them.
package enum DurationText {
    /// Why a text is no time span.
    enum Problem: Error, Hashable {
        /// A bare number.
        case noUnit
        /// Neither a number nor a number with a unit.
        case notADuration
        /// More digits than nanoseconds have.
        case tooPrecise
    }

    /// The units by their spelling, in nanoseconds, longest first.
    private static let units: [(suffix: String, nanoseconds: Int64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ]

    /// Returns the time span that a text such as `250ms`, `1.5s` or `4m` means, exactly.
    static func parse(_ text: String) -> Result<Duration, Problem> {
        let number = text.prefix { !$0.isASCII || !$0.isLetter }
        guard let decimal = DecimalText(number) else { return .failure(.notADuration) }
        let suffix = text[number.endIndex...]
        guard !suffix.isEmpty else { return .failure(.noUnit) }
        guard let unit = units.first(where: { $0.suffix == suffix }) else { return .failure(.notADuration) }
        guard decimal.fraction.count <= 9 else { return .failure(.tooPrecise) }
        // A billion of the unit is far beyond every limit; what is above it only has to stay above it.
        let whole = min(Int64(decimal.whole) ?? .max, 1_000_000_000)
        var nanoseconds = Int128(whole) * Int128(unit.nanoseconds)
        var weight = Int128(unit.nanoseconds)
        for digit in decimal.fraction.utf8 {
            guard weight % 10 == 0 else {
                if digit == UInt8(ascii: "0") { continue }
                return .failure(.tooPrecise)
            }
            weight /= 10
            nanoseconds += Int128(digit - UInt8(ascii: "0")) * weight
        }
        let seconds = Int64(nanoseconds / 1_000_000_000)
        let rest = Int64(nanoseconds % 1_000_000_000)
        let magnitude = Duration.seconds(seconds) + .nanoseconds(rest)
        return .success(decimal.isNegative ? .zero - magnitude : magnitude)
    }

    /// Returns the time span that a text means, `nil` where it means none.
    package static func duration(of text: String) -> Duration? { try? parse(text).get() }

    /// Returns the spelling of a time span that `parse` reads back, rounded to the millisecond: `12.25s`, `4m`, `250ms`.
    package static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int128(seconds) * 1000 + Int128((Double(attoseconds) / 1e15).rounded())
        let sign = milliseconds < 0 ? "-" : ""
        let magnitude = milliseconds.magnitude
        if magnitude == 0 { return "0s" }
        if magnitude < 1000 { return "\(sign)\(magnitude)ms" }
        if magnitude % 3_600_000 == 0 { return "\(sign)\(magnitude / 3_600_000)h" }
        if magnitude % 60_000 == 0 { return "\(sign)\(magnitude / 60_000)m" }
        let fraction = magnitude % 1000
        guard fraction > 0 else { return "\(sign)\(magnitude / 1000)s" }
        var digits = String(fraction + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(magnitude / 1000).\(digits)s"
    }
}

/// A decimal number in plain digits, `-?digits(.digits)?`.
struct DecimalText {
    /// Whether a minus sign stands before it.
    let isNegative: Bool
    /// The digits before the point.
    let whole: Substring
    /// The digits after the point; empty without a point.
    let fraction: Substring

    /// Takes a text apart.
    ///
    /// - Returns: `nil` where it is no such number; exponents, signs, underscores and `.5` are none.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard areDigits, let first = parts.first else { return nil }
        whole = first
        fraction = parts.count > 1 ? parts[1] : ""
    }

    /// The nearest floating-point number.
    var value: Double? {
        Double((isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction))
    }
}
