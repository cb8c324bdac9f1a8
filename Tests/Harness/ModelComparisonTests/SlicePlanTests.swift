import Domain
import Testing

@testable import ModelComparison

@Suite("Slices")
struct SlicePlanTests {
    private static func session(_ number: Int, _ movies: [MovieID]) throws -> RecordedSession {
        RecordedSession(
            id: try #require(SessionID("00000000-0000-4000-8000-00000000000\(number)")),
            phase: "recommendation",
            ratings: movies.map { Rating(movie: $0, value: 5, createdAt: Timestamp(microseconds: 0)) },
            phase1Movies: []
        )
    }

    @Test("a session is in all, in a band of length, in a third of popularity and in its main genre")
    func slices() throws {
        let catalogue = [("a", "Drama|War"), ("b", "War, Comedy"), ("c", "(no genres listed)")]
            .map { CatalogueMovie(id: MovieID($0), title: $0, year: nil, genre: $1) }
        // a is rated by all three, b by two, c by one.
        let sessions = [
            try Self.session(1, ["a"]), try Self.session(2, ["a", "b"]), try Self.session(3, ["a", "b", "c"]),
        ]
        let plan = SlicePlan(sample: sessions, catalogue: catalogue)
        func names(_ session: RecordedSession) -> [String] { plan.slices(of: session).map { plan.names[Int($0)] } }
        #expect(names(sessions[0]) == ["all", "history:1-9", "popularity:high", "genre:Drama"])
        #expect(names(sessions[1]) == ["all", "history:1-9", "popularity:middle", "genre:War"])
        #expect(names(sessions[2]).prefix(3) == ["all", "history:1-9", "popularity:low"])
        #expect(plan.popularity(of: "b") == 2.0 / 3)
        #expect(plan.popularity(of: "never") == 0)
        #expect(names(try Self.session(4, [])) == ["all", "history:0", "popularity:low"])
    }

    @Test("without recorded sessions there is one slice")
    func none() throws {
        let plan = SlicePlan()
        #expect(plan.names == ["all"])
        #expect(plan.slices(of: nil) == [0])
        #expect(plan.popularity(of: "a") == nil)
    }
}
