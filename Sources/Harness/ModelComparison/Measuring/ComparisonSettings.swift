package import RankingMetrics

/// What a comparison measures.
package struct ComparisonSettings: Sendable {
    /// What becomes of a session that one side lacks.
    package enum MissingPolicy: String, Sendable, Codable, CaseIterable {
        /// It is counted and left out of every mean.
        case exclude
        /// It counts as an empty list.
        case empty
    }

    /// The depths of overlap, Jaccard, entries and exits; the first is that of the report for people.
    package var depths = [10, 100]
    /// The persistence of rank-biased overlap.
    package var persistence = 0.9
    /// The metrics that need relevance.
    package var effectiveness: [MetricName] = ComparisonSettings.defaultEffectiveness
    /// What becomes of a session that one side lacks.
    package var missing = MissingPolicy.exclude
    /// The permutations of the paired randomisation test.
    package var permutations = 1_000
    /// The samples of the bootstrap.
    package var samples = 1_000
    /// The level of intervals.
    package var level = 0.95
    /// What permutations and samples follow from.
    package var seed: UInt64 = 1
    /// How many sessions' own changes a report holds; the most changed ones first.
    package var sessionLimit = 10_000
    /// Of how many of them a report holds the rankings and ratings too.
    package var rankingLimit = 1_000

    /// Of how many of the most changed sessions rankings are held.
    var rankedSessions: Int { min(rankingLimit, sessionLimit) }

    /// Creates the settings of a comparison that names none.
    package init() {}

    /// The metrics that compare both sides of a list: with ties only where scores can be equal.
    func agreement(of list: ComparedList) -> [MetricName] {
        // The visitor's page has no more than its ten places.
        let depths = list == .display ? depths.filter { $0 <= 10 || $0 == self.depths[0] } : depths
        let names =
            depths.flatMap { ["Overlap@\($0)", "Jaccard@\($0)"] } + ["RBO(p=\(persistence))"]
            + (list == .p5 ? ["RBO(p=\(persistence),ties=b)"] : []) + ["TauB", "Footrule"]
        return names.map(Self.metric)
    }

    /// The metrics that need relevance where none is named.
    package static let defaultEffectiveness = ["nDCG@10", "RR", "R@10", "R@100", "Success@10"].map(metric)

    /// The metric of a name that stands in this file.
    private static func metric(_ name: String) -> MetricName {
        guard let metric = try? MetricName(name) else { preconditionFailure("\(name) is no metric") }
        return metric
    }
}
