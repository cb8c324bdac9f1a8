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
        let rankings = recommender.rankings(
            of: catalogue.prefix(RecommendationPipeline.candidateLimit).map(\.id).filter { !shown.contains($0) },
            session: session.id,
            history: session.history(limit: RecommendationPipeline.historyLimit)
        )
        return SessionRanking(
            session: session.id,
            svd: rankings.svd,
            p5: rankings.p5?.ranking ?? Ranking(model: .p5, places: []),
            notes: rankings.notes
        )
    }
}

/// Both models' rankings of one session.
package struct SessionRanking: Sendable {
    /// The session.
    package let session: SessionID
    /// The SVD model's best, at most 100.
    package let svd: Ranking
    /// P5's order of the same movies, those without an internal id left out.
    package let p5: Ranking
    /// Why a model was left out, where one was.
    package let notes: [String]
}
