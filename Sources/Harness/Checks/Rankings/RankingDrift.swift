import Domain
import RankingMetrics

/// How far a ranking is from its golden, in the figures that the field compares rankings by.
///
/// A movie that a ranking repeats counts at its first place.
struct RankingDrift: CustomStringConvertible {
    private static let depth = 10

    let agreement: RankingAgreement
    let discountedGain: Double
    let changes: RankChanges<MovieID>

    /// Measures a ranking against its golden, over all places or the first ten as each figure is used.
    init(of ranking: [MovieID], from golden: [MovieID]) {
        var numbers = MovieNumbers<MovieID>()
        let old = numbers.distinct(golden)
        let new = numbers.distinct(ranking)
        let none: [Double] = []
        agreement = AgreementWorkspace(movies: numbers.count)
            .agreement(old.span, none.span, new.span, none.span, depths: [Self.depth], persistence: 0.9)
        discountedGain = Self.discountedGain(of: new, golden: old, movies: numbers.count)
        changes = RankChanges(from: golden, to: ranking, depth: Self.depth)
    }

    var description: String {
        let figures = [
            ("overlap@10", agreement.atDepth[0].overlap), ("Jaccard@10", agreement.atDepth[0].jaccard),
            ("RBO(0.9)", agreement.rbo), ("tau-b", agreement.tauB), ("footrule", agreement.footrule),
            ("NDCG@10", discountedGain),
        ]
        let text = figures.map { "\($0) \($1.map(Self.thousandths) ?? "undefined")" }.joined(separator: ", ")
        guard !changes.entries.isEmpty || !changes.exits.isEmpty else { return text }
        return text + "; top ten: in \(Self.list(changes.entries)), out \(Self.list(changes.exits))"
    }

    /// Returns NDCG of a ranking whose golden's first movie is worth as much as that has places, its last 1; 1 where
    /// the golden is empty.
    private static func discountedGain(of ranking: [Int32], golden: [Int32], movies: Int) -> Double {
        let gains = golden.indices.map { Double(golden.count - $0) }
        let workspace = EffectivenessWorkspace(movies: movies)
        workspace.load(relevant: golden.span, gains: gains.span)
        return workspace.value(of: .nDCG(depth), ranking.span) ?? 1
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
