import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

@testable import P5

struct RatingExpectationTests {
    private struct Case: Decodable {
        let session: SessionID
        /// In the order of the expected ratings.
        let movies: [MovieID]
        let scores: [Double]
        let gaps: [Double]

        enum CodingKeys: String, CodingKey {
            case session = "session_id"
            case movies, scores, gaps
        }
    }

    private let bundle = GoldenSessions.bundle

    @Test(arguments: [("8", true), (" 10", true), ("7.5", true), (".5", true), ("05", true)])
    func `digits with a decimal point inside or before are numeric`(_ text: String, _ isNumeric: Bool) {
        #expect(NumericPieces.isNumeric(text) == isNumeric)
    }

    @Test(arguments: ["", " ", ".", "7.", "1.2.3", "a7", "7a", "-7", "7 8", "٣"])
    func `anything else is not numeric`(_ text: String) {
        #expect(!NumericPieces.isNumeric(text))
    }

    @Test(arguments: [("7", 7.0), (" 7.5", 7.5), ("about -2", -2), ("7.50", 7.5)])
    func `a closing number is the first number where the text ends with it`(_ text: String, _ value: Double) {
        #expect(RatingText.closingNumber(of: text) == value)
    }

    @Test(arguments: ["", "7.", "7 8", "7th", "1.2.3", "good"])
    func `a text that goes on behind its first number has no closing number`(_ text: String) {
        #expect(RatingText.closingNumber(of: text) == nil)
    }

    @Test
    func `a rating of one piece is the mean of the ratings that can follow`() throws {
        let tokenizer = try Tokenizer(modelPath: bundle.sentencePieceModel)
        let pieces = try tokenizer.numericPieces()
        var expectation = RatingExpectation(pieces: pieces, tokenizer: tokenizer)
        let tokens = try tokenizer.encode("8", maximumLength: 8)
        let step = try #require(tokens.firstIndex { pieces.text(of: $0) != nil })
        // e^0 for "8", e^-1 for "6", nothing for the rest; 99 is no rating, so that its logit does not count.
        let logits = pieces.ids.map { id -> Float in
            switch pieces.text(of: id) {
            case "8": 0
            case "6": -1
            case "99": 50
            default: -200
            }
        }
        let all = tokens.indices.map { _ in logits }
        let weight = exponential(-1)
        let found = try expectation(tokens: tokens, logits: all, score: 8)
        #expect(abs(found - (8 + 6 * weight) / (1 + weight)) < 1e-9, "step \(step)")
        #expect(try expectation(tokens: tokens, logits: all, score: RatingText.scoreWithoutNumber) == -1)
    }

    @Test
    func `recorded sessions get the reference's expected ratings and order`() throws {
        let cases = try JSONFile.read(
            Fixtures.path("p5/expected-demo.json"),
            as: [Case].self,
            expected: "expected ratings"
        )
        let sessions = try GoldenSessions.read(.plain)
        let reranker = try GoldenSessions.reranker(P5Settings(threads: 2, scoring: .expected))
        for expected in cases {
            let session = try #require(sessions.first { $0.id == expected.session })
            let found = try reranker.rerank(session.movies, session: session.id, history: session.history)
            let scores = Dictionary(uniqueKeysWithValues: found.ranking.places.map { ($0.movie, $0.score) })
            var unsure: Set<MovieID> = []
            for (row, movie) in expected.movies.enumerated() {
                if expected.gaps[row] < 1e-3 { unsure.insert(movie) }
                let isClose = abs((scores[movie] ?? .nan) - expected.scores[row]) < 1e-4
                #expect(isClose || unsure.contains(movie), "\(movie)")
                // Neighbours closer than rounding may stand in either order.
                if row > 0, expected.scores[row - 1] - expected.scores[row] < 1e-4 {
                    unsure.formUnion(expected.movies[row - 1...row])
                }
            }
            #expect(
                found.ranking.movies.filter { !unsure.contains($0) } == expected.movies.filter { !unsure.contains($0) }
            )
            #expect(Set(scores.values).count > expected.movies.count - 3, "expected ratings leave no ties")
        }
    }

    @Test
    func `expected ratings need greedy decoding`() {
        #expect(throws: SettingError.self) { try P5Settings(beams: 2, scoring: .expected).validate() }
    }
}
