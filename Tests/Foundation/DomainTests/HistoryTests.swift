import Domain
import Testing

struct HistoryTests {
    private func session(_ ratings: [(MovieID, Double)]) throws -> RecordedSession {
        RecordedSession(
            id: try #require(SessionID("00000000-0000-0000-0000-000000000001")),
            phase: "recommendation",
            ratings: try ratings.map {
                Rating(movie: $0.0, value: 5, createdAt: try #require(Timestamp(unixSeconds: $0.1)))
            },
            phase1Movies: []
        )
    }

    @Test func `history is newest first, whatever the recorded order`() throws {
        #expect(try session([("a", 2), ("b", 3), ("c", 1)]).history(limit: 50).map(\.movie) == ["b", "a", "c"])
    }

    @Test func `of two ratings of the same moment the later recorded is the newer`() throws {
        #expect(try session([("a", 1), ("b", 1), ("c", 1)]).history(limit: 50).map(\.movie) == ["c", "b", "a"])
    }

    @Test func `history ends at its limit`() throws {
        #expect(try session([("a", 1), ("b", 2), ("c", 3)]).history(limit: 2).map(\.movie) == ["c", "b"])
    }

    @Test(arguments: [Double.nan, .infinity, 1e300])
    func `a time that PostgreSQL could not hold is no timestamp`(seconds: Double) {
        #expect(Timestamp(unixSeconds: seconds) == nil)
    }
}
