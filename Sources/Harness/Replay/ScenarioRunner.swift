package import Checks
import DatabaseHarness
import Domain
import ModelFiles
import PostgresClient
import RecommendationEngine
package import Scenarios

/// Runs scenarios, side by side where that is allowed, and tells recorders what happens.
package struct ScenarioRunner {
    private let options: RunOptions
    private let inputs: RunInputs
    private let clock = ContinuousClock()

    /// Creates a runner.
    package init(options: RunOptions) {
        self.options = options
        self.inputs = RunInputs(environment: options.environment)
    }

    /// Runs scenarios in order; cancelling the task ends the run, with what has finished by then as its result.
    ///
    /// - Parameters:
    ///   - scenarios: The scenarios.
    ///   - places: The places of the scenarios in the order in which they are begun; `nil` for their own.
    ///   - schema: The text of `scenarios/schema.sql`, for databases of the run's own.
    ///   - notify: Says something about the run as a whole, such as how to connect to a kept cluster.
    ///   - record: Takes the events in order.
    /// - Returns: The results of all scenarios, also of those that were not run.
    /// - Throws: `PostgresError` or `ScenarioError` where the database cannot be prepared.
    package func run(
        _ scenarios: [Scenario],
        beginning places: [Int]? = nil,
        schema: String,
        notify: (String) -> Void,
        record: (RunEvent) -> Void
    ) async throws -> RunResult {
        precondition(places.map { $0.sorted() == Array(scenarios.indices) } != false, "an order of other scenarios")
        let start = clock.now
        record(.runStarted(RunStart(toolVersion: options.toolVersion, seed: options.seed, scenarios: scenarios)))
        let results = try await withDatabases(for: scenarios, schema: schema, notify: notify) { databases in
            let (progress, said) = AsyncStream.makeStream(of: Ended.self)
            defer { said.finish() }
            let runs = scenarios.enumerated()
                .map { index, scenario in
                    ScenarioRun(
                        scenario: scenario,
                        index: index,
                        inputs: inputs,
                        databases: databases,
                        options: options,
                        progress: { said.yield(.progress(index: index, waitsFor: $0)) }
                    )
                }
            return await self.results(
                of: runs,
                beginning: places,
                jobs: databases.areOwned ? options.jobs : 1,
                since: start,
                progress: progress,
                record: record
            )
        }
        for line in precisionLines(of: scenarios) { notify(line) }
        let result = RunResult(
            results: results,
            toolVersion: options.toolVersion,
            seed: options.seed,
            fingerprints: inputs.fingerprints(of: scenarios),
            wallTime: clock.now - start,
            wasInterrupted: Task.isCancelled
        )
        record(.runFinished(result))
        return result
    }

    /// What verified precision did in this process, a bundle and the settings of its scenarios at a time; a service that
    /// is a process of its own says so in its log.
    private func precisionLines(of scenarios: [Scenario]) -> [String] {
        var lines: [String] = []
        for service in scenarios.map(\.service) where service.p5.precision == .verified {
            // One that cannot be opened has said so in its scenario.
            let models = try? inputs.bundle(in: service.bundle.value).models
            guard let report = models?.precision(under: service.p5), report.prompts > 0 else { continue }
            lines += report.lines.map { "\(service.bundle.value): \($0)" }.filter { !lines.contains($0) }
        }
        return lines
    }

    /// The SHA-256 of every model file that scenarios name and that can be opened.
    package func fingerprints(of scenarios: [Scenario]) -> [RunResult.Fingerprint] {
        inputs.fingerprints(of: scenarios)
    }

    private func withDatabases<Value: Sendable>(
        for scenarios: [Scenario],
        schema: String,
        notify: (String) -> Void,
        _ body: (any ScenarioDatabases) async -> Value
    ) async throws -> Value {
        if case .existing(let address) = options.database {
            await removeLeftOver(in: address, notify: notify)
            return try await RunGuard.with(address) { runGuard in
                var database = ExistingDatabase(address: address, mark: runGuard.mark)
                if case .remote(let settings) = options.target {
                    database.keepsRows = settings.keepsRows
                    database.drawsTakenSessions = true
                }
                return await body(database)
            }
        }
        var cluster = ThrowAwayCluster.Options()
        cluster.keep = options.database == .kept
        return try await ThrowAwayCluster.with(cluster) { cluster in
            let databases = try await OwnedDatabases(in: cluster, for: scenarios, schema: schema, inputs: inputs)
            let value = await body(databases)
            if cluster.isKept {
                notify("the databases stay up, one a scenario (\\l lists them); connect with: \(cluster.howToConnect)")
                notify("stop it and remove its files with: \(cluster.howToStop)")
            }
            return value
        }
    }

    /// Removes the sessions that runs which were killed have left, and says so.
    ///
    /// A failure here is not reported: the scenarios meet the same obstacle and report it.
    private func removeLeftOver(in address: PostgresAddress, notify: (String) -> Void) async {
        guard let removed = try? await OwnSessions(address).remove(.leftOver).removed, !removed.isEmpty else { return }
        let named = removed.prefix(3).map(\.id).joined(separator: ", ") + (removed.count > 3 ? ", …" : "")
        notify(
            "removed \(removed.count) \(removed.count == 1 ? "session" : "sessions") that an earlier run had left in the database: \(named)"
        )
    }

    private func results(
        of runs: [ScenarioRun],
        beginning places: [Int]?,
        jobs: Int,
        since start: ContinuousClock.Instant,
        progress: AsyncStream<Ended>,
        record: (RunEvent) -> Void
    ) async -> [ScenarioResult] {
        var results: [Int: ScenarioResult] = [:]
        var reasonToStop: String?
        // What the machine was too busy for is tried again when nothing else runs.
        var postponed: [ScenarioRun] = []
        var triedAgain = 0
        await withTaskGroup(of: Ended.self) { group in
            if let limit = options.timeLimit {
                group.addTask {
                    try? await Task.sleep(until: start + limit, clock: .continuous)
                    return .timeLimit
                }
            }
            func awaitProgress() {
                group.addTask {
                    for await news in progress { return news }
                    return .silence
                }
            }
            awaitProgress()
            var waiting = (places.map { $0.map { runs[$0] } } ?? runs)[...]
            var running = 0
            while running > 0 || !waiting.isEmpty || triedAgain < postponed.count {
                if running == 0, waiting.isEmpty {
                    waiting = [postponed[triedAgain]]
                    triedAgain += 1
                }
                while running < jobs, reasonToStop == nil, !Task.isCancelled, let run = waiting.popFirst() {
                    if run.attempt == 1 { record(.scenarioStarted(index: run.index)) }
                    group.addTask { .scenario(try? await run.result(), index: run.index) }
                    running += 1
                }
                guard running > 0, let ended = await group.next() else { break }
                switch ended {
                case .silence: break
                case .progress(let index, let what):
                    if results[index] == nil { record(.scenarioWaiting(index: index, for: what)) }
                    awaitProgress()
                case .timeLimit:
                    guard !Task.isCancelled else { continue }
                    reasonToStop = "the time limit was reached"
                    group.cancelAll()
                case .scenario(let result, let index):
                    running -= 1
                    guard let result else { continue }
                    if reasonToStop == nil, let run = runs[index].nextAttempt(after: result) {
                        postponed.append(run)
                        continue
                    }
                    results[index] = result
                    record(.scenarioFinished(result, index: index))
                    if result.failure != nil, !options.continuesOnError, reasonToStop == nil {
                        reasonToStop = "\(result.scenario.name.value) could not be run (--continue-on-error goes on)"
                    }
                }
            }
            group.cancelAll()
        }
        // Where there was no time to try again the last attempt is what there is.
        for run in postponed.reversed() where results[run.index] == nil {
            guard let result = run.earlier.last else { continue }
            results[run.index] = result
            record(.scenarioFinished(result, index: run.index))
        }
        // An interrupted run shows what it has; a stopped one says of every scenario why it was not run.
        guard !Task.isCancelled else { return runs.compactMap { results[$0.index] } }
        return runs.map { run in
            if let result = results[run.index] { return result }
            let result = run.notRun(because: reasonToStop ?? "the run ended early")
            record(.scenarioFinished(result, index: run.index))
            return result
        }
    }

    /// What a task of the group came to.
    private enum Ended: Sendable {
        /// A scenario waits for something else than before.
        case progress(index: Int, waitsFor: String)
        /// Nothing more is said of what scenarios wait for.
        case silence
        /// The run has taken as long as it may.
        case timeLimit
        /// A scenario has ended, without a result where it was cancelled.
        case scenario(ScenarioResult?, index: Int)
    }
}

extension RunInputs {
    /// The fingerprints of every bundle that scenarios name and that can be opened, in the order of the paths.
    func fingerprints(of scenarios: [Scenario]) -> [RunResult.Fingerprint] {
        let bundles = Set(scenarios.map(\.service.bundle.value)).sorted()
        return bundles.flatMap { directory -> [RunResult.Fingerprint] in
            guard let fingerprints = try? fingerprints(ofBundleIn: directory) else { return [] }
            return fingerprints.sorted { $0.key < $1.key }
                .map { name, digest in
                    RunResult.Fingerprint(path: join(directory, name), sha256: digest)
                }
        }
    }
}
