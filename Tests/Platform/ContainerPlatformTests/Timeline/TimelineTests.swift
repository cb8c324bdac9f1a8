import Domain
import Testing

@testable import ContainerPlatform

@Suite struct TimelineTests {
    @Test("a whole timeline reads like this")
    func whole() {
        var process = Given.progressive(svd: 6, p5: 20)
        process.stages[0].threads = 2
        process.requestCPU = .milliseconds(250)
        let plan = InstancePlan(
            probe: Given.http(period: 10),
            requests: [.milliseconds(50), .seconds(30)],
            stopAt: .seconds(40)
        )
        let result = InstanceSimulation(plan: plan, process: process).run(seed: 42)
        let expected = """
                 0.000  instance started with 2 vCPU
                 0.000  service  listens on port 8080
                 0.000  service  health ready_basic, without rows
                 0.000  stage    svd started
                 0.050  request  0 arrived
                 0.236  probe    attempt 1 succeeded after 0.001 s: HTTP 200
                 0.236  probe    succeeded after 1 attempt
                 0.236  request  0 delivered
                 0.236  request  0 taken in state empty
                 0.486  request  0 served 200 (empty) after 0.436 s
                 3.000  stage    svd finished after 3.000 s
                 3.000  service  health ready_basic
                 3.000  stage    p5 started
                10.236  cpu      startup boost ended
                10.236  cpu      withdrawn
                30.000  request  1 arrived
                30.000  request  1 delivered
                30.000  request  1 taken in state partial
                30.000  cpu      1 vCPU allocated
                30.250  request  1 served 200 (partial) after 0.250 s
                30.250  cpu      withdrawn
                40.000  platform shuts down the instance, disabled by its owner
                40.000  cpu      1 vCPU allocated
                40.000  signal   SIGTERM
                40.000  process  ended by SIGTERM
                40.000  cpu      withdrawn
            """
        #expect(result.timeline.lines.joined(separator: "\n") == expected)
        #expect(result.summary.truthGap.fixedSecondsText == "2.764")
        #expect(result.summary.firstWithRows?.request == 1)
    }

    @Test("the same seed gives the same bytes, another seed other moments")
    func deterministic() {
        func lines(_ seed: UInt64) -> [String] {
            simulate(Given.blocking(seconds: 30), Given.http(), profile: .cloudRun, seed: seed).timeline.lines
        }
        #expect(lines(5) == lines(5))
        #expect(lines(5) != lines(6))
    }

    @Test("no line is wider than 100 columns")
    func width() {
        let name = String(repeating: "checkpoint ", count: 20)
        let entry = Timeline.Entry(moment: .seconds(1), event: .stageStarted(name))
        #expect(entry.line.count == 100)
        #expect(entry.line.hasSuffix("..."))
    }

    @Test(
        "seconds have three decimals, rounded",
        arguments: [
            (Duration.zero, "0.000"), (.microseconds(499), "0.000"), (.microseconds(500), "0.001"),
            (.milliseconds(12_340), "12.340"), (.seconds(240), "240.000"), (.milliseconds(-1500), "-1.500"),
        ]
    )
    func seconds(duration: Duration, text: String) {
        #expect(duration.fixedSecondsText == text)
    }

    @Test("the summary does not depend on whether the timeline is kept")
    func summaryWithoutTimeline() {
        let plan = InstancePlan(probe: Given.http(period: 5), requests: [.seconds(2), .seconds(9)])
        let simulation = InstanceSimulation(plan: plan, process: Given.progressive(svd: 4, p5: 20))
        let quiet = simulation.run(seed: 3, recording: false)
        let kept = simulation.run(seed: 3)
        #expect(quiet.timeline.entries.isEmpty)
        #expect(quiet.summary == kept.summary)
        #expect(quiet.requests == kept.requests)
    }
}
