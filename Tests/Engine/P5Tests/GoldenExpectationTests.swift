import ColdstartTestSupport
import Domain
import ModelFiles
import P5
import Testing

@Suite(.computesLong) struct GoldenExpectationTests {
    /// How far an expected rating may be from the reference's, in points.
    private let tolerance = 1e-4

    @Test
    func `all recorded sessions get the reference's expected ratings and order`() throws {
        let sessions = try GoldenSessions.read(.expected)
        #expect(sessions.count == 40)
        let reranker = try GoldenSessions.reranker(P5Settings(threads: 2, scoring: .expected))
        for session in sessions {
            let found = try reranker.rerank(session.movies, session: session.id, history: session.history)
            #expect(found.ranking.places.count == session.expected.count)
            // Where the reference's own logits are closer than this another text is as right as its own.
            let sure = session.expected.filter { $0.gap >= 1e-3 }
            let golden = Dictionary(uniqueKeysWithValues: sure.map { ($0.movie, $0) })
            let places = found.ranking.places.filter { golden[$0.movie] != nil }
            #expect(places.count == sure.count)
            for (place, expected) in zip(places, sure) {
                let own = try #require(golden[place.movie])
                #expect(place.text == own.text, "\(session.id) movie \(place.movie)")
                #expect(abs(place.score - own.score) < tolerance, "\(session.id) movie \(place.movie)")
                // Ratings closer than rounding may stand in either order.
                #expect(abs(own.score - expected.score) < 2 * tolerance, "\(session.id) rank \(place.rank)")
            }
        }
    }
}
