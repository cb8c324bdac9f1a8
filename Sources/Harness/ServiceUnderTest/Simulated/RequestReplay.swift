import ContainerPlatform
import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresStore
import RecommendationEngine
import Scenarios

/// Takes the steps of a simulated run in the database: answers, ratings and rounds of precomputing, in their order.
struct RequestReplay {
    /// The database.
    private let target: SimulatedTarget
    /// The plan that the requests belong to.
    private let plan: Plan
    /// The harness's own connection.
    private let rowReader: RowReader
    private let engine: SimulatedEngine

    /// Creates a replay of a plan.
    ///
    /// - Parameters:
    ///   - target: The models and the database.
    ///   - plan: The plan.
    ///   - database: The service's way to the database.
    ///   - rowReader: The harness's own connection.
    ///   - ledger: Where the receipts of faults go.
    init(
        target: SimulatedTarget,
        plan: Plan,
        database: FaultyDatabase,
        rowReader: RowReader,
        ledger: FaultLedger
    ) {
        self.target = target
        self.plan = plan
        self.rowReader = rowReader
        engine = SimulatedEngine(
            target: target,
            plan: plan,
            database: database,
            rowReader: rowReader,
            ledger: ledger,
            connections: Self.sideBySide
        )
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
            pipeline: engine.pipeline
        )
        var answers: [ObservedAnswer] = []
        answers.reserveCapacity(simulated.count)
        var precomputed: [PrecomputedSet] = []
        let due = simulated.map { $0.ended ?? .zero }
        for (moment, step) in ReplayStep.steps(of: plan, answersDue: due, timeline: timeline) {
            try Task.checkCancellation()
            engine.advance(to: moment)
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
            // Time stands still until then.
            await engine.settle()
        }
        return (answers.sorted { $0.request < $1.request }, precomputed)
    }

    /// Answers requests of different sessions, whose rows are read together before and after.
    private func answers(
        to requests: [(planned: PlannedRequest, simulated: InstanceRequest)]
    ) async throws -> [ObservedAnswer] {
        let before = try await rowReader.sets(of: requests.map(\.planned))
        let replies = try await requests.mapSideBySide(Self.sideBySide) { planned, simulated in
            try await engine.reply(to: planned, simulated)
        }
        if target.reading.wait > .zero {
            return try await landed(zip(requests, replies).map { ($0.planned, $0.simulated, $1) }, before)
        }
        let after = try await rowReader.sets(of: requests.map(\.planned))
        return zip(requests, replies)
            .map { request, reply in
                let rows = Array(after[request.planned.slot])
                return observed(request.planned, request.simulated, reply, before, after: (rows, []))
            }
    }

    /// Waits for the rows that each answer promised.
    private func landed(
        _ replies: [(PlannedRequest, InstanceRequest, SimulatedEngine.Reply)],
        _ before: RowsBySession
    ) async throws -> [ObservedAnswer] {
        var answers: [ObservedAnswer] = []
        for (planned, simulated, reply) in replies {
            let after: ([StoredRecommendation], [RowAppearance])
            if let response = reply.recommendation?.response {
                let promise = RowPromise(
                    response,
                    session: planned.session.id,
                    phase: planned.phase,
                    before: Array(before[planned.slot])
                )
                after = try await rowReader.landing(of: promise, within: target.reading.wait)
            } else {
                after = (Array(try await rowReader.sets(of: [planned])[planned.slot]), [])
            }
            answers.append(observed(planned, simulated, reply, before, after: after))
        }
        return answers
    }

    private func observed(
        _ planned: PlannedRequest,
        _ simulated: InstanceRequest,
        _ reply: SimulatedEngine.Reply,
        _ before: RowsBySession,
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
            rowsBefore: Array(before[planned.slot]),
            rowsAfter: after.rows,
            appearances: after.appearances,
            notes: reply.recommendation?.notes ?? []
        )
        // Nothing else looks at whole rankings.
        return plan.expectations.areAboutRankings || target.keepsRankings ? answer : answer.keepingPlaces(planned.topK)
    }
}
