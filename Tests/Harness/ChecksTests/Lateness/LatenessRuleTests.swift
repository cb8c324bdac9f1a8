import Checks
@testable import ContainerPlatform
import Domain
import Observations
import Scenarios
import Testing

/// What the machine's lateness may have caused is inconclusive; what it cannot have caused fails.
struct LatenessRuleTests {
    /// A run at ten times the real speed whose start ended at 12 s, where 8 s were expected at the latest.
    ///
    /// The clock's own allowance is 150 ms of real time, 1.5 s of the scenario: 2.5 s are too much, 250 ms of real
    /// time.
    private func late(by milliseconds: Int, at moment: Duration = .seconds(5)) -> RunFixture {
        var run = RunFixture()
        run.clock = RealClock(speed: 10)
        run.summary?.outcome = .ready(at: .seconds(12))
        var startup = StartupExpectation()
        startup.at = RunFixture.at(.within(from: nil, to: .seconds(8)))
        run.expectations = Expectations(startup: startup)
        var lateness = Lateness()
        lateness.add(.milliseconds(milliseconds), by: moment)
        run.process = ProcessObservation(lateness: lateness)
        return run
    }

    @Test(
        "a time that is too late by no more than the machine was is inconclusive, and a later one fails",
        arguments: [
            (0, nil), (249, nil), (250, "up to 0.25 s for processors that others used (2.5 s of"),
            (400, "up to 0.4 s for processors that others used (4 s of"),
        ]
            as [(Int, String?)]
    )
    func time(milliseconds: Int, text: String?) throws {
        let verdict = try #require(late(by: milliseconds).verdict("startup.at"))
        #expect(verdict.outcome == (text == nil ? .failed : .inconclusive))
        #expect(verdict.lateness == (text == nil ? nil : .milliseconds(milliseconds)))
        #expect(verdict.message.contains(text ?? "8 s"))
        #expect(verdict.message.contains("machine was busy") == (text != nil))
    }

    @Test("lateness after a moment explains nothing of it")
    func lateAfterwards() {
        var run = late(by: 1, at: .seconds(12))
        run.process?.lateness.add(.seconds(3), by: .seconds(20))
        #expect(run.verdict("startup.at")?.outcome == .failed)
    }

    @Test("what comes too early is no matter of lateness")
    func early() {
        var run = late(by: 2000)
        var startup = StartupExpectation()
        startup.at = RunFixture.at(.within(from: .seconds(30), to: nil))
        run.expectations = Expectations(startup: startup)
        #expect(run.verdict("startup.at")?.outcome == .failed)
    }

    @Test("a margin that is too small may be the machine's doing, by as much as it was late")
    func span() {
        var run = late(by: 400)
        var startup = StartupExpectation()
        startup.killMargin = RunFixture.at(.within(from: .seconds(10), to: nil))
        run.expectations = Expectations(startup: startup)
        run.killMargin = KillMargin(factor: 1.2, isUnbounded: false, spare: .seconds(5))
        #expect(run.verdict("startup.kill_margin")?.outcome == .inconclusive)
        run.killMargin = KillMargin(factor: 1.2, isUnbounded: false, spare: .seconds(4))
        #expect(run.verdict("startup.kill_margin")?.outcome == .failed)
    }

    @Test(
        "another outcome may be the machine's doing where it was later than a real clock is allowed",
        arguments: [(150, Verdict.Outcome.failed), (151, .inconclusive)]
    )
    func outcome(milliseconds: Int, expected: Verdict.Outcome) {
        var run = late(by: milliseconds)
        var startup = StartupExpectation()
        startup.attempts = RunFixture.at(4)
        run.expectations = Expectations(startup: startup)
        #expect(run.verdict("startup.attempts")?.outcome == expected)
    }

    @Test("in a long run the same waiting is what any machine does")
    func longRun() {
        var run = late(by: 500)
        var startup = StartupExpectation()
        startup.attempts = RunFixture.at(4)
        run.expectations = Expectations(startup: startup)
        run.process?.lateness.add(.zero, of: .seconds(9), by: .seconds(100))
        #expect(run.verdict("startup.attempts")?.outcome == .inconclusive)
        run.process?.lateness.add(.zero, of: .seconds(2), by: .seconds(100))
        #expect(run.verdict("startup.attempts")?.outcome == .failed)
    }

