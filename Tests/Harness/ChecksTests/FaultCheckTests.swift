import Checks
import Domain
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Fault check")
struct FaultCheckTests {
    private func run(receipts: [FaultReceipt]) -> RunFixture {
        var run = RunFixture()
        run.faults = [
            PlannedFault(
                number: 1,
                fault: .stage(.checkpoint, .hangs),
                location: RunFixture.at(0, line: 12).location
            )
        ]
        run.receipts = receipts
        return run
    }

    @Test("A fault with a receipt passes and shows it")
    func receipt() {
        let verdict = run(receipts: [.init(fault: 1, evidence: "the stage hung")]).verdict("faults.1")
        #expect(verdict?.outcome == .passed)
        #expect(verdict?.message == "fault 1 fired: the stage hung")
        #expect(verdict?.location?.line == 12)
    }

    @Test("A fault without a receipt makes the run inconclusive")
    func missing() {
        let run = run(receipts: [])
        #expect(run.failures == ["faults.1": .inconclusive])
        #expect(ExitCode.combining(run.verdicts.map(ExitCode.init)) == .inconclusive)
    }

    @Test("A receipt of another fault proves nothing")
    func stranger() {
        let run = run(receipts: [.init(fault: 2, evidence: "something")])
        #expect(run.failures == ["faults.1": .inconclusive, "faults.unplanned": .inconclusive])
    }

    @Test("A scenario without faults has no verdict about them")
    func none() {
        #expect(RunFixture().verdicts.allSatisfy { $0.subject != .faults })
    }
}
