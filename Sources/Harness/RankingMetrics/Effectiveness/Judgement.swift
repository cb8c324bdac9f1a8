/// A ranking beside what is relevant to its session.
struct Judgement: ~Copyable {
    private var relevance: Relevance
    private var hits = Hits()
    private var discounts = Discounts()

    /// Creates room for movies below a number.
    init(movies: Int) {
        relevance = Relevance(movies: movies)
    }

    /// Takes in what is relevant to the next session.
    mutating func load(_ relevant: Span<Int32>, _ gains: Span<Double>) {
        relevance.load(relevant, gains)
        hits.clear()
    }

    /// Takes in a ranking.
    mutating func judge(_ ranking: Span<Int32>) {
        hits.find(relevance, in: ranking)
        discounts.extend(to: ranking.count)
    }

    /// Returns a metric of the ranking, `nil` where no movie is relevant.
    func value(of name: MetricName) -> Double? {
        let level = Double(name.level)
        let depth = name.depth ?? .max
        let relevant = name.measure == .nDCG ? relevance.count : relevance.count(from: level)
        guard relevant > 0 else { return nil }
        switch name.measure {
        case .nDCG: return hits.discountedGain(depth, discounts) / relevance.idealGain(depth)
        case .averagePrecision: return hits.sumOfPrecisions(depth, level) / Double(relevant)
        case .precision: return Double(hits.count(depth, level)) / Double(depth)
        case .recall: return Double(hits.count(depth, level)) / Double(relevant)
        case .reciprocalRank: return hits.firstRank(depth, level).map { 1 / Double($0) } ?? 0
        case .success: return hits.firstRank(depth, level) == nil ? 0 : 1
        case .overlap, .jaccard, .rankBiasedOverlap, .kendallTauB, .spearmanFootrule:
            preconditionFailure("\(name) compares two rankings")
        }
    }
}
