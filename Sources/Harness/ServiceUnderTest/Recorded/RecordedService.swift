import ContainerPlatform
import Domain
import Observations
import RecommendationEngine
import Scenarios

/// The pipeline of a service over recorded rankings and a store in memory.
struct RecordedService {
    /// Where the rows go.
    let store: RecordedStore
    private let plan: Plan
    private let rankings: [Int: Recommender.Rankings]
    private let pipeline: RecommendationPipeline

    /// Creates the service of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - rankings: Which rankings each request got, by its number.
    ///   - catalogue: The movies that sessions choose from.
    init(of plan: Plan, rankings: [Int: Recommender.Rankings], catalogue: [MovieID]) {
        self.plan = plan
        self.rankings = rankings
        store = RecordedStore(sessions: plan.sessions, catalogue: catalogue)
        let results = plan.service.cache > 0 ? BundleCache(capacity: plan.service.cache) : nil
        // There is one bundle in a run.
        results?.identify(plan.service.bundle.value)
        pipeline = RecommendationPipeline(
            store: store,
            catalogues: UncachedCatalogue(store: store),
            results: results
        ) { _, _ in Recommender(svd: nil, p5: nil) }
    }

    /// Answers a request as the simulation decided, with its recorded rankings where it got that far.
    ///
    /// - Throws: `CancellationError` alone.
    func answer(to request: PlannedRequest, _ simulated: InstanceRequest) async throws -> ObservedAnswer {
        var recommendation: Recommendation?
        var (status, error) = (simulated.status, simulated.refusal)
        if let state = simulated.state {
            do {
                recommendation = try await recommend(request, in: state)
            } catch let refusal as ServiceError {
                (status, error) = (refusal.status, refusal.detail)
            } catch let failure {
                try Task.checkCancellation()
                (status, error) = (500, "\(failure)")
            }
        }
        return ObservedAnswer(
            request: request.number,
            session: request.session.id,
            arrivedAt: simulated.arrived,
            finishedAt: simulated.ended ?? simulated.arrived,
            status: status,
            state: simulated.state,
            response: recommendation?.response,
            error: error,
            rankings: recommendation?.rankings ?? [],
            notes: recommendation?.notes ?? []
        )
    }

    private func recommend(_ request: PlannedRequest, in state: ServingState) async throws -> Recommendation {
        try await pipeline.answer(
            RecommendRequest(session: request.session.id, topKPerModel: request.topK, phase: request.phase),
            in: state,
            hooks: RecordedRankings(
                rankings: rankings[request.number],
                request: request.number,
                start: plan.displayStart(ofRequest: request.number)
            )
        )
    }
}

/// Puts recorded rankings in the place of those that a model would compute.
private struct RecordedRankings: RequestHooks {
    /// The rankings; `nil` where the recording has none for this request.
    let rankings: Recommender.Rankings?
    /// The number of the request.
    let request: Int
    /// The model that begins the display list.
    let start: Model

    /// The recording does not say what was ranked.
    struct Missing: Error, CustomStringConvertible {
        let request: Int
        var description: String { "the recording holds no rankings for request \(request)" }
    }

    func displayStart() -> Model { start }

    func computing(
        in state: ServingState,
        _ work: @escaping @Sendable (_ threads: Int) throws -> Recommender.Rankings
    ) async throws -> Recommender.Rankings {
        guard let rankings else { throw Missing(request: request) }
        return rankings
    }
}
