import Checks
import Domain
import Goldens
import Observations
import P5
import PostgresClient
import RecommendationEngine
import Scenarios
import ServiceUnderTest

/// The way of one scenario: file, plan, observation, verdicts.
struct ScenarioRun: Sendable {
    /// The scenario.
    let scenario: Scenario
    /// Its place in the run, from 0.
    let index: Int
    /// The files that scenarios share.
    let library: Library
    /// Where the rows go.
    let databases: any ScenarioDatabases
    /// How the run is made.
    var options: RunOptions
    /// The results of the attempts before it.
    var earlier: [ScenarioResult] = []
    /// Which attempt it is, from 1.
    var attempt: Int { earlier.count + 1 }

    /// Runs the scenario and judges what was seen; an error becomes a failure of the result.
    ///
    /// - Throws: `CancellationError` alone.
    func result() async throws -> ScenarioResult {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let plan = try self.plan()
            let goldens = try scenario.expectations.rankings.mapValues { try library.goldenRankings(at: $0) }
            let (observation, seen) = try await observe(plan)
            let evidence = try evidence(of: observation, plan: seen, goldens: goldens)
            return result(evidence: evidence, wallTime: clock.now - start)
        } catch let failure where !Task.isCancelled {
            return result(failure: ScenarioResult.Failure(failure), wallTime: clock.now - start)
        }
    }

    /// The result of a scenario that was not run.
    func notRun(because reason: String) -> ScenarioResult {
        result(failure: .init(message: "not run: \(reason)", exitCode: .inconclusive), wallTime: .zero)
    }

    private func plan() throws -> Plan {
        let measured =
            scenario.stages.stagesToMeasure.isEmpty
            ? [:] : try library.bundle(in: scenario.service.bundle.value).durations
        return try scenario.plan(
            sessions: try library.recordedSessions(at: scenario.sessions.file.value),
            seed: options.seed,
            measured: measured
        )
    }

    /// Observes the plan, or one that differs from it in the sessions' ids.
    private func observe(_ plan: Plan) async throws -> (Observation, Plan) {
        guard !scenario.platform.isRefused else { return (.refusal(of: plan, target: options.target.kind), plan) }
        let service = scenario.service
        let settings = service.p5
        var models = try library.bundle(in: service.bundle.value).models
        models.scoreFormula = service.scoreFormula
        // Settings that do not fit the bundle are a mistake of the scenario, not an answer of the service.
        _ = try models.recommender(in: .full, options: settings)
        if case .remote(let remote) = options.target {
            return try await observe(plan, at: remote, predictor: RowPredictor(models: models, options: settings))
        }
        let observation = try await databases.withDatabase(for: plan, index: index, attempt: attempt) { [models] lent in
            switch options.target {
            case .simulated, .remote:
                try await SimulatedTarget(
                    models: models,
                    options: settings,
                    database: lent.address,
                    server: lent.server,
                    ownsDatabase: databases.areOwned,
                    reading: options.reading,
                    decorate: options.decorate
                )
                .observe(plan)
            case .process(let process):
                try await target(process, of: plan, models: models, settings: settings, database: lent).observe(plan)
            }
        }
        return (observation, plan)
    }

    private func observe(
        _ plan: Plan,
        at remote: RemoteSettings,
        predictor: RowPredictor
    ) async throws -> (Observation, Plan) {
        let obstacles = plan.remoteObstacles
        guard obstacles.isEmpty else {
            throw ServiceUnderTestError(
                .notImposable,
                "a deployed service cannot run this scenario: \(obstacles.joined(separator: "; "))"
            )
        }
        guard let database = databases as? ExistingDatabase else {
            throw ServiceUnderTestError(.badAddress, "a deployed service has a database; name it with --db")
        }
        return try await database.withFreeSessions(for: plan) { [recorded = plan.sessions] address, plan in
            guard plan.sessions == recorded || scenario.expectations.rankings.isEmpty else {
                throw ServiceUnderTestError(
                    .notImposable,
                    "the recorded sessions are in the database already, and under other ids P5 ranks otherwise than "
                        + "the golden says: use another database, or remove `rankings` from the scenario"
                )
            }
            let target = RemoteTarget(
                url: remote.url,
                database: address,
                predictor: predictor,
                secret: remote.secret,
                reading: options.reading,
                authorities: options.environment["SSL_CERT_FILE"]
            )
            return (try await target.observe(plan), plan)
        }
    }

    private func target(
        _ process: ProcessSettings,
        of plan: Plan,
        models: LoadedModels,
        settings: P5Settings,
        database: LentDatabase
    ) throws -> ProcessTarget {
        ProcessTarget(
            command: ServiceCommand(program: process.program, inherited: options.environment),
            predictor: RowPredictor(models: models, options: settings),
            paths: try library.bundle(in: scenario.service.bundle.value).paths,
            database: database.address,
            server: database.server,
            ownsDatabase: databases.areOwned,
            reading: options.reading,
            speed: process.speed.value(for: plan),
            logPath: process.logPath(of: scenario.name.value)
        )
    }

    private func evidence(
        of observation: Observation,
        plan: Plan,
        goldens: [ServingState: GoldenRankings]
    ) throws -> Evidence {
        let catalogue = scenario.catalogue.value
        return Evidence(
            plan: plan,
            observation: observation,
            goldens: goldens,
            catalogue: Set(try library.catalogue(at: catalogue).map(\.id)),
            fingerprints: goldens.isEmpty ? [:] : try library.fingerprints(ofBundleIn: scenario.service.bundle.value),
            sessionsSHA256: try library.fingerprint(of: scenario.sessions.file.value),
            catalogueSHA256: try library.fingerprint(of: catalogue)
        )
    }

    private func result(
        evidence: Evidence? = nil,
        failure: ScenarioResult.Failure? = nil,
        wallTime: Duration
    ) -> ScenarioResult {
        ScenarioResult(
            scenario: scenario,
            observation: evidence?.observation,
            verdicts: evidence?.verdicts() ?? [],
            ledger: evidence?.ledger,
            failure: failure,
            attempts: earlier,
            wallTime: wallTime,
            reproduction: Reproduction(of: scenario, options).text
        )
    }
}

extension ScenarioResult.Failure {
    /// The failure that an error means: a file that the user wrote, or the environment.
    package init(_ error: any Error) {
        switch error {
        case is ScenarioError, is GoldenError: self.init(message: "\(error)", exitCode: .usage)
        case let error as ServiceUnderTestError where error.code == .notImposable:
            self.init(message: "\(error)", exitCode: .inconclusive)
        default: self.init(message: "\(error)", exitCode: .environment)
        }
    }
}
