import ColdstartTestSupport
import Domain
import FoldInSVD
import ModelFiles
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The shipped bundle and sessions against what the independent reference ranked.
struct GoldenRankingTests {
    private static let scenarios = Fixtures.packageDirectory + "/scenarios/"

    private struct Session: Decodable {
        struct Entry: Decodable {
            var movie_id: MovieID
            var rating: Double
        }

        var session_id: String
        var ratings: [Entry]
        var phase1_movies: [MovieID]
    }

    private struct Golden: Decodable {
        struct Place: Decodable {
            var movie_id: MovieID
            var score: Double
        }

        var session_id: String
        var svd: [Place]
        var svd_next: Place?
    }

    private func lines<Value: Decodable>(_ path: String, skipping: Int = 0) throws -> [Value] {
        try TemporaryFolder.bytes(of: path)
            .split(separator: UInt8(ascii: "\n"))
            .dropFirst(skipping)
            .map { try JSONDecoder().decode(Value.self, from: Data($0)) }
    }

    /// Scores nearer than this are a tie, in which either order passes.
    private func isTie(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-4 * max(abs(left), abs(right))
    }

    @Test(arguments: [("demo", ScoreFormula.factors), ("demo-biased", .biased)])
    func `all recorded sessions rank as the goldens say`(_ file: String, _ formula: ScoreFormula) throws {
        let model = try FoldInModel(directory: GoldenRankingTests.scenarios + "bundle/svd_5core")
        let movies: [CatalogueMovie] = try lines(GoldenRankingTests.scenarios + "catalogue.jsonl")
        let sessions: [Session] = try lines(GoldenRankingTests.scenarios + "sessions/demo.jsonl")
        let goldens: [Golden] = try lines(Fixtures.packageDirectory + "/golden/\(file).jsonl", skipping: 1)
        try #require(goldens.map(\.session_id) == sessions.map(\.session_id))
        let candidates = CandidateSet(movies.map(\.id), of: model)
        for (session, golden) in zip(sessions, goldens) {
            let ratings = session.ratings.map { entry in
                Rating(movie: entry.movie_id, value: entry.rating, createdAt: Timestamp(microseconds: 0))
            }
            let user = try #require(model.userVector(for: ratings))
            let places =
                model.rank(
                    user,
                    candidates: candidates,
                    excluding: session.phase1_movies,
                    limit: 101,
                    formula: formula
                )
                .places
            let expected = golden.svd + [golden.svd_next].compactMap(\.self)
            try #require(places.count == expected.count)
            let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.movie_id, $0.score) })
            for (place, golden) in zip(places, expected) {
                #expect(isTie(place.score, golden.score), "\(session.session_id) rank \(place.rank)")
                // A movie that the golden does not list must tie with its last.
                let recorded = try #require(scores[place.movie] ?? expected.last?.score)
                #expect(isTie(recorded, golden.score), "\(session.session_id) rank \(place.rank): \(place.movie)")
            }
        }
    }
}
