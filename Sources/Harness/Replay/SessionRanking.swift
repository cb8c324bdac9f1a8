package import Domain
import FoldInSVD
import P5
import RecommendationEngine
import Scenarios

/// Ranks recorded sessions with a bundle, without any database.
package struct SessionRanker: Sendable {
    private let recommender: Recommender
    private let catalogue: [CatalogueMovie]

    /// Creates a ranker.
    ///
    /// - Parameters:
    ///   - bundle: The models.
    ///   - catalogue: The movies to choose from; their order decides ties.
    ///   - settings: The settings of P5.
    ///   - scoreFormula: What an SVD score is made of.
    /// - Throws: `P5Error` where the settings make no sense.
    package init(
        bundle: OpenBundle,
        catalogue: [CatalogueMovie],
        settings: P5Settings,
        scoreFormula: ScoreFormula = .factors
    ) throws {
        var models = bundle.models
        models.scoreFormula = scoreFormula
        self.recommender = try models.recommender(in: .full, settings: settings)
        self.catalogue = catalogue
    }

    /// Ranks one session as the service would with both models loaded.
    ///
    /// - Complexity: That of folding in one visitor, scoring the catalogue, and one P5 prompt for each of the best 100.
    package func rank(_ session: RecordedSession) -> SessionRanking {
        let shown = Set(session.phase1Movies)
        let candidates = catalogue.prefix(RecommendationPipeline.candidateLimit).map(\.id)
            .filter { !shown.contains($0) }
        let history = session.history(limit: RecommendationPipeline.historyLimit)
        let rankings = recommender.rankings(of: candidates, session: session.id, history: history)
        return SessionRanking(
            session: session.id,
            svd: rankings.svd,
            next: next(candidates, history),
            p5: rankings.p5?.ranking ?? Ranking(model: .p5, places: []),
            textGaps: rankings.p5?.textGaps ?? [:],
            notes: rankings.notes
        )
    }

    /// The movie right behind those that are handed to P5.
    private func next(_ candidates: [MovieID], _ history: [Rating]) -> RankedMovie? {
        guard let svd = recommender.svd, let visitor = svd.userVector(for: history) else { return nil }
        let limit = Recommender.rerankedMovies
        return svd.rank(visitor, candidates: candidates, limit: limit + 1, formula: recommender.scoreFormula)
            .places.dropFirst(limit).first
    }
}

/// Both models' rankings of one session.
package struct SessionRanking: Sendable {
    /// The session.
    package let session: SessionID
    /// The SVD model's best, at most 100.
    package let svd: Ranking
    /// The movie right behind the SVD model's last; `nil` where every candidate was kept.
    package let next: RankedMovie?
    /// P5's order of the same movies, those without an internal id left out.
    package let p5: Ranking
    /// The smallest logit gap on the way to each of P5's texts, by movie; empty where P5 ranked nothing or does not say.
    package let textGaps: [MovieID: Double]
    /// Why a model was left out, where one was.
    package let notes: [String]
}
