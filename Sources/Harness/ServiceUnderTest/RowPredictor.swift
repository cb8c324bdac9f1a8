import ContainerPlatform
package import Domain
package import Observations
import P5
package import PostgresClient
import PostgresStore
package import RecommendationEngine
package import Scenarios

/// Ranks with the harness's own engine what a service that shows no rankings must have ranked.
package struct RowPredictor: Sendable {
    /// The models, all of them loaded.
    package let models: LoadedModels
    /// The settings of P5.
    package let settings: P5Settings

    /// Creates a predictor.
    package init(models: LoadedModels, settings: P5Settings) {
        self.models = models
        self.settings = settings
    }

    private struct Question: Hashable {
        let session: SessionID
        let phase: Int
        let state: ServingState
        /// How many of the plan's ratings were given after the service took it.
        let laterRatings: Int
    }

    /// Adds to each successful answer what the engine ranks from the same ratings and candidates in the same state.
    ///
    /// An answer without P5 rows is compared with SVD alone, also where P5 failed in it.
    ///
    /// - Throws: What the database throws.
    /// - Complexity: That of one ranking for each session and state.
    package func predict(
        _ answers: [ObservedAnswer],
        of plan: Plan,
        in database: PostgresAddress
    ) async throws -> [ObservedAnswer] {
        let pipeline = Predictions(self, database)
        let later = Dictionary(grouping: plan.ratings, by: \.session)
        let questions = answers.map { answer -> Question? in
            guard let response = answer.response, response.svdTopSaved > 0 || response.p5TopSaved > 0 else {
                return nil
            }
            let taken = answer.takenAt ?? answer.arrivedAt
            return Question(
                session: answer.session,
                phase: response.phase,
                state: response.servedState,
                laterRatings: later[answer.session]?.count { $0.at > taken } ?? 0
            )
        }
        let different = Array(Set(questions.compactMap(\.self)))
        let found = try await different.mapSideBySide(Self.sideBySide) { try await pipeline.answer(to: $0) }
        let known = Dictionary(uniqueKeysWithValues: zip(different, found))
        return zip(answers, questions)
            .map { answer, question in
                guard let prediction = question.flatMap({ known[$0] }) else { return answer }
                return answer.predicting(prediction.rankings, textGaps: prediction.textGaps)
            }
    }

    /// How many predictions are made at a time: the database and the engine share the processors.
    private static let sideBySide = 4

    /// Returns the sets that a service with `precompute` must have made for sessions that no answer gave rows.
    ///
    /// - Throws: What the database throws.
    func precomputed(
        _ answers: [ObservedAnswer],
        of plan: Plan,
        _ simulation: InstanceSimulation<SimulatedService>,
        in database: PostgresAddress
    ) async throws -> [PrecomputedSet] {
        let result = simulation.run(seed: plan.seed)
        let first =
            ReplayStep.steps(
                of: plan,
                answersDue: result.requests.map { $0.ended ?? .zero },
                timeline: result.timeline
            )
            .first { if case .precompute = $0.step { true } else { false } }
        guard let first else { return [] }
        let served = Set(answers.filter { ($0.response?.svdTopSaved ?? 0) > 0 }.map(\.session))
        let pipeline = Predictions(self, database)
        let waiting = plan.sessions.filter { !served.contains($0.id) && !$0.ratings.isEmpty }
        let rankings = try await waiting.mapSideBySide(Self.sideBySide) { session in
            try await pipeline.answer(
                to: Question(session: session.id, phase: PrecomputeRounds.phase, state: .svdOnly, laterRatings: 0)
            )
            .rankings.first { $0.model == .svd }
        }
        return zip(waiting, rankings)
            .compactMap { session, ranking in
                guard let ranking, !ranking.places.isEmpty else { return nil }
                return PrecomputedSet(
                    session: session.id,
                    phase: PrecomputeRounds.phase,
                    moment: first.moment,
                    ranking: ranking
                )
            }
    }

    /// What the pipeline ranks for a question, and how certain each text of P5 was.
    private struct Prediction: Sendable {
        var rankings: [Ranking] = []
        var textGaps: [MovieID: Double] = [:]
    }

    /// The service's pipeline over a database that it only reads.
    private struct Predictions: Sendable {
        private let store: PostgresRecommendationStore
        private let pipeline: RecommendationPipeline

        init(_ predictor: RowPredictor, _ database: PostgresAddress) {
            let store = PostgresRecommendationStore(database)
            self.store = store
            pipeline = RecommendationPipeline(store: store, catalogues: CatalogueCache(store: store)) { state, _ in
                try predictor.models.recommender(in: state, settings: predictor.settings)
            }
        }

        func answer(to question: Question) async throws -> Prediction {
            try Task.checkCancellation()
            do {
                let made =
                    try await pipeline
                    .over(PredictionStore(store: store, laterRatings: question.laterRatings))
                    .answer(
                        RecommendRequest(session: question.session, phase: question.phase),
                        in: question.state,
                        hooks: PlainRequest(startingWith: .svd)
                    )
                return Prediction(rankings: made.rankings, textGaps: made.textGaps)
            } catch is ServiceError where question.laterRatings > 0 {
                // The service cannot have ranked without a rating: a set that is there is nobody's.
                return Prediction(rankings: [Ranking(model: .svd, places: [])])
            }
        }
    }
}
