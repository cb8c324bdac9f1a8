import ContainerPlatform
import Domain
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

    @Test func `a stage after one that fails plays no part`() async throws {
        let axes = try SweepHarness.axes(["stage.checkpoint=1s,300s"])
        let plan = try SweepHarness.plan(faults: "[{stage: svd, fails: damaged}]")
        #expect(try await SweepHarness.tallies(SweepHarness.sweep(plan, axes)).map(\.survived) == [1, 1])
    }
}
