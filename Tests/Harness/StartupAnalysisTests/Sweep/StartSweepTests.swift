import ContainerPlatform
import Domain
import Reports
import Scenarios
import Testing

@testable import ServiceUnderTest
@testable import StartupAnalysis

struct StartSweepTests {
    @Test func `every combination is decided as a run of the scenario with its values`() async throws {
        let axes = try SweepHarness.axes(["probe.periodSeconds=1..12", "stage.checkpoint=1s..30s/3s"])
        let tallies = try await SweepHarness.tallies(SweepHarness.sweep(SweepHarness.plan(), axes))
        #expect(tallies.count == 120)
        for tally in tallies {
            let (period, load) = (1 + tally.combination / 10, 1 + 3 * (tally.combination % 10))
            let probe = "{type: http, path: /health, period: \(period)s, failure_threshold: 3}"
            var plan = try SweepHarness.plan(probe: probe).simulation
            plan.process = SimulatedService(
                settings: try SweepHarness.plan().service,
                boot: StageWork("boot", cpu: .seconds(2)),
                stages: [
                    .environment: StageWork("environment", cpu: .zero), .svd: StageWork("svd", cpu: .zero),
                    .datamaps: StageWork("datamaps", cpu: .zero), .tokenizer: StageWork("tokenizer", cpu: .zero),
                    .checkpoint: StageWork("checkpoint", cpu: .seconds(load)),
                ],
                failures: [:],
                port: 8080
            )
            let summary = plan.run(seed: 1, recording: false).summary
            #expect(tally.first == summary.outcome, "period \(period), load \(load)")
            #expect(tally.attempts == summary.attempts)
        }
        #expect(tallies.contains { $0.survived == 1 } && tallies.contains { $0.survived == 0 })
    }

    @Test func `what comes of it does not depend on the number of threads`() async throws {
        let axes = try SweepHarness.axes(["probe.failureThreshold=1..60", "stage.svd=1s..300s"])
        let sweep = try SweepHarness.sweep(SweepHarness.plan(), axes, starts: 3)
        let one = try await SweepHarness.tallies(sweep, jobs: 1)
        #expect(one.count == 18_000)
        #expect(one.map(\.combination) == Array(0..<18_000))
        #expect(one.allSatisfy { $0.started == 3 })
        #expect(try await SweepHarness.tallies(sweep, jobs: 5) == one)
    }

    @Test func `a combination with more starts than a thread takes at once is one tally`() async throws {
        let axes = try SweepHarness.axes(["stage.svd=1s,2s"])
        let tallies = try await SweepHarness.tallies(SweepHarness.sweep(SweepHarness.plan(), axes, starts: 10_000))
        #expect(tallies.map(\.started) == [10_000, 10_000])
    }

    @Test func `what the platform refuses is not started`() async throws {
        let axes = try SweepHarness.axes(["probe.timeoutSeconds=1,10,11", "probe.failureThreshold=3,61"])
        let tallies = try await SweepHarness.tallies(SweepHarness.sweep(SweepHarness.plan(), axes))
        #expect(tallies.map(\.isRefused) == [false, true, false, true, true, true])
        #expect(tallies.map(\.started) == [1, 0, 1, 0, 0, 0])
    }

    @Test func `recorded starts are drawn as often as one another, and whole`() async throws {
        func start(_ seconds: Int) -> [MeasuredStarts.Work?] {
            [Duration.seconds(1), .zero, .zero, .zero, .zero, .seconds(seconds)].map { .init(elapsed: $0, cpu: nil) }
        }
        // The probe's attempts begin 0.22 to 0.24, 10 s and 20 s later: 11 s are seen, 31 s are not.
        let axis = SweepAxis(.stages, .measured(MeasuredStarts(source: "runs", starts: [start(10), start(30)])))
        let tally = try #require(
            try await SweepHarness.tallies(SweepHarness.sweep(SweepHarness.plan(), [axis], starts: 10_000)).first
        )
        let interval = try #require(tally.interval)
        #expect(interval.lower < 0.5 && interval.upper > 0.5, "\(tally.survived) of 10000")
    }

    /// The load takes 12 s.
    ///
    /// Of four attempts the last comes at 15 s and passes; three kill the first life at 10 s, and the second, which begins just
    /// after a tick, is asked at 15, 20 and 25 s. Then the first two lives hang.
    @Test func `a container that lives after restarts survives, and is told from one that lives at once`() async throws
    {
        let axes = try SweepHarness.axes(["probe.failureThreshold=3,4", "stage.checkpoint=10s,60s"])
        let probe = "{type: http, path: /health, period: 5s, failure_threshold: 3}"
        func tallies(_ faults: String) async throws -> [CellTally] {
            let plan = try SweepHarness.plan(profile: "kubernetes", probe: probe, faults: faults)
            return try await SweepHarness.tallies(SweepHarness.sweep(plan, axes))
        }
        let sound = try await tallies("[]")
        #expect(sound.map(\.survived) == [1, 0, 1, 0])
        #expect(sound.map(\.restarted) == [1, 0, 0, 0])
        let hung = try await tallies("[{stage: svd, hangs: on, lives: 2}]")
        #expect(hung.map(\.survived) == [1, 0, 1, 0])
        #expect(hung.map(\.restarted) == [1, 0, 1, 0])
    }

    @Test func `the survey counts restarts, and the least policy is one that needs none`() async throws {
        // The load takes 12 s, attempts come at 0, 7, 14 and 21 s. Two of them kill the first life at 7 s, and the second life
        // is asked at 14 and 21 s: it lives.
        let plan = try SweepHarness.plan(profile: "kubernetes", probe: "{type: tcp, period: 7s, failure_threshold: 2}")
        let sweep = try SweepHarness.sweep(plan, SweepHarness.axes(["probe.failureThreshold=1..4", "stage.svd=0s"]))
        let survey = try await SweepHarness.survey(sweep)
        let document = SurvivalDocument(survey, of: sweep, scenario: "made-up", toolVersion: "1")
        #expect(document.restarts == .init(watch: 600, survived: 1))
        #expect(document.survived == 3)
        #expect(document.policies.map(\.failureThreshold) == [3] && document.policies.map(\.restarted) == [0])
        let cloud = try SweepHarness.sweep(SweepHarness.plan(), SweepHarness.axes(["stage.svd=0s"]))
        let other = SurvivalDocument(
            try await SweepHarness.survey(cloud),
            of: cloud,
            scenario: "made-up",
            toolVersion: "1"
        )
        #expect(other.restarts == nil && other.policies.allSatisfy { $0.restarted == nil })
        let text = SurvivalText(survey, document, seconds: 1).lines(width: 200).map(\.text).joined(separator: "\n")
        #expect(text.contains("2 in the first life, 1 after a restart"), "\(text)")
    }

    @Test func `a probe that the scenario does not have cannot be varied`() throws {
        let plan = try SweepHarness.plan(profile: "kubernetes", probe: "none")
        let axes = try SweepHarness.axes(["probe.periodSeconds=1,2"])
        #expect(throws: StartupAnalysisError.self) { try SweepHarness.sweep(plan, axes) }
    }

    @Test func `a stage after one that fails plays no part`() async throws {
        let axes = try SweepHarness.axes(["stage.checkpoint=1s,300s"])
        let plan = try SweepHarness.plan(faults: "[{stage: svd, fails: damaged}]")
        #expect(try await SweepHarness.tallies(SweepHarness.sweep(plan, axes)).map(\.survived) == [1, 1])
    }
}
