import Checks
import Domain
import Observations
import Scenarios
import Testing

@Suite("Landing check")
struct LandingCheckTests {
    private static let phase1 = RunFixture.movies[3]

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
                == "39 landed, 1 lost; session \(RunFixture.second): p5 rank 10 movie m3 lost: it is not there"
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
        run.corruptVisitors = { $0.map { VisitorView(session: $0.session, movies: [], isFallback: false) } }
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

    @Test("A movie of phase 1 and one that the catalogue lacks fail")
    func movies() {
        var run = RunFixture()
        run.phase1Movies = [Self.phase1]
        #expect(run.failures == ["landing.films": .failed])
        run.phase1Movies = []
        run.catalogue.remove(Self.phase1)
        #expect(run.failures == ["landing.films": .failed])
        run.catalogue = []
        #expect(run.failures == ["landing.films": .inconclusive])
    }
}
