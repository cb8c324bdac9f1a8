import RankingMetrics

/// Measures one list of one session on both sides; it is made once and used for all sessions.
final class ListMeter {
    /// What is measured.
    let measures: [Measure]
    /// The values of the old side, or of both together where a measure has one value; NaN where there is none.
    private(set) var old: [Double]
    /// The values of the new side; NaN where there is none.
    private(set) var new: [Double]
    /// How the lists agree, of the last call.
    private(set) var agreement: RankingAgreement?

    private let settings: ComparisonSettings
    private let pairs: AgreementWorkspace
    private let judged: EffectivenessWorkspace
    /// The popularity of each movie; empty where it is not known.
    private let popularity: [Double]
    /// The old score of each movie, and whose number it belongs to.
    private var scoresBefore: [Double]
    private var stamps: [Int32]
    private var stamp: Int32 = 0

    /// Creates a meter for movies with numbers below `movies`.
    init(measures: [Measure], settings: ComparisonSettings, movies: Int, popularity: [Double]) {
        self.measures = measures
        self.settings = settings
        self.popularity = popularity
        pairs = AgreementWorkspace(movies: movies)
        judged = EffectivenessWorkspace(movies: movies)
        old = [Double](repeating: .nan, count: measures.count)
        new = old
        scoresBefore = [Double](repeating: 0, count: movies)
        stamps = [Int32](repeating: 0, count: movies)
    }

    /// What is relevant to the session of the next calls.
    func load(_ relevant: (movies: [Int32], gains: [Double])) {
        judged.load(relevant: relevant.movies.span, gains: relevant.gains.span)
    }

    /// Measures a session; the results are in ``old``, ``new`` and ``agreement``.
    func measure(
        _ before: RankedList,
        _ after: RankedList,
        parseFailures: (old: Int?, new: Int?),
        isJudged: Bool
    ) {
        // Places that stand in for scores are neither tied nor comparable with scores.
        let hasScores = before.hasScores && after.hasScores
        let (oldScores, newScores) = hasScores ? (before.scores, after.scores) : ([], [])
        let agreement = pairs.agreement(
            before.movies.span,
            oldScores.span,
            after.movies.span,
            newScores.span,
            depths: settings.depths,
            persistence: settings.persistence
        )
        self.agreement = agreement
        if isJudged {
            judge(before, into: &old)
            judge(after, into: &new)
        }
        for (index, measure) in measures.enumerated() {
            if case .metric(let name) = measure, !name.comparesRankings {
                if !isJudged { (old[index], new[index]) = (.nan, .nan) }
                continue
            }
            (old[index], new[index]) = values(of: measure, before, after, agreement, parseFailures)
        }
    }

    /// Writes the metrics of relevance of one side's list.
    private func judge(_ list: RankedList, into values: inout [Double]) {
        judged.judge(list.movies.span)
        for (index, measure) in measures.enumerated() {
            guard case .metric(let name) = measure, !name.comparesRankings else { continue }
            values[index] = judged.value(of: name) ?? .nan
        }
    }

    private func values(
        of measure: Measure,
        _ before: RankedList,
        _ after: RankedList,
        _ agreement: RankingAgreement,
        _ parseFailures: (old: Int?, new: Int?)
    ) -> (Double, Double) {
        func both(_ value: Double?) -> (Double, Double) { (value ?? .nan, value ?? .nan) }
        switch measure {
        case .metric(let name) where name.ties != nil && !(before.hasScores && after.hasScores): return both(nil)
        case .metric(let name): return both(agreement.value(of: name))
        case .entries: return both(agreement.atDepth.first.map { Double($0.entries) })
        case .exits: return both(agreement.atDepth.first.map { Double($0.exits) })
        case .scoreDrift: return both(scoreDrift(before, after))
        case .popularity(let depth): return (meanPopularity(before, depth), meanPopularity(after, depth))
        case .coverage: return (.nan, .nan)
        case .length: return (Double(before.count), Double(after.count))
        case .parseFailures:
            guard let failed = parseFailures.old, let fails = parseFailures.new else { return (.nan, .nan) }
            return (Self.share(failed, of: before.count), Self.share(fails, of: after.count))
        case .distinctScores:
            guard before.hasScores, after.hasScores else { return both(nil) }
            return (Self.distinctScores(before), Self.distinctScores(after))
        }
    }

    private func scoreDrift(_ before: RankedList, _ after: RankedList) -> Double? {
        guard before.hasScores, after.hasScores else { return nil }
        stamp += 1
        for (movie, score) in zip(before.movies, before.scores) {
            scoresBefore[Int(movie)] = score
            stamps[Int(movie)] = stamp
        }
        var (sum, common) = (0.0, 0)
        for (movie, score) in zip(after.movies, after.scores) where stamps[Int(movie)] == stamp {
            sum += abs(score - scoresBefore[Int(movie)])
            common += 1
        }
        return common == 0 ? nil : sum / Double(common)
    }

    private func meanPopularity(_ list: RankedList, _ depth: Int) -> Double {
        let count = min(depth, list.count)
        guard !popularity.isEmpty, count > 0 else { return .nan }
        return (0..<count).reduce(0) { $0 + popularity[Int(list.movies[$1])] } / Double(count)
    }

    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }

    /// The number of different scores of a list that is ordered by them.
    private static func distinctScores(_ list: RankedList) -> Double {
        guard !list.scores.isEmpty else { return 0 }
        return Double(1 + zip(list.scores, list.scores.dropFirst()).count { $0 != $1 })
    }
}
