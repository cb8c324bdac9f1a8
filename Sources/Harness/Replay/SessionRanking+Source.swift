package import Domain
import FoldInSVD
import LinearAlgebra
package import ModelFiles
package import RecommendationEngine

extension SessionRanking {
    /// What ranks recorded sessions: both models session by session, or SVD alone in batches.
    package struct Source {
        /// The models that have loaded.
        package let models: LoadedModels
        private let rankEach: ([RecordedSession], (Int, SessionRanking) throws -> Void) throws -> Void

        /// Ranks sessions in their order.
        ///
        /// - Parameters:
        ///   - sessions: The sessions.
        ///   - body: Is handed each session's number, from 0, and its rankings.
        /// - Throws: What `body` throws.
        package func forEach(of sessions: [RecordedSession], _ body: (Int, SessionRanking) throws -> Void) throws {
            try rankEach(sessions, body)
        }

        init(
            models: LoadedModels,
            _ rankEach: @escaping ([RecordedSession], (Int, SessionRanking) throws -> Void) throws -> Void
        ) {
            self.models = models
            self.rankEach = rankEach
        }
    }

    /// How many sessions are ranked at a time by SVD alone.
    private static let sessionsABatch = 4_800

    /// Opens what ranks with a bundle.
    ///
    /// - Parameters:
    ///   - paths: Where the bundle's files are; of SVD alone only its own are opened.
    ///   - catalogue: The movies to choose from; their order decides ties.
    ///   - settings: The settings of P5.
    ///   - scoreFormula: What an SVD score is made of.
    ///   - isSVDAlone: Whether P5 takes no part.
    ///   - calibrate: Is handed the models before P5 is made of them.
    /// - Returns: What ranks.
    /// - Throws: The error of the file that cannot be used.
    package static func source(
        of paths: BundlePaths,
        catalogue: [CatalogueMovie],
        settings: P5Settings,
        scoreFormula: ScoreFormula,
        isSVDAlone: Bool,
        calibrate: (LoadedModels) throws -> Void = { _ in }
    ) throws -> Source {
        guard isSVDAlone else {
            let bundle = try OpenBundle(paths: paths)
            try calibrate(bundle.models)
            let ranker = try SessionRanker(
                bundle: bundle,
                catalogue: catalogue,
                settings: settings,
                scoreFormula: scoreFormula
            )
            return Source(models: bundle.models) { sessions, body in
                for (index, session) in sessions.enumerated() { try body(index, ranker.rank(session)) }
            }
        }
        var models = LoadedModels()
        try models.load(.svd, from: paths)
        guard let svd = models.svd else { preconditionFailure("the stage svd loads the SVD model") }
        let movies = catalogue.prefix(RecommendationPipeline.candidateLimit).map(\.id)
        let ranker = BatchRanker(
            candidates: CandidateSet(movies, of: svd),
            // One more than are ranked: the movie that just misses them.
            limit: Recommender.rerankedMovies + 1,
            formula: scoreFormula,
            threads: WorkerThreads.available
        )
        return Source(models: models) { sessions, body in
            for start in stride(from: 0, to: sessions.count, by: sessionsABatch) {
                let block = sessions[start..<min(sessions.count, start + sessionsABatch)]
                let ranked = ranker.rank(block.map(BatchRanker.Visitor.init))
                for (offset, session) in block.enumerated() {
                    try body(start + offset, SessionRanking(session, svd: ranked[offset]))
                }
            }
        }
    }

    /// The ranking of SVD alone, with what `Recommender` says where there is none.
    private init(_ session: RecordedSession, svd: Ranking?) {
        let history = session.history(limit: RecommendationPipeline.historyLimit)
        var notes: [String] = []
        if svd == nil {
            notes.append("none of the \(history.count) rated movies is known to the SVD model, nothing was ranked")
        } else if svd?.places.isEmpty == true {
            notes.append("none of the candidates is known to the SVD model, nothing was ranked")
        }
        let places = svd?.places ?? []
        self.init(
            session: session.id,
            svd: Ranking(model: .svd, places: Array(places.prefix(Recommender.rerankedMovies))),
            next: places.dropFirst(Recommender.rerankedMovies).first,
            p5: Ranking(model: .p5, places: []),
            textGaps: [:],
            notes: notes
        )
    }
}

extension BatchRanker.Visitor {
    /// A recorded session as the service would rank it.
    fileprivate init(_ session: RecordedSession) {
        self.init(
            ratings: session.history(limit: RecommendationPipeline.historyLimit),
            excluded: session.phase1Movies
        )
    }
}
