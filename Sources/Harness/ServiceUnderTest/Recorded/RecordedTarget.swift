import ContainerPlatform
package import Domain
package import Observations
package import RecommendationEngine
package import Scenarios

/// A service without models and without a database: its start is simulated, its rankings are recorded ones.
///
/// The start, the queue and the state in which each request is taken are those of ``SimulatedTarget``; the answer is the
/// pipeline's, which takes the rankings of the recording in place of its models' and writes its rows into memory.
package struct RecordedTarget: Sendable {
    /// What was seen of a plan.
    package struct Run: Sendable {
        /// The start.
        package let startup: StartupObservation
        /// The answers in the order of the requests, without rows.
        package let answers: [ObservedAnswer]
        /// The rows that are there at the end, by session, phase, model (SVD first) and rank.
        package let rows: [RecommendationRow]
    }

    /// Which rankings each request got, by its number.
    package let rankings: [Int: Recommender.Rankings]
    /// The movies that sessions choose from.
    package let catalogue: [MovieID]

    /// Creates a target.
    package init(rankings: [Int: Recommender.Rankings], catalogue: [MovieID]) {
        self.rankings = rankings
        self.catalogue = catalogue
    }

    /// Simulates the start of a plan alone.
    package func start(of plan: Plan) -> StartupObservation {
        let simulation = plan.simulation
        return simulation.observation(of: simulation.run(seed: plan.seed), plan: plan)
    }

    /// Plays a plan.
    ///
    /// - Parameter plan: The plan; faults of its database do not strike, and nothing is ranked before a session asks.
    /// - Returns: What was seen.
    /// - Throws: `CancellationError` alone: what fails inside the service is an answer.
    /// - Complexity: O(*n* log *n*) in the requests, besides the simulation.
    package func run(_ plan: Plan) async throws -> Run {
        let simulation = plan.simulation
        let result = simulation.run(seed: plan.seed)
        let service = RecordedService(of: plan, rankings: rankings, catalogue: catalogue)
        let due = result.requests.map { $0.ended ?? .zero }
        var answers: [ObservedAnswer] = []
        for (_, step) in ReplayStep.steps(of: plan, answersDue: due, timeline: result.timeline) {
            try Task.checkCancellation()
            switch step {
            case .answers(let indices):
                for index in indices {
                    answers.append(try await service.answer(to: plan.requests[index], result.requests[index]))
                }
            case .rating(let given): service.store.add(given.rating, to: given.session)
            case .precompute: continue
            }
        }
        return Run(
            startup: simulation.observation(of: result, plan: plan),
            answers: answers.sorted { $0.request < $1.request },
            rows: service.store.rows
        )
    }
}
