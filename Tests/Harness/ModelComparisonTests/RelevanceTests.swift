import Domain
import Testing

@testable import ModelComparison

@Suite("Relevance")
struct RelevanceTests {
    static func session(_ ratings: [(MovieID, Double, Int)], heldOut: [Rating] = []) throws -> RecordedSession {
        RecordedSession(
            id: try #require(SessionID("00000000-0000-4000-8000-000000000001")),
            phase: "recommendation",
            ratings: ratings.map { movie, value, second in
                Rating(movie: movie, value: value, createdAt: Timestamp(microseconds: Int64(second) * 1_000_000))
            },
            phase1Movies: ratings.map(\.0) + ["shown"],
            heldOut: heldOut
        )
    }

    @Test("the last ratings in time are held out, and those high enough are worth their rating")
    func holdOut() throws {
        let session = try Self.session([("a", 9, 4), ("b", 8, 1), ("c", 3, 5), ("d", 7, 2)])
        let rule = HoldOut(last: 2)
        let (kept, heldOut) = rule.split(session)
        #expect(kept.ratings.map(\.movie) == ["b", "d"])
        #expect(kept.phase1Movies == ["b", "d", "shown"], "what is held out can be recommended")
        #expect(heldOut.map(\.movie) == ["c", "a"])
        #expect(rule.compared(session).relevant == [Relevance.Judgement(movie: "a", gain: 9)])
        #expect(rule.source(isMarked: false) == "the last 2 ratings")
    }

    @Test("a session that would have nothing left keeps all, and nothing is known of it")
    func tooShort() throws {
        let session = try Self.session([("a", 9, 1), ("b", 9, 2)])
        let compared = HoldOut(last: 2).compared(session)
        #expect(compared.recorded?.ratings.count == 2)
        #expect(compared.relevant == nil)
    }

    @Test("ratings that the recording marks are held out without a rule")
    func marked() throws {
        let held = Rating(movie: "h", value: 10, createdAt: Timestamp(microseconds: 9))
        let session = try Self.session([("a", 9, 1)], heldOut: [held])
        let compared = HoldOut(last: 0).compared(session)
        #expect(compared.recorded?.ratings.map(\.movie) == ["a"])
        #expect(compared.relevant?.map(\.movie) == ["h"])
        #expect(HoldOut(last: 0).source(isMarked: true) == "ratings marked as held out")
        #expect(HoldOut(last: 0).source(isMarked: false) == nil)
    }

    @Test("a file of judgements is read with what is worth nothing left out")
    func judgements() throws {
        let relevance = try JudgementFile.relevance(parsing: "s 0 a 2\ns 0 b 0\ns 0 c -1\nt 0 a 1\n", file: "q")
        #expect(relevance["s"] == [Relevance.Judgement(movie: "a", gain: 2)])
        #expect(relevance["t"]?.count == 1)
    }

    @Test(
        "what is no judgement is refused with its line",
        arguments: [("s 0 a\n", 1), ("s 0 a 1\ns 0 b x\n", 2), ("s 0 a 1\ns 0 a 2\n", 2)]
    )
    func mistakes(text: String, line: Int) {
        let error = #expect(throws: ComparisonError.self) { try JudgementFile.relevance(parsing: text, file: "q") }
        #expect(error?.line == line)
    }
}
