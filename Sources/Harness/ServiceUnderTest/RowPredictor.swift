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
    package let options: P5Settings

    /// Creates a predictor.
    package init(models: LoadedModels, options: P5Settings) {
        self.models = models
        self.options = options
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
        let pipeline = RecommendationPipeline(store: PostgresRecommendationStore(database))
        var known: [Question: Recommender.Rankings] = [:]
        var predicted: [ObservedAnswer] = []
        for answer in answers {
            guard let response = answer.response, response.svdTopSaved > 0 || response.p5TopSaved > 0 else {
                predicted.append(answer)
                continue
            }
            try Task.checkCancellation()
            let question = Question(
                session: answer.session,
                phase: response.phase,
                state: response.servedState,
                laterRatings: plan.ratings.count {
                    $0.session == answer.session && $0.at > answer.takenAt ?? answer.arrivedAt
                }
            )
            let rankings: Recommender.Rankings
            if let earlier = known[question] {
                rankings = earlier
            } else {
                rankings = try await self.rankings(question, with: pipeline)
                known[question] = rankings
            }
            predicted.append(
                answer.predicting(
                    [rankings.svd] + (rankings.p5.map { [$0.ranking] } ?? []),
                    textGaps: rankings.p5?.textGaps ?? [:]
                )
            )
        }
        return predicted
    }

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
        let first = ReplayStep.steps(of: plan, requests: result.requests, timeline: result.timeline)
            .first { if case .precompute = $0.step { true } else { false } }
        guard let first else { return [] }
        let served = Set(answers.filter { ($0.response?.svdTopSaved ?? 0) > 0 }.map(\.session))
        let pipeline = RecommendationPipeline(store: PostgresRecommendationStore(database))
        var sets: [PrecomputedSet] = []
        for session in plan.sessions where !served.contains(session.id) && !session.ratings.isEmpty {
            let phase = PrecomputeRounds.phase
            let question = Question(session: session.id, phase: phase, state: .svdOnly, laterRatings: 0)
            let ranking = try await rankings(question, with: pipeline).svd
            guard !ranking.places.isEmpty else { continue }
            sets.append(PrecomputedSet(session: session.id, phase: phase, moment: first.moment, ranking: ranking))
        }
        return sets
    }

    private func rankings(
        _ question: Question,
        with pipeline: RecommendationPipeline
    ) async throws -> Recommender.Rankings {
        let request = RecommendRequest(session: question.session, phase: question.phase)
        let inputs = try await pipeline.inputs(for: request)
        return try models.recommender(in: question.state, options: options)
            .rankings(
                of: inputs.candidates,
                session: question.session,
                history: Array(inputs.history.dropFirst(question.laterRatings))
            )
    }
}
