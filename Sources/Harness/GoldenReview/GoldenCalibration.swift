package import Domain
package import Goldens

/// How far rankings of one bundle move when nothing but threads, batches and repetition changes.
///
/// The first run is the yardstick. What ties and the standard tolerance explain is no movement.
package struct GoldenCalibration: Sendable {
    /// The bands of ranks for which movement is learned.
    private static let bands = [1...10, 11...50, 51...100]

    private let yardstick: GoldenRankings
    /// The furthest that a movie moved, by model and rank from 1.
    private var moves: [Model: [Int: Int]] = [:]
    private var scores: [Model: Double] = [:]
    /// How many runs there were, the first included.
    package private(set) var runs = 1
    /// Sessions in which movies came or went between runs, which no tolerance can allow.
    package private(set) var unstable: Set<SessionID> = []

    /// Begins with the first run.
    ///
    /// - Parameter yardstick: Its rankings.
    package init(_ yardstick: GoldenRankings) {
        self.yardstick = yardstick
    }

    /// Adds a run of the same sessions.
    ///
    /// - Complexity: O(*s*·*n*²) for *s* sessions of *n* places.
    package mutating func add(_ run: [GoldenSession]) {
        runs += 1
        for now in run {
            let difference = SessionDifference(of: now, from: yardstick)
            guard difference.risk < .high else {
                unstable.insert(now.id)
                continue
            }
            for comparison in difference.comparisons where !comparison.isEqual {
                learn(comparison, now.list(of: comparison.model, in: .full), of: now.id)
            }
        }
    }

    private mutating func learn(_ comparison: RankingComparison, _ now: GoldenList?, of session: SessionID) {
        let model = comparison.model
        guard let now, let golden = yardstick.session(session)?.list(of: model, in: .full) else { return }
        let places = Dictionary(now.places.map { ($0.movie, $0) }, uniquingKeysWith: { first, _ in first })
        for place in golden.places {
            guard let other = places[place.movie] else { continue }
            if comparison.firstDifference != nil {
                moves[model, default: [:]][place.rank] =
                    max(moves[model]?[place.rank] ?? 0, abs(other.rank - place.rank))
            }
            let difference = abs(other.score - place.score)
            let isShare = model == .svd || golden.scoring == .text
            let share = isShare ? difference / max(abs(place.score), .leastNormalMagnitude) : difference
            scores[model] = max(scores[model] ?? 0, share)
        }
    }

    /// Returns what was learned.
    ///
    /// - Parameter origin: Who had it learned, when, and in what the runs differed.
    /// - Returns: The tolerance; bands in which nothing moved are left out.
    package func tolerance(_ origin: GoldenTolerance.Origin) -> GoldenTolerance {
        let bands = Model.allCases.flatMap { model in
            Self.bands.compactMap { ranks -> GoldenTolerance.Band? in
                let places = ranks.compactMap { moves[model]?[$0] }.max() ?? 0
                return places == 0
                    ? nil
                    : GoldenTolerance.Band(
                        model: model,
                        first: ranks.lowerBound,
                        last: ranks.upperBound,
                        places: places
                    )
            }
        }
        return GoldenTolerance(
            svdScore: min(scores[.svd] ?? 0, 0.999),
            p5Score: min(scores[.p5] ?? 0, 0.999),
            bands: bands,
            origin: origin
        )
    }
}
