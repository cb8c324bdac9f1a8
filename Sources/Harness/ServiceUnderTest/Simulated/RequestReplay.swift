import ContainerPlatform
import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresStore
import RecommendationEngine
import Scenarios

/// Answers the requests of a simulated instance with the pipeline, the caches and the store that a service has.
struct RequestReplay {
    /// The models and the database.
    let target: SimulatedTarget
    /// The plan that the requests belong to.
    let plan: Plan
    /// The service's way to the database.
    let database: FaultyDatabase
    /// The harness's own connection.
    let rowReader: RowReader
    /// Where the receipts of faults go.
    let ledger: FaultLedger

    private let clock = ReplayClock()
    private let store: PostgresRecommendationStore
    private let catalogues: CatalogueCache
    private let pipeline: RecommendationPipeline

    /// Creates a replay of a plan.
    init(
        target: SimulatedTarget,
        plan: Plan,
        database: FaultyDatabase,
        rowReader: RowReader,
        ledger: FaultLedger
    ) {
        self.target = target
        self.plan = plan
        self.database = database
        self.rowReader = rowReader
        self.ledger = ledger
        store = PostgresRecommendationStore(pool: PostgresPool(database.address, size: Self.sideBySide))
        let decorated = target.decorate(store)
        catalogues = CatalogueCache(store: decorated) { [clock] in clock.now }
        let results = plan.service.cache > 0 ? BundleCache(capacity: plan.service.cache) : nil
        // There is one bundle in a run.
        results?.identify(plan.service.bundle.value)
        pipeline = RecommendationPipeline(store: decorated, catalogues: catalogues, results: results) {
            [models = target.models, options = target.options] state, _ in
            try models.recommender(in: state, settings: options)
        }
    }

    /// How many requests are answered at a time where they may be: the database and the engine share the processors.
    private static let sideBySide = 4

    /// Answers all requests in the order in which their answers were due, with whatever else happens to the database.
    ///
    /// - Parameters:
    ///   - simulated: The requests as the simulation decided them.
    ///   - timeline: What happened to the instance.
    /// - Returns: The answers by request number, and the sets that the service made beforehand.
    /// - Throws: `PostgresError` where the harness's own connection fails, `CancellationError`.
    func run(
        _ simulated: [InstanceRequest],
        timeline: Timeline
    ) async throws -> (answers: [ObservedAnswer], precomputed: [PrecomputedSet]) {
        let visitors = Seeder(target.database, seed: plan.seed)
        var rounds = PrecomputeRounds(
            store: PrecomputeStore(pool: PostgresPool(target.database, size: 1)) { _, _ in },
            pipeline: pipeline
        )
        var answers: [ObservedAnswer] = []
        answers.reserveCapacity(simulated.count)
        var precomputed: [PrecomputedSet] = []
        let due = simulated.map { $0.ended ?? .zero }
        for (moment, step) in ReplayStep.steps(of: plan, answersDue: due, timeline: timeline) {
            try Task.checkCancellation()
            clock.advance(to: moment)
            switch step {
            case .answers(let indices):
                answers += try await self.answers(to: indices.map { (plan.requests[$0], simulated[$0]) })
            case .rating(let given):
                try await visitors.insert(given.rating, of: given.session, index: given.index)
            case .precompute:
                precomputed += try await rounds.run()
                    .map { made in
                        PrecomputedSet(
                            session: made.session,
                            phase: PrecomputeRounds.phase,
                            moment: moment,
                            ranking: made.ranking
                        )
                    }
            }
            // Time stands still until a comparison of the catalogue is over, so that it strikes no later step.
            await catalogues.settle()
        }
        return (answers.sorted { $0.request < $1.request }, precomputed)
    }

    /// What came of one request, but for its rows.
    private struct Reply: Sendable {
        var status: Int?
        var error: String?
        var finished: Duration
        var recommendation: Recommendation?
    }

