package import Domain

/// What a golden says about one session.
package struct GoldenSession: Hashable, Sendable {
    /// The session.
    package let id: SessionID
    /// The SVD model's best, at most 100.
    package let svd: GoldenList
    /// P5's order of those movies that have an internal id.
    package let p5: GoldenList
    /// The display list for either starting model.
    package let displays: [Model: DisplayList]
    /// Who accepted the rankings in the place of earlier ones, the latest last; empty where nobody had to.
    package let accepted: [GoldenAcceptance]

    /// Creates a session's golden.
    package init(
        id: SessionID,
        svd: GoldenList,
        p5: GoldenList,
        displays: [Model: DisplayList],
        accepted: [GoldenAcceptance] = []
    ) {
        self.id = id
        self.svd = svd
        self.p5 = p5
        self.displays = displays
        self.accepted = accepted
    }

    /// Creates a session's golden from rankings; the display lists follow from them.
    ///
    /// Fails where P5 ranked a movie that the SVD model did not, and where a score is not finite.
    ///
    /// - Parameters:
    ///   - id: The session.
    ///   - svd: The SVD model's ranking.
    ///   - p5: P5's ranking of the same movies, or of some of them.
    ///   - scoring: What P5's scores are.
    ///   - next: The movie right behind the SVD model's last, where it is known.
    ///   - gaps: The smallest logit gap on the way to each of P5's texts, by movie, where they are known.
    /// - Complexity: O(*n*).
    package init?(
        id: SessionID,
        svd: Ranking,
        p5: Ranking,
        scoring: P5Settings.Scoring,
        next: RankedMovie? = nil,
        gaps: [MovieID: Double] = [:]
    ) {
        let scores = Dictionary(svd.places.map { ($0.movie, $0.score) }, uniquingKeysWith: { first, _ in first })
        func list(_ ranking: Ranking) -> GoldenList? {
            var places: [GoldenList.Place] = []
            for place in ranking.places {
                guard place.score.isFinite, let svdScore = scores[place.movie] else { return nil }
                places.append(
                    .init(
                        movie: place.movie,
                        rank: place.rank,
                        score: place.score,
                        svdScore: svdScore,
                        text: place.text,
                        gap: ranking.model == .p5 ? gaps[place.movie].flatMap { $0.isFinite ? $0 : nil } : nil
                    )
                )
            }
            return GoldenList(
                model: ranking.model,
                scoring: scoring,
                places: places,
                next: next.map { GoldenList.Candidate(movie: $0.movie, score: $0.score) }
            )
        }
        if let next, !next.score.isFinite { return nil }
        guard let svd = list(svd), let p5 = list(p5) else { return nil }
        self.init(id: id, svd: svd, p5: p5, displays: Self.displays(svd: svd.movies, p5: p5.movies))
    }

    /// The display lists that follow from both rankings.
    static func displays(svd: [MovieID], p5: [MovieID]) -> [Model: DisplayList] {
        let tops = (Array(svd.prefix(10)), Array(p5.prefix(10)))
        return Dictionary(
            uniqueKeysWithValues: Model.allCases.map { ($0, DisplayList(svd: tops.0, p5: tops.1, start: $0)) }
        )
    }

    /// Returns a model's list in a state, `nil` for P5 where SVD ranks alone.
    package func list(of model: Model, in state: GoldenState) -> GoldenList? {
        switch (model, state) {
        case (.svd, _): svd
        case (.p5, .full): p5
        case (.p5, .svdOnly): nil
        }
    }

    /// Returns the display lists that are right in a state: one for either starting model, or the SVD model's ten best.
    package func displays(in state: GoldenState) -> [DisplayList] {
        switch state {
        case .full: Model.allCases.compactMap { displays[$0] }
        case .svdOnly: [DisplayList(svd: svd.movies, p5: [], start: .svd)]
        }
    }
}
