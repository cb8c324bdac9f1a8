import ContainerPlatform
import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresStore
import RecommendationEngine
import Scenarios

/// The engine of a simulated service: the pipeline, the caches and the store that a service has, on virtual time.
struct SimulatedEngine {
    /// What came of one request, but for its rows.
    struct Reply: Sendable {
        /// The HTTP status; `nil` where the connection ended without an answer.
        var status: Int?
        /// The message of an answer that is an error.
        var error: String?
        /// When the answer was complete.
        var finished: Duration
        /// The answer with what is behind it, `nil` where it is an error.
        var recommendation: Recommendation?
    }

    /// Answers requests, without the faults that strike one of them.
    let pipeline: RecommendationPipeline
    private let target: SimulatedTarget
    private let plan: Plan
    private let database: FaultyDatabase
    private let rowReader: RowReader
    private let ledger: FaultLedger
    private let clock = ReplayClock()
    private let store: PostgresRecommendationStore
    private let catalogues: CatalogueCache

    /// Creates the engine of a plan's service.
    ///
    /// - Parameters:
    ///   - target: The models and how the store is wrapped.
    ///   - plan: The plan.
    ///   - database: The service's way to the database.
    ///   - rowReader: The harness's own connection, by which faults strike.
    ///   - ledger: Where the receipts of faults go.
    ///   - connections: How many requests may be answered at a time.
    init(
        target: SimulatedTarget,
        plan: Plan,
        database: FaultyDatabase,
        rowReader: RowReader,
        ledger: FaultLedger,
        connections: Int
    ) {
        self.target = target
        self.plan = plan
        self.database = database
        self.rowReader = rowReader
        self.ledger = ledger
        store = PostgresRecommendationStore(pool: PostgresPool(database.address, size: connections))
        let decorated = target.alteration.store(store)
        catalogues = CatalogueCache(store: decorated) { [clock] in clock.now }
        let results = plan.service.cache > 0 ? BundleCache(capacity: plan.service.cache) : nil
        // There is one bundle in a run.
        results?.identify(plan.service.bundle.value)
        pipeline = RecommendationPipeline(store: decorated, catalogues: catalogues, results: results) {
            [models = target.models, settings = target.settings, alteration = target.alteration] state, _ in
            alteration.recommender(try models.recommender(in: state, settings: settings))
        }
    }

    /// Lets virtual time reach a moment.
    func advance(to moment: Duration) { clock.advance(to: moment) }

    /// Waits until no comparison of the catalogue is under way, so that it strikes no later moment.
    func settle() async { await catalogues.settle() }

    /// Answers a request as the simulation decided, with the engine where it got that far.
    ///
    /// - Throws: `CancellationError`; what fails inside the service is a reply.
    func reply(to request: PlannedRequest, _ simulated: InstanceRequest) async throws -> Reply {
        var reply = Reply(
            status: simulated.status,
            error: simulated.refusal,
            finished: simulated.ended ?? simulated.arrived
        )
        guard let state = simulated.state else { return reply }
        await database.prepare(
            request: request.number,
            servedIn: simulated.arrived...max(simulated.arrived, reply.finished)
        )
        do {
            reply.recommendation = try await recommend(request, in: state)
        } catch let refusal as ServiceError {
            (reply.status, reply.error) = (refusal.status, refusal.detail)
        } catch let failure {
            try Task.checkCancellation()
            (reply.status, reply.error) = (500, "\(failure)")
        }
        if await database.conclude(request: request.number) {
            (reply.status, reply.error) = (504, PlatformLog.requestTimedOut)
            reply.finished = simulated.arrived + plan.platform.profile.requestTimeout
        }
        return reply
    }

    private func recommend(_ request: PlannedRequest, in state: ServingState) async throws -> Recommendation {
        var pipeline = pipeline
        if let faults = DatabaseFaults(of: plan, request: request.number, rowReader: rowReader, ledger: ledger) {
            pipeline = pipeline.over(target.alteration.store(store.observing { await faults.strike(at: $0) }))
        }
        return try await pipeline.answer(
            RecommendRequest(session: request.session.id, topKPerModel: request.topK, phase: request.phase),
            in: state,
            hooks: ReplayedHooks(plan: plan, request: request.number, ledger: ledger)
        )
    }
}