    /// Answers requests of different sessions, whose rows are read together before and after.
    private func answers(
        to requests: [(planned: PlannedRequest, simulated: InstanceRequest)]
    ) async throws -> [ObservedAnswer] {
        let before = try await rows(for: requests.map(\.planned))
        let replies = try await requests.mapSideBySide(Self.sideBySide) { planned, simulated in
            try await reply(to: planned, simulated)
        }
        if target.reading.wait > .zero {
            return try await landed(zip(requests, replies).map { ($0.planned, $0.simulated, $1) }, before)
        }
        let after = try await rows(for: requests.map(\.planned))
        return zip(requests, replies)
            .map { request, reply in
                let rows = after[request.planned.slot] ?? []
                return observed(request.planned, request.simulated, reply, before, after: (rows, []))
            }
    }

    /// Waits for the rows that each answer promised.
    private func landed(
        _ replies: [(PlannedRequest, InstanceRequest, Reply)],
        _ before: [RowSlot: [StoredRecommendation]]
    ) async throws -> [ObservedAnswer] {
        var answers: [ObservedAnswer] = []
        for (planned, simulated, reply) in replies {
            let after: ([StoredRecommendation], [RowAppearance])
            if let response = reply.recommendation?.response {
                let promise = RowPromise(
                    response,
                    session: planned.session.id,
                    phase: planned.phase,
                    before: before[planned.slot] ?? []
                )
                after = try await rowReader.landing(of: promise, within: target.reading.wait)
            } else {
                after = (try await rows(for: [planned])[planned.slot] ?? [], [])
            }
            answers.append(observed(planned, simulated, reply, before, after: after))
        }
        return answers
    }

    private func observed(
        _ planned: PlannedRequest,
        _ simulated: InstanceRequest,
        _ reply: Reply,
        _ before: [RowSlot: [StoredRecommendation]],
        after: (rows: [StoredRecommendation], appearances: [RowAppearance])
    ) -> ObservedAnswer {
        let answer = ObservedAnswer(
            request: planned.number,
            session: planned.session.id,
            arrivedAt: simulated.arrived,
            finishedAt: reply.finished,
            status: reply.status,
            state: simulated.state,
            response: reply.recommendation?.response,
            error: reply.error,
            rankings: reply.recommendation?.rankings ?? [],
            textGaps: reply.recommendation?.textGaps ?? [:],
            rowsBefore: before[planned.slot] ?? [],
            rowsAfter: after.rows,
            appearances: after.appearances,
            notes: reply.recommendation?.notes ?? []
        )
        // Whole rankings are compared with goldens alone.
        return plan.expectations.rankings.isEmpty ? answer.keepingPlaces(planned.topK) : answer
    }

    private func reply(to request: PlannedRequest, _ simulated: InstanceRequest) async throws -> Reply {
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
            pipeline = pipeline.over(target.decorate(store.observing { await faults.strike(at: $0) }))
        }
        return try await pipeline.answer(
            RecommendRequest(session: request.session.id, topKPerModel: request.topK, phase: request.phase),
            in: state,
            hooks: ReplayedHooks(plan: plan, request: request.number, ledger: ledger)
        )
    }

    private func rows(for requests: [PlannedRequest]) async throws -> [RowSlot: [StoredRecommendation]] {
        let rows = try await rowReader.rows(of: requests.map(\.session.id))
        var sets: [RowSlot: [StoredRecommendation]] = [:]
        // They are ordered by session and phase: each set is a run, and kept for the whole of the run in no more memory
        // than it needs.
        var start = 0
        while start < rows.count {
            let slot = RowSlot(rows[start])
            let end = rows[start...].firstIndex { RowSlot($0) != slot } ?? rows.count
            sets[slot] = Array(rows[start..<end])
            start = end
        }
        return sets
    }
}

/// Where the rows of one answer go.
private struct RowSlot: Hashable {
    let session: SessionID
    let phase: Int

    init(session: SessionID, phase: Int) {
        (self.session, self.phase) = (session, phase)
    }

    init(_ stored: StoredRecommendation) {
        self.init(session: stored.row.session, phase: stored.row.phase)
    }
}

extension PlannedRequest {
    fileprivate var slot: RowSlot { RowSlot(session: session.id, phase: phase) }
}
