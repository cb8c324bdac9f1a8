import Checks
import Domain
import Goldens
import Observations
import P5
import PostgresClient
import RecommendationEngine
import Scenarios
import ServiceUnderTest

/// Runs one scenario: resolves its plan, observes it, and judges what was seen.
struct ScenarioRun: Sendable {
    /// The scenario.
    let scenario: Scenario
    /// Its place in the run, from 0.
    let index: Int
    /// The files that scenarios share.
    let inputs: RunInputs
    /// Where the rows go.
    let databases: any ScenarioDatabases
    /// How the run is made.
    var options: RunOptions
    /// The results of the attempts before it.
    var earlier: [ScenarioResult] = []
    /// Takes what the run waits for.
    var progress: ProgressHandler = { _ in }
    /// Which attempt it is, from 1.
    var attempt: Int { earlier.count + 1 }

    /// Runs the scenario and judges what was seen; an error becomes a failure of the result.
    ///
    /// - Throws: `CancellationError` alone.
    func result() async throws -> ScenarioResult {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let plan = try inputs.plan(of: scenario, seed: options.seed)
            try requireKnownMovies()
            let goldens = try goldens()
            let (observation, seen) = try await observe(plan)
            let evidence = try evidence(of: observation, plan: seen, goldens: goldens)
            let titles = try inputs.titles(at: scenario.catalogue.value)
            return result(evidence: evidence, titles: titles, wallTime: clock.now - start)
        } catch let failure where !Task.isCancelled {
            return result(failure: ScenarioResult.Failure(failure), wallTime: clock.now - start)
        }
    }

    /// The goldens that the scenario names; movies and sessions that its files do not have are an error.
    private func goldens() throws -> [ServingState: GoldenRankings] {
        guard !scenario.expectations.rankings.isEmpty else { return [:] }
        let movies = Set(try inputs.catalogue(at: scenario.catalogue.value).map(\.id))
        let sessions = Set(try inputs.recordedSessions(at: scenario.sessions.file.value).map(\.id))
        return try scenario.expectations.rankings.mapValues {
            let golden = try inputs.goldenRankings(at: $0)
            try golden.requireKnown(movies: movies, sessions: sessions)
            return golden
        }
    }

    /// Refuses statements about movies that the catalogue does not have: they would hold or fail whatever is ranked.
    private func requireKnownMovies() throws {
        let places = scenario.expectations.places
        guard !places.isEmpty else { return }
        let catalogue = scenario.catalogue.value
        let known = Set(try inputs.catalogue(at: catalogue).map(\.id))
        for place in places {
            guard let movie = place.value.statement.movies.first(where: { !known.contains($0) }) else { continue }
            throw ScenarioError(.unknownName, at: place.location, "the catalogue \(catalogue) has no movie \(movie)")
        }
    }

    /// The result of a scenario that was not run.
    func notRun(because reason: String) -> ScenarioResult {
        result(failure: .init(message: "not run: \(reason)", exitCode: .inconclusive), wallTime: .zero)
    }

    /// Observes the plan, or one that differs from it in the sessions' ids.
    private func observe(_ plan: Plan) async throws -> (Observation, Plan) {
        guard !plan.platform.isRefused else { return (.refusal(of: plan, target: options.target.kind), plan) }
        let bundle = try inputs.bundle(in: plan.service.bundle.value)
        var models = bundle.models
        if options.target == .simulated { models = try options.alteration.models(models, bundle.paths) }
        models.scoreFormula = plan.service.scoreFormula
        // Settings that do not fit the bundle are a mistake of the scenario, not an answer of the service.
        _ = try models.recommender(in: .full, settings: plan.service.p5)
        try options.target.requirePossible(plan)
        return try await databases.withDatabase(for: plan, index: index, attempt: attempt) { [models] lent in
            guard lent.plan.sessions == plan.sessions || !plan.expectations.areAboutRankings else {
                throw ServiceUnderTestError(
                    .notImposable,
                    "the recorded sessions are in the database already, and under other ids P5 ranks otherwise than "
                        + "the scenario expects: use another database, or remove `rankings` and `places` from it"
                )
            }
            let observation = try await target(for: lent, models: models).observe(lent.plan)
            try models.requirePrecision(under: plan.service.p5)
            return (observation, lent.plan)
        }
    }

    /// The target that the run is made against, on a database that holds the plan.
    private func target(for lent: LentDatabase, models: LoadedModels) throws -> any Target {
        let plan = lent.plan
        let predictor = RowPredictor(models: models, settings: plan.service.p5)
        switch options.target {
        case .simulated:
            return SimulatedTarget(
                models: models,
                settings: plan.service.p5,
                database: lent.address,
                server: lent.server,
                ownsDatabase: databases.areOwned,
                reading: options.reading,
                alteration: options.alteration,
                keepsRankings: options.keepsRankings
            )
        case .process(let process):
            return ProcessTarget(
                command: ServiceCommand(program: process.program, inherited: options.environment),
                predictor: predictor,
                paths: try inputs.bundle(in: plan.service.bundle.value).paths,
                database: lent.address,
                server: lent.server,
                ownsDatabase: databases.areOwned,
                reading: options.reading,
                speed: process.speed.value(for: plan),
                logPath: process.logPath(of: plan.name),
                progress: progress
            )
        case .remote(let remote):
            return RemoteTarget(
                url: remote.url,
                database: lent.address,
                predictor: predictor,
                secret: remote.secret,
                reading: options.reading,
                authorities: options.environment["SSL_CERT_FILE"],
                progress: progress
            )
        }
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
            timeline: try scenario.expectations.timeline.map(inputs.goldenTimeline),
            catalogue: Set(try inputs.catalogue(at: catalogue).map(\.id)),
            fingerprints: goldens.isEmpty ? [:] : try inputs.fingerprints(ofBundleIn: scenario.service.bundle.value),
            sessionsSHA256: try inputs.fingerprint(of: scenario.sessions.file.value),
            catalogueSHA256: try inputs.fingerprint(of: catalogue)
        )
    }

    private func result(
        evidence: Evidence? = nil,
        titles: [MovieID: String] = [:],
        failure: ScenarioResult.Failure? = nil,
        wallTime: Duration
    ) -> ScenarioResult {
        let verdicts = evidence?.verdicts() ?? []
        let reproduction = Reproduction(of: scenario, options).text
        let acceptance = evidence.flatMap { Acceptance(of: $0, verdicts, in: scenario, options) }
        return ScenarioResult(
            scenario: scenario,
            plan: evidence?.plan,
            observation: evidence?.observation,
            verdicts: verdicts,
            ledger: evidence?.ledger,
            failure: failure,
            attempts: earlier,
            wallTime: wallTime,
            reproduction: reproduction,
            acceptance: acceptance?.command(foundBy: reproduction),
            titles: titles
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
