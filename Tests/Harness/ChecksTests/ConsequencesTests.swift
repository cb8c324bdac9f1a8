import Domain
import Observations
import Scenarios
import Testing

@testable import Checks

@Suite("Consequences")
struct ConsequencesTests {
    private func fault(_ fault: Fault, number: Int = 1) -> PlannedFault {
        PlannedFault(number: number, fault: fault, location: RunFixture.at(0).location)
    }

    private func codes(_ run: RunFixture) -> Set<ExitCode> {
        Set(run.verdicts.filter { $0.consequenceOf == nil }.map(ExitCode.init))
    }

    private func consequences(_ run: RunFixture) -> [String: String] {
        Dictionary(
            run.verdicts.compactMap { verdict in verdict.consequenceOf.map { (verdict.check, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test("200 without its rows has failed, and what could not be seen for want of them counts for nothing")
    func incident() {
        var run = RunFixture()
        run.exchanges = [.init(), .init()]
        for index in run.exchanges.indices { run.exchanges[index].write = { _ in [] } }
        run.expectations = Expectations(rows: RowExpectation(earlierSet: RunFixture.at(.replaced)))
        #expect(run.failures["landing.rows"] == .failed)
        #expect(consequences(run) == ["landing.earlier_set": "landing.answers"])
        #expect(codes(run) == [.passed, .landingFailed])
    }

    @Test("What only the missing fault explains is no failure of its own")
    func dependent() {
        var run = RunFixture()
        run.faults = [fault(.databaseGoesAway(request: 2, at: .betweenSets))]
        run.exchanges[1].expectation = AnswerExpectation(status: RunFixture.at(500))
        run.expectations = Expectations(rows: RowExpectation(svd: RunFixture.at(10)))
        #expect(consequences(run) == ["answers.status": "faults.1", "landing.count.svd": "faults.1"])
        #expect(codes(run) == [.passed, .inconclusive])
        run.receipts = [FaultReceipt(fault: 1, evidence: "it was cut")]
        #expect(consequences(run).isEmpty)
        #expect(ExitCode.combining(codes(run)) == .landingFailed)
    }

    @Test("What does not depend on the missing fault has failed all the same: rows, and what came before it")
    func independent() {
        var run = RunFixture()
        run.faults = [fault(.databaseGoesAway(request: 2, at: .betweenSets))]
        run.exchanges[0].write = { Array($0.dropLast()) }
        #expect(ExitCode.combining(codes(run)) == .landingFailed)
        run.exchanges[0].write = { $0 }
        run.exchanges[0].expectation = AnswerExpectation(status: RunFixture.at(418))
        #expect(consequences(run).isEmpty)
        #expect(ExitCode.combining(codes(run)) == .expectationFailed)
        run.faults = [fault(.databaseGoesAway(request: nil, at: .betweenSets))]
        #expect(consequences(run) == ["answers.status": "faults.1"])
        #expect(ExitCode.combining(codes(run)) == .inconclusive)
    }

    @Test("A start that failed explains a request's fault that did not fire; a fault of the start explains the start")
    func start() {
        var run = RunFixture()
        var startup = StartupExpectation()
        startup.outcome = RunFixture.at(.killed)
        run.expectations = Expectations(startup: startup)
        run.faults = [fault(.databaseGoesAway(request: 2, at: .betweenSets))]
        #expect(consequences(run) == ["faults.1": "startup.outcome"])
        #expect(ExitCode.combining(codes(run)) == .startupFailed)
        run.faults = [fault(.stage(.checkpoint, .hangs))]
        #expect(consequences(run) == ["startup.outcome": "faults.1"])
        #expect(ExitCode.combining(codes(run)) == .inconclusive)
    }

    private func verdict(_ check: String, _ outcome: Verdict.Outcome) -> Verdict {
        let subject = Verdict.Subject.allCases.first { check.hasPrefix($0.rawValue) } ?? .landing
        return Verdict(check: check, subject: subject, outcome: outcome, message: check)
    }

    @Test(
        "Each line of the table holds, and no other failure explains it",
        arguments: [
            ("faults.1", "startup.outcome", true), ("faults.1", "answers.agreement", false),
            ("answers.observed", "startup.outcome", true), ("answers.status", "landing.rows", false),
            ("rankings.full", "answers.status", true), ("rankings.full.p5", "landing.rows", true),
            ("rankings.full", "answers.within", false), ("rankings.full.fingerprints", "landing.rows", false),
            ("landing.rows", "answers.agreement", true), ("landing.rows", "startup.outcome", false),
            ("landing.earlier_set", "landing.answers", true), ("landing.earlier_set", "rankings.full.svd", false),
            ("landing.visitors", "answers.status", true), ("landing.count.svd", "startup.outcome", true),
            ("landing.films", "landing.rows", false), ("startup.outcome", "landing.rows", false),
        ]
    )
    func table(unjudged: String, failed: String, isConsequence: Bool) {
        let marked = Consequences(faults: []).marked([verdict(unjudged, .inconclusive), verdict(failed, .failed)])
        #expect(marked.map(\.consequenceOf) == [isConsequence ? failed : nil, nil])
        #expect(marked.map(\.outcome) == [.inconclusive, .failed])
        // What passed explains nothing.
        let green = Consequences(faults: []).marked([verdict(unjudged, .inconclusive), verdict(failed, .passed)])
        #expect(green.allSatisfy { $0.consequenceOf == nil })
    }
}
