import Checks
import Domain
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Landing check of views and of what is not visible")
struct LandingViewTests {
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
        run.corruptVisitors = { $0.map { VisitorView(session: $0.session, movies: $0.movies, isFallback: true) } }
        #expect(run.failures == ["landing.views": .failed])
        run.corruptVisitors = {
            $0.map { VisitorView(session: $0.session, movies: $0.movies.reversed(), isFallback: false) }
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
        var movies = RunFixture.p5.movies
        let scores = RunFixture.p5.places.map(\.score)
        let close = scores.enumerated().map { $0 == 3 ? scores[2] - margin : $1 }
        let ranking = RunFixture.ranking(.p5, Array(zip(movies, close)))
        movies.swapAt(2, 3)
        for index in run.exchanges.indices {
            run.exchanges[index].predicted = [RunFixture.svd, ranking]
            run.exchanges[index].p5 = RunFixture.ranking(.p5, Array(zip(movies, close)))
        }
        #expect(run.evidence.ledger?.count(of: .reordered) == (margin < 1e-4 ? 0 : 4))
        #expect(run.evidence.ledger?.count(of: .landed) == (margin < 1e-4 ? 40 : 36))
    }

    @Test("Movies that the prediction ties may stand in either order, others not", arguments: [true, false])
    func predictedTies(isTie: Bool) {
        var run = Self.predicted()
        let scores = RunFixture.svd.places.map(\.score)
        let tied = scores.enumerated().map { $0 == 3 ? (isTie ? scores[2] * 0.999_99 : $1) : $1 }
        let ranking = RunFixture.ranking(.svd, Array(zip(RunFixture.movies, tied)))
        var movies = RunFixture.movies
        movies.swapAt(2, 3)
        for index in run.exchanges.indices {
            run.exchanges[index].predicted = [ranking, RunFixture.p5]
            run.exchanges[index].svd = RunFixture.ranking(.svd, Array(zip(movies, tied)))
        }
        #expect(run.evidence.ledger?.count(of: .reordered) == (isTie ? 0 : 4))
    }
}