    @Test("a service that listens elsewhere, or ignores SIGTERM for long, fails on the busiest machine")
    func ownCauses() {
        var run = late(by: 3000)
        var startup = StartupExpectation()
        startup.outcome = RunFixture.at(.ready)
        run.expectations = Expectations(startup: startup)
        run.summary?.outcome = .killed(at: .seconds(20), failures: 3)
        #expect(run.verdict("startup.outcome")?.outcome == .inconclusive)
        run.process?.misplaced = MisplacedService(port: 80, sockets: [.init(address: "127.0.0.1", port: 80)])
        #expect(run.verdict("startup.outcome")?.outcome == .failed)
        run.target = .process
        run.process?.termination = ObservedTermination(sent: .seconds(30), waited: .seconds(100), exit: nil)
        #expect(run.verdict("termination.sigterm")?.outcome == .failed)
        run.process?.lateness.add(.seconds(3), by: .seconds(130))
        #expect(run.verdict("termination.sigterm")?.outcome == .inconclusive)
    }

    @Test("what follows from a state is excused with the state, and fails where every state is as expected")
    func followsFromState() {
        var run = late(by: 500)
        run.expectations = Expectations(rows: RowExpectation(p5: RunFixture.at(20)))
        run.exchanges = [.svdOnly(RunFixture.first), .svdOnly(RunFixture.second)]
        func expect(_ state: ServingState) {
            for index in run.exchanges.indices {
                run.exchanges[index].expectation = AnswerExpectation(state: RunFixture.at(state))
            }
        }
        expect(.full)
        #expect(run.failures["answers.state"] == .inconclusive)
        #expect(run.failures["landing.count.p5"] == .inconclusive)
        expect(.svdOnly)
        #expect(run.failures == ["landing.count.p5": .failed])
    }

    @Test("what the platform cut off for its time may be the machine's doing, and so may the rows that follow")
    func timedOut() {
        var run = late(by: 500)
        run.expectations = Expectations()
        run.exchanges = [.failing(RunFixture.first, status: 504)]
        run.exchanges[0].expectation = AnswerExpectation(
            status: RunFixture.at(200),
            state: RunFixture.at(.full)
        )
        let strangers = RunFixture().evidence.observation.rows?.recommendations.dropLast() ?? []
        run.corruptFinal = { _ in Array(strangers) }
        #expect(run.failures["answers.status"] == .inconclusive)
        #expect(run.failures["landing.rows"] == .inconclusive)
        run.exchanges[0].status = 500
        #expect(run.failures["answers.status"] == .failed)
        #expect(run.failures["landing.rows"] == .failed)
    }

    @Test("what holds at whatever pace fails on the busiest machine")
    func neverExcused() {
        var run = late(by: 60_000)
        run.expectations = Expectations()
        run.corruptFinal = { Array($0.dropLast()) }
        #expect(run.failures["landing.rows"] == .failed)
        #expect(run.failures["landing.sets"] == .failed)
    }

    @Test("a fault that did not fire on a busy machine is tried again, a real failure beside it is not")
    func spoilt() {
        func result(_ run: RunFixture) -> ScenarioResult {
            ScenarioResult(
                scenario: run.scenario,
                observation: run.evidence.observation,
                verdicts: run.verdicts,
                wallTime: .zero,
                reproduction: ""
            )
        }
        #expect(result(late(by: 250)).isUndecidedByLateness)
        #expect(!result(late(by: 0)).isUndecidedByLateness)
        var mixed = late(by: 250)
        mixed.corruptFinal = { Array($0.dropLast()) }
        #expect(!result(mixed).isUndecidedByLateness)
        var fault = late(by: 250)
        fault.expectations = Expectations()
        fault.faults = [RunFixture.fault]
        #expect(fault.verdict("faults.1")?.lateness == .milliseconds(250))
        #expect(result(fault).isUndecidedByLateness)
    }

    @Test("without a real clock nothing is excused")
    func simulated() {
        var run = late(by: 60_000)
        run.clock = nil
        #expect(run.verdict("startup.at")?.outcome == .failed)
    }
}
