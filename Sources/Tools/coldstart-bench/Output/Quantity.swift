#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes measured quantities for people, with three significant digits.
enum Quantity {
    /// Returns a figure with its unit.
    static func text(_ value: Double, _ unit: Figure.Unit) -> String {
        switch unit {
        case .seconds: seconds(value)
        case .bytes: digits(value / 1e6) + " MB"
        case .perSecond: grouped(value) + "/s"
        case .operationsPerSecond: digits(value / 1e9) + " GFLOP/s"
        case .share: digits(100 * value) + " %"
        case .instructions: grouped(value)
        }
    }

    /// Returns how many times one thing is another.
    static func times(_ factor: Double) -> String {
        digits(factor) + "×"
    }

    private static func seconds(_ value: Double) -> String {
        switch value {
        case ..<1e-3: digits(value * 1e6) + " µs"
        case ..<1: digits(value * 1e3) + " ms"
        default: digits(value) + " s"
        }
    }

    /// Returns three significant digits, more before the decimal point.
    static func digits(_ value: Double) -> String {
        let decimals =
            switch abs(value) {
            case ..<10: 2
            case ..<100: 1
            default: 0
            }
        let scale = [1, 10, 100][decimals]
        let scaled = Int((value * Double(scale)).rounded())
        guard decimals > 0 else { return String(scaled) }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// Returns a whole number with commas between thousands.
    static func grouped(_ value: Double) -> String {
        var text = ""
        for (index, digit) in String(Int(value.rounded())).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text = "," + text }
            text = String(digit) + text
        }
        return text
    }
}
