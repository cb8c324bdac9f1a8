import Checks
import Domain
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Statements about places")
struct PlacesCheckTests {
    private typealias Statement = PlaceExpectation.Statement

    private func run(
        _ list: PlaceExpectation.List,
        _ statement: PlaceExpectation.Statement,
        sessions: [SessionReference]? = nil
    ) -> RunFixture {
        var run = RunFixture()
        let expectation = PlaceExpectation(list: list, statement: statement, sessions: sessions)
        run.expectations = Expectations(places: [RunFixture.at(expectation, line: 40)])
        return run
    }

    private func outcome(_ run: RunFixture) -> Verdict.Outcome? { run.verdict("rankings.places")?.outcome }

    @Test(
        "Each statement is judged by the list that it is about",
        arguments: [
            (.svd, .above("m1", "m2"), .passed), (.svd, .above("m2", "m1"), .failed),
            (.svd, .above("m1", "m13"), .passed), (.svd, .above("m13", "m1"), .failed),
            (.svd, .above("m13", "m14"), .failed), (.svd, .within("m2", first: 2), .passed),
            (.svd, .within("m3", first: 2), .failed), (.svd, .within("m13", first: 100), .failed),
            (.svd, .never("m13"), .passed), (.svd, .never("m12"), .failed), (.p5, .above("m12", "m1"), .passed),
            (.p5, .above("m1", "m12"), .failed), (.display, .within("m1", first: 1), .passed),
            (.display, .within("m12", first: 1), .failed), (.display, .never("m7"), .passed),
        ] as [(PlaceExpectation.List, PlaceExpectation.Statement, Verdict.Outcome)]
    )
    func statements(list: PlaceExpectation.List, statement: PlaceExpectation.Statement, expected: Verdict.Outcome) {
        var run = run(list, statement)
        run.knowsDisplayStart = false
        let verdict = run.verdict("rankings.places")
        #expect(verdict?.outcome == expected, "\(verdict?.message ?? "no verdict")")
        #expect(verdict?.location?.line == 40 && verdict?.subject == .rankings)
        if expected == .failed { #expect(verdict?.message.contains("2 of 2 answers differ") == true) }
    }

    @Test(
        "What the saved rows do not decide is left open",
        arguments: [
            (.above("m1", "m2"), .passed), (.above("m11", "m12"), .inconclusive), (.above("m10", "m12"), .passed),
            (.within("m11", first: 10), .failed), (.within("m11", first: 11), .inconclusive),
            (.never("m12"), .inconclusive), (.never("m10"), .failed),
        ] as [(PlaceExpectation.Statement, Verdict.Outcome)]
    )
    func rows(statement: PlaceExpectation.Statement, expected: Verdict.Outcome) {
        var run = run(.svd, statement)
        for index in run.exchanges.indices { run.exchanges[index].isVisible = false }
        #expect(outcome(run) == expected, "\(run.verdict("rankings.places")?.message ?? "no verdict")")
    }

    @Test("Only the named sessions are judged, and none of them is no verdict")
    func sessions() {
        let second = [SessionReference.id(RunFixture.second)]
        var named = run(.svd, .above("m1", "m2"), sessions: second)
        named.exchanges[0].svd = RunFixture.p5
        #expect(named.verdict("rankings.places")?.message.contains("all 1 answers") == true)
        #expect(outcome(named) == .passed)
        var silent = run(.svd, .above("m1", "m2"), sessions: second)
        silent.exchanges[1] = .failing(RunFixture.second)
        #expect(outcome(silent) == .inconclusive)
    }

    @Test("Where P5 did not rank, its list is empty and nothing stands in it")
    func withoutP5() {
        var run = run(.p5, .within("m1", first: 12))
        run.exchanges = [.svdOnly(), .svdOnly(RunFixture.second)]
        #expect(outcome(run) == .failed)
    }
}
