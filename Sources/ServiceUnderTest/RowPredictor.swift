import Domain
package import Observations
package import P5
package import PostgresStore
package import RecommendationEngine
package import Scenarios

/// Ranks with the harness's own engine what a service that shows no rankings must have ranked.
package struct RowPredictor: Sendable {
    /// The models, all of them loaded.
    package let models: LoadedModels
    /// The settings of P5.
    package let options: P5Options

    /// Creates a predictor.
    package init(models: LoadedModels, options: P5Options) {
        self.models = models
        self.options = options
    }

    private struct Question: Hashable {
        let session: SessionID
        let phase: Int
        let state: ServingState
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
                state: response.p5TopSaved > 0 ? .full : .svdOnly
            )
            let rankings: Recommender.Rankings
            if let earlier = known[question] {
                rankings = earlier
            } else {
                let request = RecommendRequest(session: question.session, phase: question.phase)
                let inputs = try await pipeline.inputs(for: request)
                rankings = try models.recommender(in: question.state, options: options)
                    .rankings(of: inputs.candidates, session: question.session, history: inputs.history)
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
}
