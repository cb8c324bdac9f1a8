import Checks
import ContainerPlatform
import Goldens
import Observations
import Scenarios
import SourcePlaces
import Testing

struct TimelineCheckTests {
    /// A blocking start of a boot of 2 s and two stages, judged by a golden that lets each take half of it more or less.
    private var run: RunFixture {
        var run = RunFixture()
        run.expectations = Expectations(timeline: RunFixture.at("start.json", line: 30))
        run.goldenTimeline = GoldenTimeline(
            scenario: "test",
            strategy: "blocking",
            starts: 1,
            band: 0.5,
            least: 0.05,
            stages: [
                .init(name: "boot", during: .starting, seconds: 2, from: 1, to: 3),
                .init(name: "environment", during: .starting, seconds: 0, from: 0, to: 0.05),
                .init(name: "svd", during: .starting, seconds: 1, from: 0.5, to: 1.5),
            ]
        )
        run.timeline = timeline([("boot", 2, 2), ("environment", 0, 2), ("svd", 1, 3)])
        return run
    }

    private func timeline(_ stages: [(name: String, elapsed: Double, end: Double)]) -> Timeline {
        var timeline = Timeline()
        timeline.entries = stages.map { stage in
            Timeline.Entry(
                moment: .seconds(stage.end),
                event: .stageFinished(stage.name, elapsed: .seconds(stage.elapsed), cpu: nil)
            )
        }
        return timeline
    }

    private func outcomes(_ run: RunFixture) -> [Verdict.Outcome?] {
        ["timeline.stages", "timeline.durations", "timeline.attributed"].map { run.verdict($0)?.outcome }
    }

    @Test func `a start as in its golden passes, and nothing is said without one`() {
        #expect(outcomes(run) == [.passed, .passed, .passed])
        #expect(outcomes(RunFixture()) == [nil, nil, nil])
    }

    @Test func `another structure, another length and time of nobody fail apart`() throws {
        var missing = run
        missing.timeline = timeline([("boot", 2, 2), ("environment", 0, 2)])
        #expect(outcomes(missing) == [.failed, .passed, .passed])
        var slow = run
        slow.timeline = timeline([("boot", 2, 2), ("environment", 0, 2), ("svd", 1.6, 3.6)])
        #expect(outcomes(slow) == [.passed, .failed, .passed])
        var gap = run
        gap.timeline = timeline([("boot", 2, 2), ("environment", 0, 2), ("svd", 1, 4)])
        #expect(outcomes(gap) == [.passed, .passed, .failed])
        let verdict = try #require(gap.verdict("timeline.attributed"))
        #expect(verdict.message.contains("1 s between environment and svd"))
        #expect(verdict.location?.line == 30)
        #expect(ExitCode(verdict) == .expectationFailed)
    }

    @Test func `the boot of a real process is the time before its first stage`() {
        var real = run
        real.target = .process
        real.clock = RealClock(speed: 1)
        real.process = ProcessObservation(
            termination: ObservedTermination(sent: .seconds(30), waited: .zero, exit: .code(0))
        )
        real.timeline = timeline([("environment", 0, 2), ("svd", 1, 3)])
        #expect(outcomes(real) == [.passed, .passed, .passed])
        real.timeline = timeline([("environment", 0, 3.2), ("svd", 1, 4.2)])
        #expect(outcomes(real) == [.passed, .failed, .passed])
        // What any moment may be off on a real clock.
        real.timeline = timeline([("environment", 0, 3.1), ("svd", 1, 4.2)])
        #expect(outcomes(real) == [.passed, .passed, .passed])
    }

    @Test func `what shows no stages has no verdict`() {
        var remote = run
        remote.target = .remote
        #expect(outcomes(remote) == [.inconclusive, nil, nil])
        var refused = run
        refused.summary = nil
        #expect(outcomes(refused) == [.inconclusive, nil, nil])
    }
}
