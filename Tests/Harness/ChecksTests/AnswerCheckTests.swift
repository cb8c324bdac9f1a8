import Checks
import Domain
import Observations
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Answer check")
struct AnswerCheckTests {
    private func verdict(
        _ check: String,
        _ expectation: AnswerExpectation,
        _ exchange: RunFixture.Exchange = .init()
    ) -> Verdict? {
        var run = RunFixture()
        run.exchanges = [exchange]
        run.exchanges[0].expectation = expectation
        return run.verdict(check)
    }

    @Test("The status is judged, and a connection without an answer has none", arguments: [200, 503, nil])
    func status(status: Int?) {
        let exchange = status == 200 ? RunFixture.Exchange() : .failing(status: status)
        let expectation = AnswerExpectation(status: RunFixture.at(200, line: 9))
        let verdict = verdict("answers.status", expectation, exchange)
        #expect(verdict?.outcome == (status == 200 ? .passed : .failed))
        #expect(verdict?.location?.line == 9)
        #expect(verdict?.actual == status.map(String.init) ?? "no answer")
    }

    @Test("The state is judged", arguments: [(ServingState.full, Verdict.Outcome.passed), (.svdOnly, .failed)])
    func state(expected: ServingState, outcome: Verdict.Outcome) {
        let verdict = verdict("answers.state", AnswerExpectation(state: RunFixture.at(expected)))
        #expect(verdict?.outcome == outcome)
        #expect(verdict?.expected == expected.rawValue)
    }

    @Test("Saved rows are judged for each model, and a body that is missing has none")
    func saved() {
        let both = AnswerExpectation(svdSaved: RunFixture.at(10), p5Saved: RunFixture.at(0))
        #expect(verdict("answers.svd_saved", both)?.outcome == .passed)
        #expect(verdict("answers.p5_saved", both)?.outcome == .failed)
        #expect(verdict("answers.p5_saved", both, .svdOnly())?.outcome == .passed)
        #expect(verdict("answers.p5_saved", both, .failing())?.outcome == .failed)
    }

    @Test("An error contains the expected text")
    func error() {
        let expectation = AnswerExpectation(error: RunFixture.at("went away"))
        #expect(verdict("answers.error", expectation, .failing())?.outcome == .passed)
        #expect(verdict("answers.error", expectation)?.outcome == .failed)
    }

    @Test("Requests of one rule share a verdict that names those that differ")
    func grouped() {
        var run = RunFixture()
        let expectation = AnswerExpectation(status: RunFixture.at(200))
        run.exchanges = [.init(), .failing(RunFixture.second), .failing(RunFixture.second)]
        for index in run.exchanges.indices { run.exchanges[index].expectation = expectation }
        let verdicts = run.verdicts.filter { $0.check == "answers.status" }
        #expect(verdicts.count == 1)
        #expect(verdicts.first?.message.contains("2 of 3 requests differ") == true)
        #expect(verdicts.first?.details.filter { $0.hasPrefix("request 3") }.count == 1)
    }

    @Test("A request that was not observed is inconclusive, stated expectation or not")
    func unobserved() {
        var run = RunFixture()
        run.exchanges[1].isObserved = false
        run.exchanges[1].expectation = AnswerExpectation(status: RunFixture.at(200))
        #expect(run.failures == ["answers.status": .inconclusive, "answers.observed": .inconclusive])
    }

    @Test("A key that a body lacks is named, and its rows are judged all the same")
    func bodyFaults() throws {
        var run = RunFixture()
        run.exchanges[0].expectation = AnswerExpectation(svdSaved: RunFixture.at(10), p5Saved: RunFixture.at(10))
        run.exchanges[0].bodyFaults = [BodyFault(key: "p5_top_saved", text: "the key \"p5_top_saved\" is missing")]
        #expect(run.failures == ["answers.agreement": .failed, "answers.p5_saved": .failed])
        #expect(run.verdict("answers.agreement")?.message.contains("the key \"p5_top_saved\" is missing") == true)
        #expect(run.verdict("answers.p5_saved")?.actual == "p5_top_saved is not said")
        run.exchanges[0].write = { Array($0.dropLast()) }
        #expect(run.failures["landing.rows"] == .failed)
    }

    @Test("Status and body must agree")
    func agreement() {
        #expect(RunFixture().verdict("answers.agreement")?.outcome == .passed)
        func outcome(_ change: (inout RunFixture.Exchange) -> Void) -> Verdict.Outcome? {
            var run = RunFixture()
            change(&run.exchanges[0])
            return run.verdict("answers.agreement")?.outcome
        }
        #expect(outcome { $0.error = "half an error" } == .failed)
        #expect(outcome { $0.svdSaved = 9 } == .failed)
        #expect(outcome { $0.p5Saved = 11 } == .failed)
        #expect(outcome { $0.display = DisplayList(entries: [.init(model: .svd, movie: "m1", order: 2)]) } == .failed)
        #expect(
            outcome {
                $0.display = DisplayList(entries: [1, 2].map { .init(model: .svd, movie: "m1", order: $0) })
            } == .failed
        )
    }
}
