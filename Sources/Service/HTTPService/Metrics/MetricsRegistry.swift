import Synchronization

/// Counters, gauges and histograms, rendered in Prometheus' text format 0.0.4.
///
/// See <https://prometheus.io/docs/instrumenting/exposition_formats/>. Families are declared once; a series appears
/// with its first value.
package final class MetricsRegistry: Sendable {
    /// A family of series with one name.
    package struct Family: Hashable, Sendable {
        /// What its values mean.
        package enum Kind: Hashable, Sendable {
            /// A sum that only grows.
            case counter
            /// A value that goes up and down.
            case gauge
            /// Observations counted by upper bounds, which ascend.
            case histogram(bounds: [Double])
        }

        /// The name, of letters, digits and underscores.
        package let name: String
        /// One sentence that says what is measured.
        package let help: String
        /// What its values mean.
        package let kind: Kind

        /// Declares a family.
        package init(_ name: String, _ kind: Kind, help: String) {
            self.name = name
            self.kind = kind
            self.help = help
        }
    }

    private struct Histogram {
        var counts: [UInt64]
        var sum = 0.0
    }

    private struct Values {
        var numbers: [Family: [String: Double]] = [:]
        var histograms: [Family: [String: Histogram]] = [:]
    }

    private let families: [Family]
    private let values = Mutex(Values())

    /// Creates a registry of families, which are rendered in this order.
    package init(_ families: [Family]) {
        self.families = families
    }

    /// Adds to a counter or gauge.
    package func add(_ amount: Double = 1, to family: Family, _ labels: KeyValuePairs<String, String> = [:]) {
        let series = Self.render(labels)
        values.withLock { $0.numbers[family, default: [:]][series, default: 0] += amount }
    }

    /// Sets a gauge.
    package func set(_ family: Family, to value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        let series = Self.render(labels)
        values.withLock { $0.numbers[family, default: [:]][series] = value }
    }

    /// Counts an observation of a histogram.
    ///
    /// - Complexity: O(*n*) in the number of bounds.
    package func observe(_ value: Double, in family: Family, _ labels: KeyValuePairs<String, String> = [:]) {
        guard case .histogram(let bounds) = family.kind else { preconditionFailure("\(family.name) is no histogram") }
        let series = Self.render(labels)
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        values.withLock { values in
            let empty = Histogram(counts: Array(repeating: 0, count: bounds.count + 1))
            values.histograms[family, default: [:]][series, default: empty].counts[bucket] += 1
            values.histograms[family, default: [:]][series, default: empty].sum += value
        }
    }

    /// All series as text.
    ///
    /// - Complexity: O(*n* log *n*) in the number of series.
    package var text: String {
        let (numbers, histograms) = values.withLock { ($0.numbers, $0.histograms) }
        var lines: [String] = []
        for family in families {
            lines.append("# HELP \(family.name) \(Self.escaped(family.help, quotes: false))")
            switch family.kind {
            case .counter, .gauge:
                lines.append("# TYPE \(family.name) \(family.kind == .gauge ? "gauge" : "counter")")
                for (series, value) in (numbers[family] ?? [:]).sorted(by: { $0.key < $1.key }) {
                    lines.append("\(family.name)\(series.isEmpty ? "" : "{\(series)}") \(Self.number(value))")
                }
            case .histogram(let bounds):
                lines.append("# TYPE \(family.name) histogram")
                for (series, histogram) in (histograms[family] ?? [:]).sorted(by: { $0.key < $1.key }) {
                    lines += Self.lines(of: histogram, named: family.name, series: series, bounds: bounds)
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(
        of histogram: Histogram,
        named name: String,
        series: String,
        bounds: [Double]
    ) -> [String] {
        let prefix = series.isEmpty ? "" : series + ","
        let braces = series.isEmpty ? "" : "{\(series)}"
        var total: UInt64 = 0
        var lines: [String] = []
        for (bound, count) in zip(bounds.map(number) + ["+Inf"], histogram.counts) {
            total += count
            lines.append("\(name)_bucket{\(prefix)le=\"\(bound)\"} \(total)")
        }
        return lines + ["\(name)_sum\(braces) \(number(histogram.sum))", "\(name)_count\(braces) \(total)"]
    }

    private static func render(_ labels: KeyValuePairs<String, String>) -> String {
        labels.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.append(character)
            }
        }
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
