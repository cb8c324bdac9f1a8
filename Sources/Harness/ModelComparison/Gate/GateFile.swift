import RankingMetrics
package import Scenarios
import SourcePlaces

/// Reads a file of limits.
///
/// `max_drop: {nDCG@10: 0.01}` limits the fall of a mean, `min_overlap@10: 0.8` and `max_footrule: 0.2` a value. `models`
/// names the lists that they are for, `max_missing` the sessions that one side may lack, and `slices` holds limits of
/// groups of sessions by their names.
package struct GateFile: Sendable {
    /// The gate.
    package let gate: Gate
    /// The slices that it names, with their places.
    private let namedSlices: [Located<String>]
    /// The metrics that it names.
    private let measures: [Measure]
    /// The same by name, with their places.
    private let namedMetrics: [Located<String>]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - path: The path that errors name.
    /// - Throws: `ScenarioError` with the place; also for a metric that is not known.
    package init(parsing bytes: [UInt8], path: String) throws(ScenarioError) {
        let root = try YAMLDocument.parse(bytes, path: path)
        var reading = Reading()
        for (key, value) in try root.pairs(of: "limits") {
            switch key.scalarText ?? "" {
            case "models":
                reading.lists = []
                if try value.list(of: "svd, p5, display").isEmpty { throw value.error("`models` names no list") }
                for word in try value.list(of: "svd, p5, display") {
                    reading.lists?.append(try word.choice(of: ComparedList.self))
                }
            case "max_missing": reading.maxMissing = try value.integer(in: 0...Int.max)
            case "slices":
                for (name, limits) in try value.pairs(of: "slices") {
                    let slice = try name.text("the name of a slice")
                    reading.slices.append(Located(slice, at: name.location))
                    for (key, value) in try limits.pairs(of: "limits") {
                        try reading.addLimits(key, value, slice: slice)
                    }
                }
            default: try reading.addLimits(key, value, slice: SlicePlan.all)
            }
        }
        guard !reading.rules.isEmpty || reading.maxMissing != nil else {
            throw root.error("the file has no limit; expected such as `min_overlap@10: 0.8`")
        }
        gate = Gate(rules: reading.rules, lists: reading.lists, maxMissing: reading.maxMissing)
        namedSlices = reading.slices
        measures = reading.measures
        namedMetrics = reading.metrics
    }

    /// Adds what the gate needs to what a comparison measures.
    package func extend(_ settings: inout ComparisonSettings) {
        for case .metric(let metric) in measures {
            if let depth = metric.depth, metric.comparesRankings {
                if !settings.depths.contains(depth) { settings.depths.append(depth) }
            } else if !metric.comparesRankings, !settings.effectiveness.contains(metric) {
                settings.effectiveness.append(metric)
            }
        }
    }

    /// Refuses a slice that the sessions do not have, and a metric that a comparison does not measure.
    ///
    /// - Throws: `ScenarioError` with the place.
    package func check(slices: [String], settings: ComparisonSettings) throws(ScenarioError) {
        let measured = ComparedList.allCases.flatMap { Measure.all(of: $0, settings, hasRelevance: true).map(\.name) }
        let known = measured + [Measure.coverage(settings.depths[0]).name]
        for metric in namedMetrics where !known.contains(metric.value) {
            throw ScenarioError(
                .unknownName,
                at: metric.location,
                "`\(metric.value)` is not measured here: RBO has the persistence of --persistence, and entries, exits, "
                    + "popularity and coverage the first depth of --at"
            )
        }
        for slice in namedSlices where !slices.contains(slice.value) {
            throw ScenarioError(
                .unknownName,
                at: slice.location,
                "no session is in a slice `\(slice.value)`; \(NearestName.hint(for: slice.value, among: slices))"
            )
        }
    }
}

/// What has been read of a file.
private struct Reading {
    var rules: [Gate.Rule] = []
    var lists: [ComparedList]?
    var maxMissing: Int?
    var slices: [Located<String>] = []
    var measures: [Measure] = []
    var metrics: [Located<String>] = []

    mutating func addLimits(_ key: YAMLValue, _ value: YAMLValue, slice: String) throws(ScenarioError) {
        let word = key.scalarText ?? ""
        if word == "max_drop" {
            for (metric, limit) in try value.pairs(of: "metrics") {
                let measure = try self.measure(metric, metric.scalarText ?? "")
                guard measure.isOfEachSide else {
                    throw metric.error("`\(measure.name)` compares both sides and cannot drop; use min_ or max_")
                }
                add(measure, .maxDrop(try limit.decimal(in: 0...1e9)), slice, metric)
            }
        } else if word.hasPrefix("min_") {
            let measure = try self.measure(key, String(word.dropFirst(4)))
            add(measure, .minimum(try value.decimal(in: -1...1e9)), slice, key)
        } else if word.hasPrefix("max_") {
            let measure = try self.measure(key, String(word.dropFirst(4)))
            add(measure, .maximum(try value.decimal(in: -1...1e9)), slice, key)
        } else {
            guard !["models", "max_missing", "slices"].contains(word) else {
                throw key.error("`\(word)` stands at the top of the file, not in a slice")
            }
            let known = ["max_drop", "min_<metric>", "max_<metric>", "models", "max_missing", "slices"]
            throw key.error("unknown key `\(word)`; \(NearestName.hint(for: word, among: known))")
        }
    }

    private mutating func add(_ measure: Measure, _ limit: Gate.Rule.Limit, _ slice: String, _ at: YAMLValue) {
        measures.append(measure)
        metrics.append(Located(measure.name, at: at.location))
        rules.append(Gate.Rule(metric: measure.name, slice: slice, limit: limit, place: "\(at.location)"))
    }

    private func measure(_ value: YAMLValue, _ name: String) throws(ScenarioError) -> Measure {
        do {
            return try Measure(named: name, persistence: ComparisonSettings().persistence)
        } catch {
            throw value.error("\(error) \(Measure.ownNames)")
        }
    }
}
