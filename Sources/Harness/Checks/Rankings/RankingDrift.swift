import Domain
import RankingMetrics

/// How far a ranking is from its golden, in the figures that the field compares rankings by.
struct RankingDrift: CustomStringConvertible {
    private static let depth = 10

    let overlap: SetOverlap
    let rankBiasedOverlap: Double
    let tau: Double?
    let footrule: Double
    let discountedGain: Double
    let changes: RankChanges<MovieID>

    /// Measures a ranking against its golden, over all places or the first ten as each figure is used.
    init(of ranking: [MovieID], from golden: [MovieID]) {
        overlap = SetOverlap(ranking, golden, depth: Self.depth)
        rankBiasedOverlap = RankBiasedOverlap()(ranking, golden)
        tau = KendallTau.b(ranking: ranking, golden)
        footrule = SpearmanFootrule.normalised(ranking, golden)
        discountedGain = DiscountedGain(golden: golden).normalised(ranking, depth: Self.depth)
        changes = RankChanges(from: golden, to: ranking, depth: Self.depth)
    }

    var description: String {
        let figures = [
            ("overlap@10", overlap.overlap), ("Jaccard@10", overlap.jaccard), ("RBO(0.9)", rankBiasedOverlap),
            ("tau-b", tau), ("footrule", footrule), ("NDCG@10", discountedGain),
        ]
        let text = figures.map { "\($0) \($1.map(Self.thousandths) ?? "undefined")" }.joined(separator: ", ")
        guard !changes.entries.isEmpty || !changes.exits.isEmpty else { return text }
        return text + "; top ten: in \(Self.list(changes.entries)), out \(Self.list(changes.exits))"
    }

    private static func list(_ movies: [MovieID]) -> String {
        movies.isEmpty ? "none" : movies.map(\.text).joined(separator: " ")
    }

    /// Rounds to three decimals, but a figure short of 1 never up to 1.
    private static func thousandths(_ figure: Double) -> String {
        var count = Int((figure.magnitude * 1000).rounded())
        if figure.magnitude < 1 { count = min(count, 999) }
        return (figure < 0 ? "-" : "") + "\(count / 1000)." + String(1000 + count % 1000).dropFirst()
    }
}
