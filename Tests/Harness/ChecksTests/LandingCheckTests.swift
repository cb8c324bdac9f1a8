import Checks
import Domain
import Observations
import Scenarios
import Testing

@Suite("Landing check")
struct LandingCheckTests {
    private static let phase1 = RunFixture.films[3]

    private func run(rows: RowExpectation = RowExpectation(), _ exchanges: [RunFixture.Exchange]) -> RunFixture {
        var run = RunFixture()
        run.expectations = Expectations(rows: rows)
        run.exchanges = exchanges
        return run
    }

    @Test("Right rows pass every check")
    func right() {
        let run = RunFixture()
        #expect(run.failures.isEmpty)
        #expect(run.evidence.ledger?.count(of: .landed) == 40)
        #expect(run.verdict("landing.rows")?.message == "40 landed")
        #expect(
            run.verdicts.filter { $0.subject == .landing }.map(\.check) == [
                "landing.answers", "landing.rows", "landing.sets", "landing.films", "landing.summary", "landing.views",
            ]
        )
    }

    @Test("A row that vanished is lost, and the set is not whole")
    func lost() throws {
        var run = RunFixture()
        run.corruptFinal = { Array($0.dropLast()) }
        #expect(run.failures == ["landing.rows": .failed, "landing.sets": .failed])
        #expect(run.evidence.ledger?.count(of: .lost) == 1)
        let verdict = try #require(run.verdict("landing.rows"))
        #expect(
            verdict.message
                == "39 landed, 1 lost; session \(RunFixture.second): p5 rank 10 film m3 lost: it is not there"
        )
        #expect(verdict.details.isEmpty)
    }

    @Test("A row that is there twice is a duplicate, and the ranks have a repetition")
    func duplicate() {
        var run = RunFixture()
        run.corruptFinal = { $0 + [$0[0]] }
        #expect(run.evidence.ledger?.count(of: .duplicate) == 1)
        #expect(run.failures["landing.sets"] == .failed)
    }

    @Test("Swapped ranks are reordered rows")
    func reordered() {
        var run = RunFixture()
        run.corruptFinal = { [$0[0].with(rank: 2), $0[1].with(rank: 1)] + $0.dropFirst(2) }
        #expect(run.evidence.ledger?.count(of: .reordered) == 2)
        #expect(run.failures == ["landing.rows": .failed])
    }

    @Test("A gap in the ranks fails the set")
    func gap() {
        var run = RunFixture()
        run.corruptFinal = { rows in rows.map { $0.row.rank == 10 ? $0.with(rank: 11) : $0 } }
        #expect(run.failures["landing.sets"] == .failed)
    }

    @Test("A display order that the answer did not say fails the set and the views")
    func displayOrder() {
        var run = RunFixture()
        run.corruptFinal = { rows in rows.map { $0.row.displayOrder == 10 ? $0.with(order: .some(nil)) : $0 } }
        run.corruptVisitors = { $0.map { VisitorView(session: $0.session, films: [], isFallback: false) } }
        #expect(run.failures["landing.sets"] == .failed)
        #expect(run.failures["landing.views"] == .failed)
    }

    @Test("A score that is not the model's is wrong")
    func score() {
        var run = RunFixture()
        run.corruptFinal = { [$0[0].with(score: $0[0].row.score + 0.001)] + $0.dropFirst() }
        #expect(run.evidence.ledger?.count(of: .wrongScore) == 1)
        #expect(run.failures == ["landing.rows": .failed])
    }

    @Test("Rows of a session that never asked are phantoms")
    func phantom() {
        var run = RunFixture()
        run.corruptFinal = {
            $0 + [RunFixture.row("m1", .svd, rank: 1, score: 1, order: nil, session: RunFixture.session(9))]
        }
        #expect(run.evidence.ledger?.count(of: .phantom) == 1)
        #expect(run.failures == ["landing.rows": .failed])
    }

    @Test("A film of phase 1 and one that the catalogue lacks fail")
    func films() {
        var run = RunFixture()
        run.phase1Movies = [Self.phase1]
        #expect(run.failures == ["landing.films": .failed])
        run.phase1Movies = []
        run.catalogue.remove(Self.phase1)
        #expect(run.failures == ["landing.films": .failed])
        run.catalogue = []
        #expect(run.failures == ["landing.films": .inconclusive])
    }

    @Test("A second answer replaces the earlier set")
    func replaced() {
        let rows = RowExpectation(earlierSet: RunFixture.at(.replaced))
        #expect(run(rows: rows, [.init(), .init()]).failures.isEmpty)
        #expect(run(rows: rows, [.init(), .failing()]).failures == ["landing.earlier_set": .failed])
    }

    @Test("A second set beside the earlier one fails")
    func notReplaced() {
        var second = RunFixture.Exchange()
        second.keep = { $0 }
        let run = run(rows: RowExpectation(earlierSet: RunFixture.at(.replaced)), [.init(), second])
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
        let run = run(rows: RowExpectation(earlierSet: RunFixture.at(.replaced)), [exchange, exchange])
        let ledger = try #require(run.evidence.ledger)
        #expect(ledger.count(of: .staleModel) == 0 && ledger.count(of: .reordered) == 4)
        #expect(run.verdict("landing.earlier_set")?.outcome == .passed)
    }

    @Test("Rows that came after the answer are later, and what measures that is named")
    func later() throws {
        var run = RunFixture()
        run.exchanges = [.init()]
        let rows = try #require(run.evidence.ledger).entries.compactMap(\.found)
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
                .contains("5 films of P5 are displayed, and 0 rows of it are saved")
                == true
        )
    }

    @Test("An SVD-only answer after a full one leaves no P5 row of the earlier set")
    func degraded() {
        #expect(run([.init(), .svdOnly()]).failures.isEmpty)
        var second = RunFixture.Exchange.svdOnly()
        second.keep = { $0.filter { $0.row.model == .p5 } }
        let run = run([.init(), second])
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
        #expect(run(rows: rows, [.init(), .failing()]).failures.isEmpty)
    }

    @Test("An error that costs the earlier set, or half of it, fails", arguments: [0, 10])
    func notIntact(kept: Int) {
        var failing = RunFixture.Exchange.failing()
        failing.keep = { Array($0.prefix(kept)) }
        let run = run(rows: RowExpectation(earlierSet: RunFixture.at(.intact)), [.init(), failing])
        #expect(run.failures["landing.rows"] == .failed)
        #expect(run.failures["landing.answers"] == .failed)
        #expect(run.failures["landing.earlier_set"] == .failed)
    }

    @Test("An error that leaves half a set where none was fails")
    func halfSet() {
        var failing = RunFixture.Exchange.failing()
        failing.write = { _ in [RunFixture.row("m1", .svd, rank: 1, score: 2, order: 1)] }
        let run = run([failing])
        #expect(run.failures["landing.answers"] == .failed)
        #expect(run.evidence.ledger?.count(of: .phantom) == 1)
    }

    @Test("Where no request met an earlier set nothing can be said about it", arguments: EarlierSet.allCases)
    func noEarlierSet(expected: EarlierSet) {
        let run = run(rows: RowExpectation(earlierSet: RunFixture.at(expected)), [.init()])
        #expect(run.failures == ["landing.earlier_set": .inconclusive])
    }

    @Test("An answer of 200 that saved nothing leaves the rows as they were")
    func hole() {
        var empty = RunFixture.Exchange.svdOnly()
        empty.state = .nothing
        empty.svd = nil
        empty.svdSaved = 0
        #expect(run([empty]).failures.isEmpty)
        #expect(run([empty]).verdict("landing.rows")?.message == "no row was expected and none is there")
        #expect(run([.init(), empty]).failures.isEmpty)
    }

    private static let wholeSet = Model.allCases.flatMap { model in
        (1...2)
            .map {
                RunFixture.row(RunFixture.films[$0], model, rank: $0, score: 2, order: 2 * $0 - (model == .svd ? 1 : 0))
            }
    }

    @Test("After a broken connection either outcome is right, but only as a whole")
    func broken() {
        func wrote(_ rows: [StoredRecommendation], state: ServingState = .full) -> RunFixture {
            var failing = RunFixture.Exchange.failing(status: nil)
            failing.state = state
            failing.write = { _ in rows }
            return run([failing])
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
        #expect(run([failing]).evidence.ledger?.count(of: .phantom) == 4)
    }

    @Test("After a commit whose answer was lost the new set may be there")
    func afterCommit() {
        func failures(_ boundary: WriteBoundary) -> [String: Verdict.Outcome] {
            var failing = RunFixture.Exchange.failing()
            failing.write = { _ in Self.wholeSet }
            var run = run([failing])
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
            run(rows: RowExpectation(svd: RunFixture.at(svd), p5: RunFixture.at(p5)), [.init()]).failures
        }
        #expect(failures(10, 10).isEmpty)
        #expect(failures(9, 10) == ["landing.count.svd": .failed])
        #expect(failures(10, 0) == ["landing.count.p5": .failed])
    }

    @Test("Visitors see what the scenario says", arguments: ExpectedView.allCases)
    func visitors(view: ExpectedView) {
        var run = RunFixture()
        run.expectations = Expectations(visitors: [RunFixture.at(.init(view: view, sessions: nil), line: 33)])
        #expect(run.failures == (view == .recommendations ? [:] : ["landing.visitors": .failed]))
        #expect(run.verdict("landing.visitors")?.location?.line == 33)
        run.exchanges = [.failing(), .failing(RunFixture.second)]
        #expect(run.failures == (view == .fallback ? [:] : ["landing.visitors": .failed]))
        run.corruptVisitors = { Array($0.dropLast()) }
        #expect(run.failures["landing.visitors"] == (view == .fallback ? .inconclusive : .failed))
    }

    @Test("One visitor is judged alone")
    func oneVisitor() {
        var run = RunFixture()
        run.exchanges = [.init(), .failing(RunFixture.second)]
        run.expectations = Expectations(
            visitors: [
                RunFixture.at(.init(view: .recommendations, sessions: [.position(1)])),
                RunFixture.at(.init(view: .fallback, sessions: [.id(RunFixture.second)])),
            ]
        )
        #expect(run.failures.isEmpty)
        #expect(run.verdicts.count { $0.check == "landing.visitors" } == 2)
    }

    @Test("A view or a summary that contradicts the rows fails")
    func contradictions() {
        var run = RunFixture()
        run.corruptVisitors = { $0.map { VisitorView(session: $0.session, films: $0.films, isFallback: true) } }
        #expect(run.failures == ["landing.views": .failed])
        run.corruptVisitors = {
            $0.map { VisitorView(session: $0.session, films: $0.films.reversed(), isFallback: false) }
        }
        #expect(run.failures == ["landing.views": .failed])
        run.corruptVisitors = { $0 }
        run.corruptSummary = { Array($0.dropFirst()) }
        #expect(run.failures == ["landing.summary": .failed])
    }

    @Test("Without a look at the database every expectation about it is inconclusive")
    func unread() {
        var run = RunFixture()
        run.readsDatabase = false
        #expect(run.failures == ["landing.rows": .inconclusive])
        run.expectations = Expectations(
            rows: RowExpectation(
                svd: RunFixture.at(0),
                p5: RunFixture.at(0),
                earlierSet: RunFixture.at(.intact)
            ),
            visitors: [RunFixture.at(.init(view: .fallback, sessions: nil))]
        )
        #expect(
            run.failures == [
                "landing.count.svd": .inconclusive, "landing.count.p5": .inconclusive,
                "landing.earlier_set": .inconclusive, "landing.visitors": .inconclusive,
            ]
        )
    }

    @Test("A start that was refused wrote nothing, and needs no look at the database")
    func refused() {
        var run = RunFixture()
        run.readsDatabase = false
        run.summary = nil
        run.exchanges = []
        #expect(run.verdicts.isEmpty)
    }

    @Test("Where rankings are not visible only the displayed rows are known, and the rest is inconclusive")
    func invisible() {
        var run = RunFixture()
        run.exchanges = [.init()]
        run.exchanges[0].isVisible = false
        #expect(run.failures == ["landing.rows": .inconclusive])
        #expect(run.evidence.ledger?.count(of: .landed) == 10)
        #expect(run.evidence.ledger?.unjudged == 10)
        run.corruptFinal = { Array($0.dropFirst()) }
        #expect(run.evidence.ledger?.count(of: .lost) == 1)
    }

    /// A run of a service that shows no rankings, with those that the harness's engine predicts.
    private static func predicted() -> RunFixture {
        var run = RunFixture()
        for index in run.exchanges.indices {
            run.exchanges[index].isVisible = false
            run.exchanges[index].predicted = [RunFixture.svd, RunFixture.p5]
        }
        return run
    }

    @Test("Where rankings are not visible the predicted ones say which rows must be there")
    func prediction() {
        var run = Self.predicted()
        #expect(run.failures.isEmpty)
        #expect(run.evidence.ledger?.count(of: .landed) == 40)
        #expect(run.evidence.ledger?.unjudged == 0)
        run.corruptFinal = { Array($0.dropFirst()) }
        #expect(run.evidence.ledger?.count(of: .lost) == 1)
    }

    @Test(
        "Another program's scores may differ by the tolerance of the goldens, and not by more",
        arguments: [5e-5, 2e-4]
    )
    func predictedScores(deviation: Double) {
        var run = Self.predicted()
        run.corruptFinal = { rows in rows.map { $0.with(score: $0.row.score * (1 + deviation)) } }
        #expect(run.evidence.ledger?.count(of: .wrongScore) == (deviation < 1e-4 ? 0 : 40))
    }

    @Test("Expected ratings that the prediction ties may stand in either order, others not", arguments: [5e-5, 2e-4])
    func predictedExpectations(margin: Double) {
        var run = Self.predicted()
        run.p5Settings.scoring = .expected
        var films = RunFixture.p5.movies
        let scores = RunFixture.p5.places.map(\.score)
        let close = scores.enumerated().map { $0 == 3 ? scores[2] - margin : $1 }
        let ranking = RunFixture.ranking(.p5, Array(zip(films, close)))
        films.swapAt(2, 3)
        for index in run.exchanges.indices {
            run.exchanges[index].predicted = [RunFixture.svd, ranking]
            run.exchanges[index].p5 = RunFixture.ranking(.p5, Array(zip(films, close)))
        }
        #expect(run.evidence.ledger?.count(of: .reordered) == (margin < 1e-4 ? 0 : 4))
        #expect(run.evidence.ledger?.count(of: .landed) == (margin < 1e-4 ? 40 : 36))
    }

    @Test("Films that the prediction ties may stand in either order, others not", arguments: [true, false])
    func predictedTies(isTie: Bool) {
        var run = Self.predicted()
        let scores = RunFixture.svd.places.map(\.score)
        let tied = scores.enumerated().map { $0 == 3 ? (isTie ? scores[2] * 0.999_99 : $1) : $1 }
        let ranking = RunFixture.ranking(.svd, Array(zip(RunFixture.films, tied)))
        var films = RunFixture.films
        films.swapAt(2, 3)
        for index in run.exchanges.indices {
            run.exchanges[index].predicted = [ranking, RunFixture.p5]
            run.exchanges[index].svd = RunFixture.ranking(.svd, Array(zip(films, tied)))
        }
        #expect(run.evidence.ledger?.count(of: .reordered) == (isTie ? 0 : 4))
    }
}
