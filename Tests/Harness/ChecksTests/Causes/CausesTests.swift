import Checks
@testable import ContainerPlatform
import Domain
import Observations
import Scenarios
import Testing

/// A failed expectation says why, where the run shows it.
struct CausesTests {
    private func timeline(_ events: [(Int, TimelineEvent)]) -> Timeline {
        var timeline = Timeline()
        timeline.entries = events.map { Timeline.Entry(moment: .seconds($0.0), event: $0.1) }
        return timeline
    }

    /// Two requests, the second at 1 s, answered from SVD where both models were expected.
    private var svdOnly: RunFixture {
        var run = RunFixture()
        run.exchanges = [.svdOnly(RunFixture.first), .svdOnly(RunFixture.second)]
        for index in run.exchanges.indices {
            run.exchanges[index].expectation = AnswerExpectation(state: RunFixture.at(.full))
        }
        return run
    }

    private func causes(_ run: RunFixture, _ check: String = "answers.state") -> [String] {
        (run.verdict(check)?.details ?? []).filter { $0.hasPrefix("because ") }
    }

    @Test("CPU that was withdrawn between requests is why the checkpoint was not loaded")
    func withdrawn() throws {
        var run = svdOnly
        run.timeline = timeline([
            (0, .stageFinished("environment", elapsed: .zero)), (0, .stageFinished("svd", elapsed: .zero)),
            (0, .stageFinished("datamaps", elapsed: .zero)), (0, .stageFinished("tokenizer", elapsed: .zero)),
            (0, .probeSucceeded(attempts: 1)), (0, .cpuWithdrawn), (1, .cpuAllocated(millicores: 1000)),
        ])
        let cause = try #require(causes(run).first { $0.contains("withdrawn") })
        #expect(cause.contains("1 s of the 1 s before"))
        #expect(cause.contains("billing: request"))
        #expect(cause.contains("the stage checkpoint had hardly any CPU"))
    }

    @Test(
        "a stage that failed or hangs, and a process that ended, are why",
        arguments: [
            (.stageFailed("checkpoint", elapsed: .zero), "the stage checkpoint failed at 0 s: init_error: no file"),
            (.stageHung("tokenizer"), "the stage tokenizer hangs from 0 s on"),
            (.exited(.code(3)), "the process exited with code 3 at 0 s"),
            (.exited(.signal(11)), "the process was ended by signal 11 at 0 s"),
        ] as [(TimelineEvent, String)]
    )
    func troubles(event: TimelineEvent, text: String) {
        var run = svdOnly
        run.finalHealth = "init_error: no file"
        run.timeline = timeline([(0, event)])
        #expect(causes(run).contains("because " + text))
    }

    @Test("a process that ends because the platform tells it to is no cause")
    func toldToEnd() {
        var run = svdOnly
        run.timeline = timeline([(0, .signal(15)), (0, .exited(.code(0)))])
        #expect(!causes(run).contains { $0.contains("exited") })
    }

    @Test("a load that ended after the request had come is why")
    func later() {
        var run = svdOnly
        run.summary?.readyFull = .seconds(7)
        let text = "because everything was loaded at 7 s only, 6 s after the request had come"
        #expect(causes(run).contains(text))
    }

    @Test("what the service said, its notes and the faults that struck are why")
    func said() {
        var run = RunFixture()
        run.exchanges = [.failing()]
        run.exchanges[0].expectation = AnswerExpectation(status: RunFixture.at(200))
        run.faults = [RunFixture.fault]
        run.receipts = [FaultReceipt(fault: 1, evidence: "backend 7 terminated")]
        let causes = causes(run, "answers.status")
        #expect(causes.first == "because request 1: told \"the database went away\"")
        #expect(causes.contains("because fault 1 struck: backend 7 terminated"))
    }

    @Test("what the service logged as an error while it worked on the request is why")
    func logged() {
        var run = RunFixture()
        run.exchanges = [.failing()]
        run.exchanges[0].expectation = AnswerExpectation(status: RunFixture.at(200))
        let line = "ERROR:movies:deadlock detected (SQLSTATE 40P01)"
        run.process = ProcessObservation(
            errorLines: [
                LoggedLine(moment: .zero, source: .errors, text: line),
                LoggedLine(moment: .seconds(500), source: .errors, text: "ERROR: much later"),
            ]
        )
        let causes = causes(run, "answers.status")
        #expect(causes.contains("because the service logged at 0 s: \(line)"))
        #expect(!causes.contains { $0.contains("much later") })
    }

    @Test("the same words to many requests are one cause")
    func saidToMany() {
        var run = RunFixture()
        run.exchanges = (0..<5).map { _ in .failing() }
        for index in run.exchanges.indices {
            run.exchanges[index].expectation = AnswerExpectation(status: RunFixture.at(200))
        }
        let text = "because requests 1, 2, 3 and 2 more: told \"the database went away\""
        #expect(causes(run, "answers.status").first == text)
    }

    @Test("a service that listens elsewhere is why its start failed")
    func misplaced() {
        var run = RunFixture()
        var startup = StartupExpectation()
        startup.outcome = RunFixture.at(.ready)
        run.expectations = Expectations(startup: startup)
        run.summary?.outcome = .killed(at: .seconds(20), failures: 3)
        run.process = ProcessObservation(
            misplaced: MisplacedService(port: 8080, sockets: [.init(address: "127.0.0.1", port: 8080)])
        )
        #expect(causes(run, "startup.outcome").first?.contains("127.0.0.1:8080 alone") ?? false)
    }

    @Test("what passed says nothing of causes")
    func passed() {
        var run = RunFixture()
        run.finalHealth = "init_error: no file"
        #expect(run.verdicts.allSatisfy { $0.outcome != .passed || !$0.details.contains { $0.hasPrefix("because") } })
    }
}
