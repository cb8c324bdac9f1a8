import Checks
import ContainerPlatform
import Domain
import Observations
import Scenarios
import SourcePlaces

/// Scenarios with everything that can be observed of them, made from simulated starts.
enum Samples {
    static func location(_ file: String, _ line: Int, _ column: Int) -> SourceLocation {
        SourceLocation(file: "scenarios/\(file).yaml", line: line, column: column)
    }

    static func scenario(
        _ name: String,
        teaches: String = "How a start is reported.",
        showsDefect: String? = nil,
        strategy: InitialisationStrategy = .blocking,
        probe: ProbeConfiguration = .cloudRunDefault,
        cpu: CPUAllocation = CPUAllocation(billing: .instanceBased, startupBoost: false)
    ) -> Scenario {
        let start = location(name, 1, 1)
        return Scenario(
            name: Located(name, at: location(name, 1, 7)),
            teaches: teaches,
            showsDefect: showsDefect,
            seed: 7,
            platform: PlatformConditions(cpu: cpu, probe: Located(probe, at: start)),
            service: ServiceSettings(strategy: strategy, bundle: Located("bundle", at: start)),
            stages: StageTimings(),
            sessions: SessionSource(file: Located("s.jsonl", at: start), selection: Located(.all, at: start)),
            catalogue: Located("catalogue.jsonl", at: start),
            expectations: Expectations(),
            source: start
        )
    }

    static func startup(
        _ scenario: Scenario,
        stages: [(name: String, seconds: Double)],
        listensAfter: Int? = nil,
        rowsAfter: Int? = nil,
        requests: [Duration] = [],
        health: String? = nil,
        horizon: Duration? = nil
    ) -> StartupObservation {
        let process = StagedProcess(
            stages: stages.map { .init($0.name, cpu: .seconds($0.seconds)) },
            listensAfter: listensAfter,
            rowsAfter: rowsAfter
        )
        let plan = InstancePlan(
            probe: scenario.platform.probe.value,
            cpu: scenario.platform.cpu,
            requests: requests,
            horizon: horizon
        )
        let simulation = InstanceSimulation(plan: plan, process: process)
        let result = simulation.run(seed: scenario.seed)
        return StartupObservation(
            violations: scenario.platform.probeViolations,
            summary: result.summary,
            killMargin: simulation.killMargin(seed: scenario.seed),
            timeline: result.timeline,
            finalHealth: health.map { HealthStatus($0) }
        )
    }

    static func session(_ number: Int) -> SessionID {
        let digits = String(number)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = SessionID("a05f020e-c391-4ba9-bfb3-" + padded) else { preconditionFailure(padded) }
        return id
    }

    static let movies: [MovieID] = ["318", "50", "296", "2571", "527", "858", "593", "260", "1196", "110"]

    static func answer(
        _ request: Int,
        at: Duration,
        took: Duration = .seconds(2),
        state: ServingState = .full,
        saved: (svd: Int, p5: Int) = (10, 10)
    ) -> ObservedAnswer {
        let entries = movies.prefix(max(saved.svd, saved.p5)).enumerated()
            .map { index, movie in
                DisplayList.Entry(model: index % 2 == 0 ? .svd : .p5, movie: movie, order: index + 1)
            }
        return ObservedAnswer(
            request: request,
            session: session(request),
            arrivedAt: at,
            finishedAt: at + took,
            status: 200,
            state: state,
            response: RecommendResponse(
                session: session(request),
                phase: 2,
                svdTopSaved: saved.svd,
                p5TopSaved: saved.p5,
                svdTop100Size: saved.svd > 0 ? 100 : 0,
                display: DisplayList(entries: Array(entries))
            ),
            notes: state == .svdOnly ? ["P5 is not loaded"] : []
        )
    }

    static func rows(_ summary: [LandingSummaryLine], visitors: Int, fallbacks: Int = 0) -> ObservedRows {
        ObservedRows(
            recommendations: [],
            summary: summary,
            visitors: (1...visitors)
                .map {
                    VisitorView(session: session($0), movies: movies, isFallback: $0 <= fallbacks)
                }
        )
    }

    /// Ten SVD rows of which one is lost, one has another score and two have changed places; one more is a phantom.
    static var faultyLedger: RowLedger {
        let rows = movies.enumerated()
            .map { index, movie in
                ExpectedRow(
                    key: .init(session: session(1), phase: 2, model: .svd, movie: movie),
                    rank: index + 1,
                    score: 4 - Double(index) / 8,
                    displayOrder: index + 1
                )
            }
        func stored(_ movie: MovieID, _ rank: Int, _ score: Double) -> StoredRecommendation {
            let row = RecommendationRow(
                session: session(1),
                movie: movie,
                score: score,
                model: .svd,
                phase: 2,
                rank: rank,
                displayOrder: rank
            )
            return StoredRecommendation(row: row, createdAt: Timestamp(microseconds: 0))
        }
        var found = rows.dropLast().map { stored($0.key.movie, $0.rank ?? 0, $0.score ?? 0) }
        found[2] = stored(movies[2], 3, 1.5)
        found[5] = stored(movies[5], 7, 3.375)
        found[6] = stored(movies[6], 6, 3.25)
        found.append(stored("99999", 10, 2.875))
        let set = ExpectedSet(session: session(1), phase: 2, request: 1, rows: rows, saved: [.svd: 10])
        return RowLedger(RowAccount(expected: [set], found: found))
    }
}
