import ArgumentParser
import RankingMetrics

/// The rule of `--hold-out`: `last:N`.
struct HoldOutArgument: Sendable {
    /// How many ratings are held out.
    let last: Int

    /// Reads the rule.
    ///
    /// - Throws: `ValidationError`, which says what forms there are.
    init(_ text: String) throws {
        guard text.hasPrefix("last:"), let last = Int(text.dropFirst(5)), (1...1000).contains(last) else {
            throw ValidationError(
                "expected last:N, N from 1 to 1000; single ratings are held out by \"held_out\": true in the sessions"
            )
        }
        self.last = last
    }
}

/// The depths of `--at`, apart by commas.
struct DepthsArgument: Sendable {
    /// The depths, each once.
    let values: [Int]

    /// Reads depths.
    ///
    /// - Throws: `ValidationError` about the first that is none, or comes twice.
    init(_ text: String) throws {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        values = try words.map { word in
            guard let depth = Int(word), (1...100_000).contains(depth) else {
                throw ValidationError("found \"\(word)\", expected whole numbers from 1 to 100000, such as 10,100")
            }
            return depth
        }
        for (place, depth) in values.enumerated() where values[..<place].contains(depth) {
            throw ValidationError("\(depth) comes twice; each depth once, such as 10,100")
        }
    }
}

/// The metrics of `--metrics`, apart by commas outside of brackets.
struct MetricsArgument: Sendable {
    /// The metrics.
    let values: [MetricName]

    /// Reads the names of metrics that judge one ranking by relevance.
    ///
    /// - Throws: `ValidationError` about the first that is none, with the names that are known.
    init(_ text: String) throws {
        var depth = 0
        let names = text.split(omittingEmptySubsequences: false) { character in
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            return character == "," && depth == 0
        }
        values = try names.map { name in
            let metric: MetricName
            do throws(MetricNameError) {
                metric = try MetricName(String(name))
            } catch {
                throw ValidationError("\(error.statement); --metrics takes \(Self.known)")
            }
            guard !metric.comparesRankings else {
                throw ValidationError("\(name) compares two rankings, as is always done; --metrics takes \(Self.known)")
            }
            return metric
        }
    }

    /// The forms of the names that the option takes.
    private static var known: String {
        MetricName.Measure.allCases.filter { !$0.comparesRankings }.map(\.forms).joined(separator: " ")
    }
}
