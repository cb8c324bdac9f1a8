import Domain
import RankingMetrics
import Testing

@testable import ModelComparison

@Suite("Rankings of changed sessions")
struct SessionRankingsTests {
    @Test("the most changed sessions have their rankings, the others the rest of what is said of them")
    func limit() throws {
        // Session n has n of its ten places changed.
        let movies = (0..<30).map { MovieID("m\($0)") }
        let old = (1...9).map { (key: "s\($0)", svd: Array(movies[..<10])) }
        let new = (1...9).map { (key: "s\($0)", svd: Array(movies[..<(10 - $0)] + movies[20..<(20 + $0)])) }
        for order in [Array(0..<9), (0..<9).reversed(), [4, 8, 0, 6, 2, 7, 1, 5, 3]] {
            let result = try ComparisonTests.result(order.map { old[$0] }, order.map { new[$0] }) {
                $0.rankingLimit = 3
            }
            #expect(result.changes.map(\.session) == (1...9).reversed().map { "s\($0)" })
            #expect(result.changes.map { $0.rankings != nil } == (0..<9).map { $0 < 3 })
            let first = try #require(result.changes[0].rankings)
            #expect(first.old.svd?.map(\.movie) == Array(movies[..<10]) && first.old.p5 == nil && first.ratings == nil)
            #expect(first.new.svd?.map(\.score) == (1...10).reversed().map(Double.init))
            #expect(result.changes[0].movies == Set(movies[..<10] + movies[20..<29]))
        }
    }

    @Test("a place of P5 says the movie's place in the SVD list, also below the places that are held")
    func svdPlace() throws {
        var table = MovieTable()
        let movies = (0..<20).map { MovieID("m\($0)") }
        func list(_ movies: [MovieID]) -> RankedList { RankedList(movies.map { (movie: $0, score: 1) }, in: &table) }
        var session = SideSession()
        session.lists.svd = list(movies)
        session.lists.p5 = list([movies[17], movies[2], "elsewhere"])
        session.lists.display = list([movies[17]])
        let rating = Rating(movie: "m4", value: 8, createdAt: Timestamp(microseconds: 0))
        let found = SessionRankings([rating], session, nil, table)
        #expect(found.old.p5?.map(\.svdPlace) == [18, 3, nil])
        #expect(found.old.svd?.count == SessionRankings.depth && found.old.display?.first?.score == nil)
        #expect(found.new == SessionRankings.Side() && found.ratings == [.init(movie: "m4", rating: 8)])
        #expect(found.movies.contains("m4") && found.movies.contains("elsewhere"))
    }
}
