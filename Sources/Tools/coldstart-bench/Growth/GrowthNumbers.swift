#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Returns the decimal logarithm.
func logarithm(_ value: Double) -> Double { log10(value) }

/// Writes the numbers of growth tables and plots.
enum GrowthNumbers {
    /// Returns a time with two significant digits and its unit.
    static func time(_ seconds: Double) -> String {
        let units: [(limit: Double, scale: Double, name: String)] = [
            (0.9995e-6, 1e9, "ns"), (0.9995e-3, 1e6, "µs"), (0.9995, 1e3, "ms"), (.infinity, 1, "s"),
        ]
        guard let unit = units.first(where: { seconds < $0.limit }) else { return "–" }
        return digits(seconds * unit.scale) + " " + unit.name
    }

    /// Returns a size with thousands and millions shortened.
    static func size(_ size: Double) -> String {
        switch size {
        case ..<1_000: digits(size, whole: true)
        case ..<1_000_000: digits(size / 1e3) + "k"
        default: digits(size / 1e6) + "M"
        }
    }

    /// Returns a number with a decimal place below ten unless that is 0, two below one.
    static func digits(_ value: Double, whole: Bool = false) -> String {
        let decimals = whole || value >= 9.95 ? 0 : value >= 0.995 ? 1 : 2
        let scale = [1.0, 10, 100][decimals]
        let scaled = Int((value * scale).rounded())
        var (left, right) = (String(scaled / Int(scale)), String(scaled % Int(scale)))
        guard decimals > 0 else { return left }
        right = String(repeating: "0", count: decimals - right.count) + right
        while right.hasSuffix("0") { right.removeLast() }
        if !right.isEmpty { left += "." + right }
        return left
    }
}
