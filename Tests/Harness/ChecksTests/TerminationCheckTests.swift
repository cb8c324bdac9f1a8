import Checks
import ContainerPlatform
import Observations
import Scenarios
import SourcePlaces
import Testing

struct TerminationCheckTests {
    private func run(
        _ expected: TerminationExpectation?,
        waited: Duration,
        exit: ProcessExit?,
        speed: Double = 1
    ) -> RunFixture {
        var run = RunFixture()
        run.target = .process
        run.clock = RealClock(speed: speed)
        run.expectations = Expectations(termination: expected.map { RunFixture.at($0, line: 9) })
        run.process = ProcessObservation(
            termination: ObservedTermination(sent: .seconds(30), waited: waited, exit: exit)
        )
        return run
    }

    private static let check = "termination.sigterm"

    @Test(
        "a service that exits passes where it is to exit, in the time that is stated or in the platform's grace",
        arguments: [
            (nil, 9, .passed), (.exits(within: nil), 9, .passed), (.exits(within: .seconds(5)), 5, .passed),
            (.exits(within: .seconds(5)), 6, .failed), (.ignored, 6, .failed),
        ] as [(TerminationExpectation?, Int, Verdict.Outcome)]
    )
    func exits(expected: TerminationExpectation?, seconds: Int, outcome: Verdict.Outcome) throws {
        let run = run(expected, waited: .seconds(seconds), exit: .code(0))
        let verdict = try #require(run.verdict(Self.check))
        #expect(verdict.outcome == outcome)
        #expect(verdict.location?.line == (expected == nil ? nil : 9))
        #expect(ExitCode(verdict) == (outcome == .passed ? .passed : .expectationFailed))
    }

    @Test("a service that ignores SIGTERM fails where it is to exit, whether the scenario says so or not")
    func ignores() throws {
        for expected in [nil, TerminationExpectation.exits(within: .seconds(5))] {
            let verdict = try #require(run(expected, waited: .seconds(10), exit: nil).verdict(Self.check))
            #expect(verdict.outcome == .failed)
            #expect(verdict.message.contains("ignored SIGTERM"))
        }
        #expect(run(.ignored, waited: .seconds(10), exit: nil).verdict(Self.check)?.outcome == .passed)
    }

    @Test("a service that was killed sooner than in the platform's grace of real time is not judged unless asked for")
    func tooFast() {
        let fast = run(nil, waited: .seconds(10), exit: nil, speed: 40)
        #expect(fast.verdict(Self.check) == nil)
        let stated = run(.exits(within: nil), waited: .seconds(10), exit: nil, speed: 40)
        #expect(stated.verdict(Self.check)?.outcome == .inconclusive)
        // What the scenario states itself is in the scenario's time.
        let within = run(.exits(within: .seconds(5)), waited: .seconds(400), exit: nil, speed: 40)
        #expect(within.failures[Self.check] == .failed)
    }

    @Test("a process that had ended before is not judged unless asked for, and a simulated one neither")
    func unseen() {
        var run = run(nil, waited: .zero, exit: nil)
        run.process = ProcessObservation()
        #expect(run.verdict(Self.check) == nil)
        run.expectations = Expectations(termination: RunFixture.at(.ignored))
        #expect(run.verdict(Self.check)?.outcome == .inconclusive)
        var simulated = self.run(nil, waited: .seconds(1), exit: .code(0))
        simulated.target = .simulated
        #expect(simulated.verdict(Self.check) == nil)
    }
}
