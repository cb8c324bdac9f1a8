package import Domain
import FoldInSVD
import ModelFiles
import P5
package import RecommendationEngine
import Scenarios

/// The engine over a model bundle.
package struct BundleSubject: RankingSubject {
    package let catalogue: [MovieID]

    /// The models.
    package let models: LoadedModels
    /// The settings of P5.
    package let settings: P5Settings
    /// The catalogue as its file had it.
    let movies: [CatalogueMovie]
    /// The command that ranks in a process of its own.
    let restart: RankCommandLine
    private let svd: FoldInModel
    /// The catalogue as the service keeps it.
    private let shared: Catalogue

    /// Creates a subject.
    ///
    /// - Parameters:
    ///   - models: The models, all of them loaded.
    ///   - movies: The catalogue; its order decides ties.
    ///   - settings: The settings of P5.
    ///   - restart: The command that ranks the same in a process of its own.
    /// - Throws: ``ModelCheckError`` where a model has not loaded.
    package init(
        models: LoadedModels,
        movies: [CatalogueMovie],
        settings: P5Settings,
        restart: RankCommandLine
    ) throws {
        guard let svd = models.svd, models.t5 != nil else {
            throw ModelCheckError("a model of the bundle has not loaded; both are needed")
        }
        self.models = models
        self.settings = settings
        self.movies = movies
        self.restart = restart
        self.svd = svd
        catalogue = Array(movies.map(\.id).prefix(RecommendationPipeline.candidateLimit))
        shared = Catalogue(movies: catalogue, fingerprint: "catalogue")
    }

    package func knows(_ movie: MovieID) -> Bool { svd.row(of: movie) != nil }

    package func isMapped(_ movie: MovieID) -> Bool { models.dataMaps?.internalID(of: movie) != nil }

    package func rank(
        _ session: RecordedSession,
        among catalogue: [MovieID]?,
        _ conditions: RankingConditions
    ) throws -> SubjectRanking {
        let choice = catalogue.map { movies in
            Catalogue(movies: Array(movies.prefix(RecommendationPipeline.candidateLimit)), fingerprint: "choice")
        }
        return try rank(session, among: choice ?? shared, conditions)
    }

    private func rank(_ session: RecordedSession, among choice: Catalogue, _ conditions: RankingConditions) throws
        -> SubjectRanking
    {
        let history = session.history(limit: RecommendationPipeline.historyLimit)
        let rankings = try recommender(conditions)
            .rankings(
                of: .catalogue(choice, excluding: session.phase1Movies),
                session: session.id,
                history: history
            )
        return SubjectRanking(
            svd: rankings.svd,
            p5: rankings.p5?.ranking,
            unusedRatings: svd.userVector(for: history)?.unusedRatings ?? history.count,
            unknownCandidates: choice.candidates(of: svd).unknownCount,
            notes: rankings.notes
        )
    }

    /// What ranks under conditions.
    func recommender(_ conditions: RankingConditions) throws -> Recommender {
        var settings = settings
        settings.batch = conditions.batch ?? settings.batch
        settings.threads = conditions.threads ?? settings.threads
        return try models.recommender(in: conditions.models == .both ? .full : .svdOnly, settings: settings)
    }

    package func rankTogether(_ sessions: [RecordedSession], threads: Int) throws -> [Ranking?] {
        let ranker = BatchRanker(
            candidates: shared.candidates(of: svd),
            limit: Recommender.rerankedMovies,
            formula: models.scoreFormula,
            threads: threads
        )
        let visitors = sessions.map { session in
            BatchRanker.Visitor(
                ratings: session.history(limit: RecommendationPipeline.historyLimit),
                excluded: session.phase1Movies
            )
        }
        let rankings = ranker.rank(visitors)
        return visitors.indices.map { rankings[$0] }
    }

    package func rankFiles(sessions: String, catalogue: String) throws -> [SubjectRanking] {
        let folder = try ScratchFolder(for: "check")
        defer { folder.remove() }
        let recorded = try SessionReader.read(folder.write(sessions.utf8, to: "sessions.jsonl"))
        let movies = try CatalogueReader.read(folder.write(catalogue.utf8, to: "catalogue.jsonl"))
        let read = Catalogue(
            movies: Array(movies.map(\.id).prefix(RecommendationPipeline.candidateLimit)),
            fingerprint: "files"
        )
        return try recorded.map { try rank($0, among: read, RankingConditions(.both)) }
    }
}

/// Why the checks cannot be made, in one line.
package struct ModelCheckError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Creates an error.
    package init(_ description: String) {
        self.description = description
    }
}
