import Domain
import RankingMetrics
import Testing

@testable import ModelComparison

@Suite("TREC run files")
struct RunFileTests {
    @Test("a list is ordered by score, and by id, the last first, where scores are equal")
    func order() throws {
        let text = "q1 Q0 a 1 2.0 x\nq1 Q0 c 2 1.0 x\nq1\tQ0\tb\t3\t1.0\tx\n\nq2 Q0 a 7 5 x\n"
        let run = try RunFile(parsing: text, file: "a.run")
        #expect(run.topics.map(\.key) == ["q1", "q2"])
        #expect(run.topics[0].places.map(\.movie) == ["a", "c", "b"])
        #expect(!run.topics[0].hasOtherRanks)
        let other = try RunFile(parsing: "q Q0 a 2 1 x\nq Q0 b 1 0.5 x\n", file: "a.run")
        #expect(other.topics[0].places.map(\.movie) == ["a", "b"])
        #expect(other.topics[0].hasOtherRanks)
    }

    @Test(
        "what is no run is refused with its line",
        arguments: [
            ("q Q0 a 1 2.0\n", 1), ("q Q0 a 1 2.0 x\nq Q0 b one 2.0 x\n", 2), ("q Q0 a 1 nan x\n", 1),
            ("q Q0 a 1 2 x\n\nq Q0 a 2 1 x\n", 3),
        ]
    )
    func mistakes(text: String, line: Int) throws {
        let error = #expect(throws: ComparisonError.self) { try RunFile(parsing: text, file: "a.run") }
        #expect(error?.line == line)
        #expect(error?.subject == "a.run")
    }

    @Test("lines keep the order for readers that look at scores alone, ties and all")
    func writing() throws {
        let tied: [(movie: MovieID, score: Double)] = [("x", 8), ("a", 8), ("z", 8), ("b", 2)]
        let text = RunFile.lines(tied, key: "s", tag: "p5")
        let back = try RunFile(parsing: text, file: "a.run")
        #expect(back.topics[0].places.map(\.movie) == ["x", "a", "z", "b"])
        #expect(back.topics[0].tag == "p5")
        let falling: [(movie: MovieID, score: Double)] = [("x", 0.1), ("a", -0.25)]
        let kept = try RunFile(parsing: RunFile.lines(falling, key: "s", tag: "svd"), file: "a.run")
        #expect(kept.topics[0].places.map(\.score) == [0.1, -0.25])
    }

    @Test("tags that name lists say which list it is, and two runs of one list are refused")
    func tags() throws {
        let run = try RunFile(parsing: "s Q0 a 1 1 svd\ns Q0 b 1 1 p5\ns Q0 c 1 1 mine\n", file: "a.run")
        let side = try run.side(name: "a.run", list: .display)
        var table = MovieTable()
        let content = try side.rankings(of: [ComparedSession(key: "s")], in: &table)[0]
        #expect(content?.lists.svd?.movies.map { table[$0] } == ["a"])
        #expect(content?.lists.p5?.movies.map { table[$0] } == ["b"])
        #expect(content?.lists.display?.movies.map { table[$0] } == ["c"])
        #expect(throws: ComparisonError.self) { try run.side(name: "a.run", list: .svd) }
    }

    @Test("line ends of other systems part lines, and places that stand in for scores are told from scores")
    func foreign() throws {
        let run = try RunFile(parsing: "q Q0 a 1 2.0 x\r\nq Q0 b 2 1.0 x\r\n", file: "a.run")
        #expect(run.topics.map(\.places.count) == [2])
        #expect(run.topics[0].hasPlacesForScores)
        let scored = try RunFile(parsing: "q Q0 a 1 2.5 x\nq Q0 b 2 1.0 x\n", file: "a.run")
        #expect(!scored.topics[0].hasPlacesForScores)
    }
}
