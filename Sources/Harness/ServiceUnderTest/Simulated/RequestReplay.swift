import ContainerPlatform
import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresStore
import RecommendationEngine
import Scenarios

/// Answers the requests of a simulated instance with the real engine.
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
        let store = PostgresRecommendationStore(database.address)
        let visitors = Seeder(target.database, seed: plan.seed)
        var rounds = PrecomputeRounds(
            store: PrecomputeStore(pool: PostgresPool(target.database, size: 1)) { _, _ in }
        )
        var answers: [ObservedAnswer] = []
        var precomputed: [PrecomputedSet] = []
        for (moment, step) in ReplayStep.steps(of: plan, requests: simulated, timeline: timeline) {
            try Task.checkCancellation()
            switch step {
            case .answer(let index):
                answers.append(try await answer(to: plan.requests[index], simulated[index], store: store))
            case .rating(let given):
                try await visitors.insert(given.rating, of: given.session, index: given.index)
            case .precompute:
                let recommender = try target.models.recommender(in: .svdOnly, options: target.options)
                precomputed += try await rounds.run(with: recommender)
                    .map { made in
                        PrecomputedSet(
                            session: made.session,
                            phase: PrecomputeRounds.phase,
                            moment: moment,
                            ranking: made.ranking
                        )
                    }
            }
        }
        return (answers.sorted { $0.request < $1.request }, precomputed)
    }

    private func answer(
        to request: PlannedRequest,
        _ simulated: InstanceRequest,
        store: PostgresRecommendationStore
    ) async throws -> ObservedAnswer {
        let rowsBefore = try await rows(for: request)
        var status = simulated.status
        var error = simulated.refusal
        var finished = simulated.ended ?? simulated.arrived
        var recommendation: Recommendation?
        if let state = simulated.state {
            await database.prepare(
                request: request.number,
                servedIn: simulated.arrived...max(simulated.arrived, finished)
            )
            do {
                recommendation = try await recommend(request, in: state, store: store)
            } catch let refusal as ServiceError {
                (status, error) = (refusal.status, refusal.detail)
            } catch let failure {
                try Task.checkCancellation()
                (status, error) = (500, "\(failure)")
            }
            if await database.conclude(request: request.number) {
                (status, error) = (504, PlatformLog.requestTimedOut)
                finished = simulated.arrived + plan.platform.profile.requestTimeout
            }
        }
        let (rowsAfter, appearances) = try await rows(after: recommendation?.response, request, before: rowsBefore)
        return ObservedAnswer(
            request: request.number,
            session: request.session.id,
            arrivedAt: simulated.arrived,
            finishedAt: finished,
            status: status,
            state: simulated.state,
            response: recommendation?.response,
            error: error,
            rankings: recommendation?.rankings ?? [],
            textGaps: recommendation?.textGaps ?? [:],
            rowsBefore: rowsBefore,
            rowsAfter: rowsAfter,
            appearances: appearances,
            notes: recommendation?.notes ?? []
        )
    }

    private func recommend(
        _ request: PlannedRequest,
        in state: ServingState,
        store: PostgresRecommendationStore
    ) async throws -> Recommendation {
        var faultyStore = store
        if let faults = DatabaseFaults(of: plan, request: request.number, rowReader: rowReader, ledger: ledger) {
            faultyStore = store.observing { await faults.strike(at: $0) }
        }
        var recommender = try target.models.recommender(in: state, options: target.options)
        if state == .full, let (fault, message) = scoringFault(of: request.number) {
            let failing = FailingReranker(message: message) { [ledger] films in
                let evidence = "P5 failed in request \(request.number) when asked to rerank \(films) films: \(message)"
                ledger.record(fault, evidence)
            }
            recommender = Recommender(svd: recommender.svd, p5: failing, scoreFormula: recommender.scoreFormula)
        }
        return try await RecommendationPipeline(store: target.decorate(faultyStore))
            .recommend(
                RecommendRequest(session: request.session.id, topKPerModel: request.topK, phase: request.phase),
                with: recommender,
                startingWith: plan.displayStart(ofRequest: request.number)
            )
    }

    private func scoringFault(of request: Int) -> (fault: Int, message: String)? {
        for planned in plan.faults {
            if case .scoring(let message, let number) = planned.fault, number == nil || number == request {
                return (planned.number, message)
            }
        }
        return nil
    }

    private func rows(
        after response: RecommendResponse?,
        _ request: PlannedRequest,
        before: [StoredRecommendation]
    ) async throws -> ([StoredRecommendation], [RowAppearance]) {
        guard let response, target.reading.wait > .zero else { return (try await rows(for: request), []) }
        let promise = RowPromise(response, session: request.session.id, phase: request.phase, before: before)
        return try await rowReader.landing(of: promise, within: target.reading.wait)
    }

    private func rows(for request: PlannedRequest) async throws -> [StoredRecommendation] {
        try await rowReader.rows(of: [request.session.id]).filter { $0.row.phase == request.phase }
    }
}
