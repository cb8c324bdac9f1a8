import Checks
import Domain
import Replay
import Reports
import ResultStore
import Scenarios
import Shards
import SourcePlaces

/// What every shard of a run knows of the whole.
private struct RunPlan: Codable {
    var run: PlannedRun
    var fingerprints: [RunReport.Fingerprint]
}

/// The real times of a shard, which are no part of what it found.
private struct RunTimes: Codable {
    /// By the number of the scenario, in seconds.
    var scenarios: [String: Double]
}

extension RunCommand: MergeableCommand {
    /// Runs the scenarios of a shard, and writes its file.
    ///
    /// - Parameters:
    ///   - part: The shard.
    ///   - scenarios: All chosen scenarios.
    ///   - options: How they are run.
    ///   - schema: The tables' definition.
    /// - Throws: The end with code 3 where a scenario could not be run, so that the engine tries again; `ReportError` where
    ///   the file cannot be written.
    func runShard(
        _ part: ShardArguments.Part,
        of scenarios: [Scenario],
        options: RunOptions,
        schema: String
    ) async throws {
        let start = ContinuousClock.now
        let runner = ScenarioRunner(options: options)
        let plan = RunPlan(
            run: PlannedRun(RunStart(toolVersion: options.toolVersion, seed: options.seed, scenarios: scenarios)),
            fingerprints: runner.fingerprints(of: scenarios).map(RunReport.Fingerprint.init)
        )
        let own = scenarios.indices.filter { part.shard.owns(scenarios[$0].name.value) }
        let chosen = own.map { scenarios[$0] }
        let places = try order.places(of: chosen)
        let work = try work(of: scenarios, seed: options.seed)
        let results = try await withInterruption {
            try await Self.results(of: chosen, beginning: places, by: runner, schema: schema)
        }
        guard results.count == own.count else {
            throw CommandEnd(exitCode: .interrupted, message: "interrupted; the shard has no file")
        }
        let writer = try ShardWriter(
            part.shard,
            of: work,
            plan: ReportEncoding.line(plan),
            in: part.folder,
            since: start
        )
        var times = RunTimes(scenarios: [:])
        for (index, result) in zip(own, results) {
            var stored = StoredScenario(report: ScenarioReport(result))
            times.scenarios["\(index)"] = stored.report.wallSeconds
            stored.report.wallSeconds = 0
            try writer.write(unit: index, ReportEncoding.line(stored))
        }
        try writer.finish(total: scenarios.count, summary: ReportEncoding.line(times))
        StandardError.sayShard(writer.path, own.count, of: scenarios.count, "scenario")
        try await kept.keeper()?.keep(shard: writer.path, findings(of: results, plan))
        if let failed = results.first(where: { $0.causes.contains(.environment) }) {
            throw CommandEnd.environment(
                "\(failed.scenario.name.value) could not be run: \(failed.failure?.message ?? "the environment failed")"
            )
        }
    }

    /// What a shard found, under the name of the whole run.
    private func findings(of results: [ScenarioResult], _ plan: RunPlan) -> ResultFindings {
        var findings = ResultFindings(results.map { FinishedScenario.ran($0).head }, tool: Version.text)
        let count = plan.run.scenarios.count
        findings.subject = count == 1 ? plan.run.scenarios[0].name : Figures.count(count, "scenario")
        findings.fingerprints = Set(plan.fingerprints.map(\.sha256))
        return findings
    }

    private static func results(
        of scenarios: [Scenario],
        beginning places: [Int]?,
        by runner: ScenarioRunner,
        schema: String
    ) async throws -> [ScenarioResult] {
        guard !scenarios.isEmpty else { return [] }
        var progress = ProgressRecorder()
        do {
            return
                try await runner.run(
                    scenarios,
                    beginning: places,
                    schema: schema,
                    notify: StandardError.sayWhole,
                    record: { progress.take(ReportEvent($0)) }
                )
                .results
        } catch {
            let failure = ScenarioResult.Failure(error)
            throw CommandEnd(exitCode: failure.exitCode, message: failure.message)
        }
    }

    func merge(_ shards: ShardSet) async throws {
        let plan = try shards.plan(as: RunPlan.self)
        guard plan.run.scenarios.count == shards.total else { throw shards.changedPlan }
        var times: [String: Double] = [:]
        for shard in shards.shards { times.merge(try shard.summary(as: RunTimes.self).scenarios) { $1 } }
        let settings = RunSettings(command: self, environment: processEnvironment)
        var recorder = try settings.reports(hasServiceLogs: false).recorder(for: plan.run.scenarios.map(\.name))
        try recorder.take(.runStarted(plan.run))
        var scenarios: [StoredScenario] = []
        try shards.forEachUnit(as: StoredScenario.self) { index, stored in
            var stored = stored
            stored.report.wallSeconds = times["\(index)"] ?? 0
            try recorder.take(.scenarioStarted(index: index))
            try recorder.take(.scenarioFinished(.stored(stored), index: index))
            scenarios.append(stored)
        }
        let run = FinishedRun(
            plan.run,
            scenarios: scenarios,
            fingerprints: plan.fingerprints,
            wallSeconds: shards.seconds
        )
        try recorder.take(.runFinished(run))
        try await CommandEnd.end(run.exitCode) {
            try await kept.keeper()?.keep(ResultFindings(run), mergedOf: shards)
        }
    }

    /// What is divided: the scenarios' files and those that they name.
    private func work(of scenarios: [Scenario], seed: UInt64?) throws -> ShardWork {
        var files: [String: String?] = [:]
        for scenario in scenarios {
            for path in [scenario.source.file, scenario.sessions.file.value, scenario.catalogue.value] {
                files[path] = path
            }
        }
        return try ShardWork("run", reading: files, settings: ["seed": seed.map(String.init) ?? "the scenarios' own"])
    }
}
