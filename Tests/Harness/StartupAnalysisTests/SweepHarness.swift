import ContainerPlatform
import Scenarios
import ServiceUnderTest

@testable import StartupAnalysis

/// Sweeps over a made-up scenario.
enum SweepHarness {
    /// A scenario with some keys of its own; the stages are a boot of 2 s and a checkpoint of 10 s.
    static func plan(
        profile: String = "cloud-run",
        probe: String = "{type: http, path: /health, period: 10s, failure_threshold: 3}",
        strategy: String = "blocking",
        faults: String = "[]"
    ) throws -> Plan {
        let text = """
            name: made-up
            teaches: Nothing.
            platform: {profile: \(profile), probe: \(probe)}
            service: {strategy: \(strategy), bundle: bundle}
            stages: {boot: 2s, svd: 0s, datamaps: 0s, tokenizer: 0s, checkpoint: 10s}
            faults: \(faults)
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """
        return try ScenarioLoader.decode(Array(text.utf8), path: "made-up.yaml").plan(sessions: [])
    }

    /// Axes from what the command line takes, without recorded starts.
    static func axes(_ texts: [String]) throws -> [SweepAxis] {
        try texts.map { text in
            try SweepAxis(parsing: text) { path in throw StartupAnalysisError(.unreadable, path) }
        }
    }

    /// A sweep of a plan.
    static func sweep(_ plan: Plan, _ axes: [SweepAxis], starts: Int = 1) throws -> StartSweep {
        try StartSweep(
            of: plan.start,
            under: plan.platform,
            over: SweepGrid(axes),
            starts: starts,
            seed: plan.seed
        )
    }

    /// Everything that a sweep comes to.
    static func tallies(_ sweep: StartSweep, jobs: Int = 2) async throws -> [CellTally] {
        var all: [CellTally] = []
        try await sweep.run(jobs: jobs) { tallies, _ in all += tallies }
        return all
    }

    /// What a sweep comes to, surveyed.
    static func survey(_ sweep: StartSweep, probability: Double = 0.99) async throws -> SurvivalSurvey {
        var survey = SurvivalSurvey(of: sweep, criterion: SurvivalCriterion(probability: probability))
        try await sweep.run(jobs: 2) { tallies, _ in survey.take(tallies) }
        return survey
    }
}
