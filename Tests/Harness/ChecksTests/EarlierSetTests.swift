import Checks
import Domain
import Observations
import Scenarios
import Testing

@Suite("Landing check of earlier sets")
struct EarlierSetTests {
    @Test("A second answer replaces the earlier set")
    func replaced() {
        let rows = RowExpectation(earlierSet: RunFixture.at(.replaced))
        #expect(RunFixture(rows: rows, [.init(), .init()]).failures.isEmpty)
        #expect(RunFixture(rows: rows, [.init(), .failing()]).failures == ["landing.earlier_set": .failed])
    }

    @Test("A second set beside the earlier one fails")
    func notReplaced() {
        var second = RunFixture.Exchange()
        second.keep = { $0 }
        let run = RunFixture(rows: RowExpectation(earlierSet: RunFixture.at(.replaced)), [.init(), second])
        #expect(run.failures["landing.answers"] == .failed)
        #expect(run.failures["landing.earlier_set"] == .failed)
        // Their times of creation tell the old rows from the new ones, which are the same otherwise.
        #expect(run.evidence.ledger?.count(of: .staleModel) == 20)
        #expect(run.evidence.ledger?.count(of: .landed) == 20)
        #expect(
            run.verdict("landing.earlier_set")?.message
                .contains(
                    "the earlier set is neither intact nor replaced: 20 of its 20 rows are there, and 20 new ones"
                ) == true
        )
        #expect(
            run.verdict("landing.answers")?.message.contains("20 rows of the earlier set were not replaced") == true
        )
    }

    @Test("A bug that is there twice is no earlier set: rows written anew are judged for what they are")
    func constantBug() throws {
        var exchange = RunFixture.Exchange()
        exchange.write = { rows in
            rows.map { $0.row.rank <= 2 ? $0.with(rank: 3 - $0.row.rank) : $0 }
        }
        let run = RunFixture(rows: RowExpectation(earlierSet: RunFixture.at(.replaced)), [exchange, exchange])
        let ledger = try #require(run.evidence.ledger)
        #expect(ledger.count(of: .staleModel) == 0 && ledger.count(of: .reordered) == 4)
        #expect(run.verdict("landing.earlier_set")?.outcome == .passed)
    }

    @Test("Rows that came after the answer are later, and what measures that is named")
    func later() throws {
        var run = RunFixture()
        run.exchanges = [.init()]
        let rows = try #require(run.evidence.observation.rows).recommendations
        run.exchanges[0].write = { _ in [] }
        run.corruptFinal = { _ in rows }
        #expect(run.failures == ["landing.answers": .failed])
        let verdict = try #require(run.verdict("landing.answers"))
        #expect(verdict.message.contains("20 rows came later than the answer"))
        #expect(verdict.message.contains("(created_at 00:00:00.000 UTC); --wait-rows 5s"))
        #expect(!verdict.message.contains("lost") && verdict.details.isEmpty)
        #expect(verdict.message.ranges(of: RunFixture.first.text).count == 1)
    }

    @Test("Displayed rows of a model that the answer says it saved nothing of are no rows that it promised")
    func halfPromised() throws {
        var run = RunFixture()
        var exchange = RunFixture.Exchange()
        exchange.isVisible = false
        exchange.p5Saved = 0
        exchange.display = DisplayList(svd: RunFixture.svd.movies, p5: RunFixture.p5.movies, start: .svd)
        exchange.predicted = [RunFixture.svd]
        exchange.write = { rows in
            rows
                + RunFixture.p5.places.prefix(5)
                .map {
                    RunFixture.row($0.movie, .p5, rank: $0.rank, score: $0.score, order: $0.rank * 2)
                }
        }
        run.exchanges = [exchange]
        #expect(run.evidence.ledger?.count(of: .phantom) == 5)
        #expect(run.failures["answers.agreement"] == .failed)
        #expect(
            run.verdict("answers.agreement")?.message
                .contains("5 movies of P5 are displayed, and 0 rows of it are saved")
                == true
        )
    }

    @Test("An SVD-only answer after a full one leaves no P5 row of the earlier set")
    func degraded() {
        #expect(RunFixture([.init(), .svdOnly()]).failures.isEmpty)
        var second = RunFixture.Exchange.svdOnly()
        second.keep = { $0.filter { $0.row.model == .p5 } }
        let run = RunFixture([.init(), second])
        #expect(run.evidence.ledger?.count(of: .staleModel) == 10)
        #expect(run.failures["landing.rows"] == .failed)
    }

    @Test("An error leaves the earlier set intact")
    func intact() {
        let rows = RowExpectation(
            svd: RunFixture.at(10),
            p5: RunFixture.at(10),
            earlierSet: RunFixture.at(.intact)
        )
        #expect(RunFixture(rows: rows, [.init(), .failing()]).failures.isEmpty)
    }

    @Test("An error that costs the earlier set, or half of it, fails", arguments: [0, 10])
    func notIntact(kept: Int) {
        var failing = RunFixture.Exchange.failing()
        failing.keep = { Array($0.prefix(kept)) }
        let run = RunFixture(rows: RowExpectation(earlierSet: RunFixture.at(.intact)), [.init(), failing])
        #expect(run.failures["landing.rows"] == .failed)
        #expect(run.failures["landing.answers"] == .failed)
        #expect(run.failures["landing.earlier_set"] == .failed)
    }

    @Test("An error that leaves half a set where none was fails")
    func halfSet() {
        var failing = RunFixture.Exchange.failing()
        failing.write = { _ in [RunFixture.row("m1", .svd, rank: 1, score: 2, order: 1)] }
        let run = RunFixture([failing])
        #expect(run.failures["landing.answers"] == .failed)
        #expect(run.evidence.ledger?.count(of: .phantom) == 1)
    }

    @Test("Where no request met an earlier set nothing can be said about it", arguments: EarlierSet.allCases)
    func noEarlierSet(expected: EarlierSet) {
        let run = RunFixture(rows: RowExpectation(earlierSet: RunFixture.at(expected)), [.init()])
        #expect(run.failures == ["landing.earlier_set": .inconclusive])
    }

    @Test("An answer of 200 that saved nothing leaves the rows as they were")
    func hole() {
        var empty = RunFixture.Exchange.svdOnly()
        empty.state = .nothing
        empty.svd = nil
        empty.svdSaved = 0
        #expect(RunFixture([empty]).failures.isEmpty)
        #expect(RunFixture([empty]).verdict("landing.rows")?.message == "no row was expected and none is there")
        #expect(RunFixture([.init(), empty]).failures.isEmpty)
    }

    private static let wholeSet = Model.allCases.flatMap { model in
        (1...2)
            .map {
                RunFixture.row(
                    RunFixture.movies[$0],
                    model,
                    rank: $0,
                    score: 2,
                    order: 2 * $0 - (model == .svd ? 1 : 0)
                )
            }
    }

    @Test("After a broken connection either outcome is right, but only as a whole")
    func broken() {
        func wrote(_ rows: [StoredRecommendation], state: ServingState = .full) -> RunFixture {
            var failing = RunFixture.Exchange.failing(status: nil)
            failing.state = state
            failing.write = { _ in rows }
            return RunFixture([failing])
        }
        let svd = Self.wholeSet.filter { $0.row.model == .svd }.map { $0.with(order: .some($0.row.rank)) }
        #expect(wrote([]).failures.isEmpty)
        #expect(wrote(Self.wholeSet).failures.isEmpty)
        #expect(wrote(svd, state: .svdOnly).failures.isEmpty)
        #expect(wrote(svd).failures == ["landing.answers": .failed])
        #expect(wrote(Array(Self.wholeSet.dropFirst())).failures["landing.answers"] == .failed)
    }

    @Test(
        "A request that never reached the service cannot have written",
        arguments: [nil, .nothing] as [ServingState?]
    )
    func neverReached(state: ServingState?) {
        var failing = RunFixture.Exchange.failing(status: 503)
        failing.state = state
        failing.write = { _ in Self.wholeSet }
        #expect(RunFixture([failing]).evidence.ledger?.count(of: .phantom) == 4)
    }

    @Test("After a commit whose answer was lost the new set may be there")
    func afterCommit() {
        func failures(_ boundary: WriteBoundary) -> [String: Verdict.Outcome] {
            var failing = RunFixture.Exchange.failing()
            failing.write = { _ in Self.wholeSet }
            var run = RunFixture([failing])
            run.receipts = [.init(fault: 1, evidence: "backend ended")]
            run.faults = [
                PlannedFault(
                    number: 1,
                    fault: .databaseGoesAway(request: 1, at: boundary),
                    location: RunFixture.at(0).location
                )
            ]
            return run.failures
        }
        #expect(failures(.afterCommit).isEmpty)
        #expect(failures(.beforeCommit)["landing.rows"] == .failed)
    }

    @Test("Stated totals are judged for each model")
    func totals() {
        func failures(_ svd: Int, _ p5: Int) -> [String: Verdict.Outcome] {
            RunFixture(rows: RowExpectation(svd: RunFixture.at(svd), p5: RunFixture.at(p5)), [.init()]).failures
        }
        #expect(failures(10, 10).isEmpty)
        #expect(failures(9, 10) == ["landing.count.svd": .failed])
        #expect(failures(10, 0) == ["landing.count.p5": .failed])
    }
}
