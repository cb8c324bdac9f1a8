import RankingMetrics

/// One thing that is measured of a list.
enum Measure: Hashable, Sendable {
    /// A metric with a name of its own: one of relevance, or one that compares both sides.
    case metric(MetricName)
    /// How many movies came into the first places.
    case entries(Int)
    /// How many movies left the first places.
    case exits(Int)
    /// How far the scores of common movies moved, the mean of the sizes.
    case scoreDrift
    /// How popular the first movies are, the mean.
    case popularity(Int)
    /// The share of the catalogue that is among the first movies of any session; of all sessions together.
    case coverage(Int)
    /// How many movies the list has.
    case length
    /// The share of P5's texts without a number.
    case parseFailures
    /// How many different scores P5 gave.
    case distinctScores

    /// What is measured of a list.
    static func all(of list: ComparedList, _ settings: ComparisonSettings, hasRelevance: Bool) -> [Measure] {
        let first = settings.depths[0]
        var measures = settings.agreement(of: list).map { Measure.metric($0) }
        measures += [.entries(first), .exits(first)]
        if list != .display { measures.append(.scoreDrift) }
        if hasRelevance { measures += settings.effectiveness.map { .metric($0) } }
        measures += [.popularity(first), .length]
        if list == .p5 { measures += [.parseFailures, .distinctScores] }
        return measures
    }

    /// What is measured of each list.
    static func byList(_ settings: ComparisonSettings, hasRelevance: Bool) -> ByList<[Measure]> {
        ByList(
            svd: all(of: .svd, settings, hasRelevance: hasRelevance),
            p5: all(of: .p5, settings, hasRelevance: hasRelevance),
            display: all(of: .display, settings, hasRelevance: hasRelevance)
        )
    }

    /// The name in reports and gates, as in ir-measures where there is one.
    var name: String {
        switch self {
        case .metric(let name): name.description
        case .entries(let depth): "Entries@\(depth)"
        case .exits(let depth): "Exits@\(depth)"
        case .scoreDrift: "ScoreDrift"
        case .popularity(let depth): "Popularity@\(depth)"
        case .coverage(let depth): "Coverage@\(depth)"
        case .length: "Length"
        case .parseFailures: "ParseFailures"
        case .distinctScores: "DistinctScores"
        }
    }

    /// Whether each side has a value of its own, so that there is a difference to test.
    var isOfEachSide: Bool {
        switch self {
        case .metric(let name): !name.comparesRankings
        case .popularity, .coverage, .length, .parseFailures, .distinctScores: true
        case .entries, .exits, .scoreDrift: false
        }
    }

    /// Whether more is better, so that sessions are won and lost, and a drop can be judged.
    var isQuality: Bool {
        if case .metric(let name) = self { !name.comparesRankings } else { false }
    }
}
