import ContainerPlatform
import DatabaseHarness
import Domain
package import Observations
package import PostgresClient
import RecommendationEngine
import SafeText
package import Scenarios

/// A deployed service at a URL with its database: it is asked, and never started, stopped or broken.
///
/// The rows of the plan's sessions are the only ones that are looked at; whoever inserted the sessions removes them.
package struct RemoteTarget: Sendable {
    /// Where the service is.
    package let url: ServiceURL
    /// The database that the service writes to.
    package let database: PostgresAddress
    /// What the harness's own engine predicts the rows with.
    package let predictor: RowPredictor
    /// The shared secret of `/recommend`, `nil` where anybody may ask.
    package let secret: String?
    private let redaction: Redaction
    /// How rows are read back.
    package let reading: RowReading
    /// A PEM file of authorities to trust beside the system's, `nil` for none.
    package let authorities: String?
    /// Takes what the run waits for.
    package let progress: ProgressHandler

    /// Creates a target.
    package init(
        url: ServiceURL,
        database: PostgresAddress,
        predictor: RowPredictor,
        secret: String?,
        reading: RowReading = RowReading(),
        authorities: String? = nil,
        progress: @escaping ProgressHandler = { _ in }
    ) {
        self.url = url
        self.database = database
        self.predictor = predictor
        self.secret = secret
        self.redaction = database.redaction.union(secret.map { [$0] } ?? [])
        self.reading = reading
        self.authorities = authorities
        self.progress = progress
    }

    /// Replays a plan whose sessions are in the database, at the moments that it states.
    ///
    /// The plan is one without ``Plan/remoteObstacles``.
    ///
    /// - Throws: ``ServiceUnderTestError`` where the service cannot be asked at all, `PostgresError` where the
    ///   harness's own connection fails, `CancellationError`. What the service answers is observed, not thrown.
    package func observe(_ plan: Plan) async throws -> Observation {
        let service = try await DeployedService(url, trusting: authorities)
        var clock = RemoteClock()
        let health = try await health(of: service)
        clock.record(.health(health))
        let rowReader = RowReader(database)
        let answers = try await replay(plan, to: service, clock: clock, rowReader: rowReader)
        for answer in answers {
            let index = answer.request - 1
            clock.record(.requestArrived(index), at: answer.arrivedAt)
            let outcome: RequestOutcome =
                if answer.response != nil, let state = answer.state {
                    .served(RequestState(state))
                } else {
                    .refused(status: answer.status ?? 503, text: answer.error ?? "no answer")
                }
            clock.record(
                .requestEnded(index, outcome, latency: answer.finishedAt - answer.arrivedAt),
                at: answer.finishedAt
            )
        }
        var summary = StartupSummary()
        // It was there before: its start is not this run's to judge.
        summary.outcome = .ready(at: .zero)
        summary.ended = clock.now
        return Observation(
            target: .remote,
            startup: StartupObservation(
                violations: [],
                summary: summary,
                killMargin: nil,
                timeline: clock.timeline,
                finalHealth: health.status
            ),
            answers: try await predictor.predict(answers, of: plan, in: database),
            rows: try await rowReader.observedRows(of: plan, ownsDatabase: false, as: reading.role),
            receipts: [],
            clock: RealClock(speed: 1)
        )
    }

    private func health(of service: DeployedService) async throws -> ServiceHealth {
        let end = try await service.health(within: .seconds(30))
        guard case .answered(let answer) = end else {
            throw ServiceUnderTestError(.unreachable, "\(url) does not answer /health: \(end.reason)")
        }
        if let redirection = answer.redirection {
            throw ServiceUnderTestError(
                .unreachable,
                "\(url)/health: \(redirection), and is not followed; name the address where the service itself answers"
            )
        }
        guard answer.status == 200, let said = ServiceAnswer.health(answer) else {
            throw ServiceUnderTestError(
                .unreachable,
                "\(url)/health answers \(answer.status) and not what the service says of itself"
            )
        }
        return ServiceHealth(said.status ?? HealthStatus("ok"), recommends: said.ok ?? false)
    }

    private func replay(
        _ plan: Plan,
        to service: DeployedService,
        clock: RemoteClock,
        rowReader: RowReader
    ) async throws -> [ObservedAnswer] {
        try await withThrowingTaskGroup(of: ObservedAnswer.self) { group in
            var answers: [ObservedAnswer] = []
            var running = 0
            for request in plan.requests {
                progress("request \(request.number) of \(plan.requests.count)")
                if running >= plan.platform.profile.concurrency, let answer = try await group.next() {
                    answers.append(answer)
                    running -= 1
                }
                let wait = request.at - clock.now
                if wait > .zero { try await Task.sleep(for: wait) }
                group.addTask { try await ask(request, of: plan, service, clock, rowReader) }
                running += 1
            }
            progress("the last answers")
            for try await answer in group { answers.append(answer) }
            return answers.sorted { $0.request < $1.request }
        }
    }

    private func ask(
        _ request: PlannedRequest,
        of plan: Plan,
        _ service: DeployedService,
        _ clock: RemoteClock,
        _ rowReader: RowReader
    ) async throws -> ObservedAnswer {
        func rows() async throws -> [StoredRecommendation] {
            try await rowReader.rows(of: [request.session.id]).filter { $0.row.phase == request.phase }
        }
        let before = try await rows()
        let arrived = clock.now
        let body =
            "{\"session_id\":\"\(request.session.id)\",\"topk_per_model\":\(request.topK),\"phase\":\(request.phase)}"
        let end = try await service.recommend(
            body: body,
            headers: secret.map { [("X-Webhook-Secret", $0)] } ?? [],
            within: plan.platform.requestTimeout
        )
        let finished = clock.now
        var (status, error): (Int?, String?) = (nil, nil)
        var said: AnswerBody?
        switch end {
        case .answered(let answer):
            status = answer.status
            said = answer.status == 200 ? AnswerBody(answer.body) : nil
            if said == nil {
                error = redaction.removed(from: ServiceAnswer.detail(answer))
            }
        case nil:
            (status, error) = (504, PlatformLog.requestTimedOut)
        case let end?:
            error = end.reason
        }
        let promised = said?.completed(for: request)
        let state = promised?.servedState
        let (rowsAfter, appearances): ([StoredRecommendation], [RowAppearance])
        if let promised, reading.wait > .zero {
            let promise = RowPromise(promised, session: request.session.id, phase: request.phase, before: before)
            (rowsAfter, appearances) = try await rowReader.landing(of: promise, within: reading.wait)
        } else {
            (rowsAfter, appearances) = (try await rows(), [])
        }
        return ObservedAnswer(
            request: request.number,
            session: request.session.id,
            arrivedAt: arrived,
            finishedAt: finished,
            status: status,
            // A service that broke off may have written its rows.
            state: state ?? (status == nil || status == 504 ? .full : nil),
            response: said?.completed(for: request, rows: rowsAfter),
            bodyFaults: said?.faults ?? [],
            error: error,
            rowsBefore: before,
            rowsAfter: rowsAfter,
            appearances: appearances
        )
    }
}

/// The time of a replay against a deployed service, and what happened in it.
private struct RemoteClock: Sendable {
    private let start = ContinuousClock.now
    private var entries: [Timeline.Entry] = []

    /// The time since the replay began.
    var now: Duration { ContinuousClock.now - start }

    /// What happened, in the order of time.
    var timeline: Timeline {
        var timeline = Timeline()
        timeline.entries = entries.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
        return timeline
    }

    /// Records an event, now or at another moment.
    mutating func record(_ event: TimelineEvent, at moment: Duration? = nil) {
        entries.append(Timeline.Entry(moment: moment ?? now, event: event))
    }
}

extension Exchange.End {
    /// How the exchange ended, for a message.
    var reason: String {
        switch self {
        case .checked, .connected: "it was not asked for anything"
        case .answered(let answer): "it answered \(answer.status)"
        case .refused: "the connection was refused"
        case .broken(let reason), .malformed(let reason): reason
        }
    }
}
