import Checks
import Domain
import Observations
import Testing

@Suite("Causes of an audit's findings")
struct AuditCauseTests {
    private static func result(_ sessions: [AuditedSession]) -> AuditResult {
        var tally = AuditTally(rules: AuditRules(catalogue: AuditedSession.movies))
        for session in sessions { tally.add(session) }
        return tally.result(database: "d", role: nil, seconds: 0)
    }

    private static func found(_ result: AuditResult) -> [String] {
        result.groups.filter { $0.count > 0 }.map { "\($0.kind.rawValue) \($0.count) \($0.cause?.rawValue ?? "-")" }
    }

    private static func changed(
        _ session: String = "a",
        shared: Int = 0,
        _ change: (inout AuditedSession.Row) -> Void
    ) -> AuditedSession {
        var changed = AuditedSession.right(session, shared: shared)
        for index in changed.rows.indices { change(&changed.rows[index]) }
        return changed
    }

    @Test("Places from 0 are one finding a session with its own advice, and what else is wrong is still found")
    func places() {
        let fromZero = Self.changed { $0.displayOrder? -= 1 }
        let result = Self.result([fromZero])
        #expect(Self.found(result) == ["display_strangers 1 places_from_zero"])
        let group = result.groups.first { $0.count > 0 }
        #expect(group?.advice == AuditCause.placesFromZero.advice)
        #expect(group?.examples.first?.text == "places 0 to 9 in place of 1 to 10")

        var shuffled = fromZero
        for index in shuffled.rows.indices {
            switch shuffled.rows[index].displayOrder {
            case 1: shuffled.rows[index].displayOrder = 2
            case 2: shuffled.rows[index].displayOrder = 1
            default: break
            }
        }
        #expect(
            Self.found(Self.result([shuffled])) == ["display_strangers 1 places_from_zero", "display_out_of_turn 1 -"]
        )
        // One row at place 0 is a stray one.
        let stray = Self.changed { if $0.displayOrder == 5 { $0.displayOrder = 0 } }
        #expect(Self.found(Self.result([stray])) == ["display_gaps 1 -", "display_strangers 1 -"])
    }

    @Test("A cause that explains a part of a class is told beside the class's own advice")
    func parts() throws {
        let fromZero = Self.changed("a") { $0.displayOrder? -= 1 }
        let stray = Self.changed("b") { if $0.displayOrder == 10 { $0.displayOrder = 11 } }
        let group = try #require(Self.result([fromZero, stray]).groups.first { $0.kind == .displayStrangers })
        #expect(group.count == 2 && group.cause == nil && group.meaning == AuditClass.displayStrangers.meaning)
        #expect(group.advice.hasPrefix(AuditClass.displayStrangers.advice))
        #expect(group.advice.contains("for 1 of them: \(AuditCause.placesFromZero.meaning)"))
    }

    /// Scores as the two models write them, by rank.
    private static let svdScores = (0..<10).map { 1.234567 - Double($0) * 0.0678901 }
    private static let p5Scores = [9, 8.5, 8, 7.25, 7, 6, 5.5, 5, 4, 3]

    @Test("Scores of P5 in rows of SVD are told from a broken sort", arguments: [0, 4])
    func scores(shared: Int) {
        // SVD's movies f1… with P5's scores of them, in P5's own order for the shared ones.
        let swapped = Self.changed(shared: shared) { row in
            let index = (row.rank ?? 1) - 1
            row.score = row.model == "svd" ? Self.p5Scores[(index * 7) % 10] : Self.svdScores[(index * 3) % 10]
        }
        #expect(Self.found(Self.result([swapped])) == ["scores_out_of_order 2 scores_of_other_model"])
        let broken = Self.changed(shared: shared) { row in
            let index = (row.rank ?? 1) - 1
            row.score = row.model == "svd" ? Self.svdScores[(index * 3) % 10] : Self.p5Scores[index]
        }
        #expect(Self.found(Self.result([broken])) == ["scores_out_of_order 1 -"])
        let right = Self.changed(shared: shared) { row in
            row.score = (row.model == "svd" ? Self.svdScores : Self.p5Scores)[(row.rank ?? 1) - 1]
        }
        #expect(Self.found(Self.result([right])).isEmpty)
    }

    @Test("P5's scores in both models' rows are told by the movies that both rank")
    func copies() {
        // f7…f10 are the last four of SVD and the first four of P5, which the scores' order shows.
        let copied = Self.changed(shared: 4) { row in
            let index = (row.rank ?? 1) - 1
            row.score = row.model == "p5" ? Self.p5Scores[index] : [5, 4, 3, 2, 1, 0.5, 9, 8.5, 8, 7.25][index]
        }
        #expect(Self.found(Self.result([copied])) == ["scores_out_of_order 1 scores_of_other_model"])
        let whole = Self.changed { row in
            let index = (row.rank ?? 1) - 1
            row.score = row.model == "p5" ? Self.p5Scores[index] : Double((index * 7) % 10)
        }
        #expect(Self.found(Self.result([whole])) == ["scores_out_of_order 1 -"])
    }

    @Test("SVD's set missing everywhere is a service that never saves it, and here and there a write that broke off")
    func missing() {
        let lost = ["a", "b"].map { AuditedSession.right($0, svd: 0) }
        #expect(Self.found(Self.result(lost)) == ["partial_sets 2 svd_nowhere"])
        #expect(Self.found(Self.result(lost + [.right("c")])) == ["partial_sets 2 -"])
        #expect(Self.found(Self.result([lost[0]])) == ["partial_sets 1 -"])
        #expect(Self.found(Self.result(["a", "b"].map { .right($0, p5: 0) })).isEmpty)
    }
}
