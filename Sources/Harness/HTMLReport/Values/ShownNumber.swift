/// Numbers of a report as a page shows them.
enum ShownNumber {
    /// Returns a moment or a span, such as `240.2 s` or `0.004 s`.
    static func seconds(_ seconds: Double) -> String {
        fixed(seconds, decimals: abs(seconds) < 0.0995 && seconds != 0 ? 3 : 1) + " s"
    }

    /// Returns a share as a percentage, such as `99.2 %`; one that is not all or nothing never reads as `100 %` or `0 %`.
    static func percent(_ share: Double) -> String {
        let shown = (share * 1000).rounded() / 10
        if shown >= 100, share < 1 { return "> 99.9 %" }
        if shown <= 0, share > 0 { return "< 0.1 %" }
        return (shown == shown.rounded() ? fixed(shown, decimals: 0) : fixed(shown, decimals: 1)) + " %"
    }

    /// Returns a whole number with its thousands apart, such as `4,000`.
    static func grouped(_ number: Double) -> String {
        let digits = fixed(abs(number), decimals: 0)
        guard digits.allSatisfy(\.isNumber) else { return digits }
        let groups = stride(from: digits.count, to: 0, by: -3).map { digits.prefix($0).suffix(3) }
        return (number < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
    }

    /// Returns a number of things with their noun, such as `1 row` or `4,000 rows`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(Double(number))) \(noun)\(number == 1 ? "" : "s")"
    }

    /// Returns a number with up to four decimals and none that is nought at the end, such as `0.4525` or `3`.
    static func short(_ number: Double) -> String {
        let text = fixed(number, decimals: 4)
        guard text.contains(".") else { return text }
        let kept = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(kept.reversed())
    }

    /// Returns a number with a fixed number of decimals, rounded half away from zero.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let digits = String(Int64((abs(value) * scale).rounded()))
        let sign = value < 0 && digits.contains { $0 != "0" } ? "−" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
