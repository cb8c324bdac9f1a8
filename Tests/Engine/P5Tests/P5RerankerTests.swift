import Domain
import ModelFiles
import Testing

@testable import P5

struct P5RerankerTests {
    private func reranker(_ settings: P5Settings = P5Settings()) throws -> P5Reranker {
        let reference = ReferenceModel.checkpoint
        let ids = (0..<60).map { (MovieID("\($0)"), "\(1_000 + 37 * $0)") }
        return try P5Reranker(
            model: reference.load(),
            tokenizer: Tokenizer(modelPath: reference.directory + "/spiece.model"),
            dataMaps: DataMaps(internalIDs: Dictionary(uniqueKeysWithValues: ids)),
            settings: settings
        )
    }

    private let session = SessionID("08a30d33-6669-4609-a1e5-f0369f502a37")
    private let history = (0..<14)
        .map {
            Rating(movie: MovieID("\($0)"), value: Double($0 % 11), createdAt: Timestamp(microseconds: Int64(-$0)))
        }

    private func movies(_ ids: some Sequence<Int>) -> [RankedMovie] {
        ids.enumerated().map { RankedMovie(movie: MovieID("\($1)"), rank: $0 + 1, score: Double(-$0)) }
    }

    @Test
    func `movies without an internal id are left out, the others ranked by score, ties in their order`() throws {
        let movies = movies(20..<70)
        let result = try reranker().rerank(movies, session: try #require(session), history: history)
        #expect(result.ranking.model == .p5)
        #expect(Set(result.ranking.movies) == Set((20..<60).map { MovieID("\($0)") }))
        #expect(result.ranking.places.map(\.rank) == Array(1...40))
        let place = Dictionary(uniqueKeysWithValues: movies.map { ($0.movie, $0.rank) })
        for (better, worse) in zip(result.ranking.places, result.ranking.places.dropFirst()) {
            #expect(
                better.score > worse.score
                    || better.score == worse.score && place[better.movie, default: 0] < place[worse.movie, default: 0]
            )
        }
        for movie in result.ranking.places {
            #expect(movie.score == RatingText.score(try #require(movie.text)))
            #expect(try #require(result.gaps[movie.movie]) >= 0)
        }
    }

    @Test(arguments: [
        P5Settings(), P5Settings(usesWholeWords: true), P5Settings(beams: 3), P5Settings(scoring: .expected),
        P5Settings(usesWholeWords: true, scoring: .expected),
    ])
    func `batches and threads change no bit`(_ settings: P5Settings) throws {
        let expected = try reranker(settings).rerank(movies(0..<60), session: try #require(session), history: history)
        #expect(expected.ranking.places.count == 60)
        for (batch, threads) in [(1, 1), (16, 1), (7, 3), (100, 2)] {
            var other = settings
            other.batch = batch
            other.threads = threads
            let found = try reranker(other).rerank(movies(0..<60), session: try #require(session), history: history)
            #expect(found == expected, "batch \(batch), \(threads) threads")
        }
    }

    @Test
    func `no candidate with an internal id makes an empty ranking`() throws {
        let result = try reranker().rerank(movies(60..<70), session: try #require(session), history: history)
        #expect(result.ranking.places.isEmpty)
        #expect(try reranker().rerank([], session: try #require(session), history: []).ranking.places.isEmpty)
    }

    @Test
    func `a prompt over the maximum length is cut, not refused`() throws {
        let result = try reranker(P5Settings(maximumLength: 3))
            .rerank(movies(0..<5), session: try #require(session), history: history)
        // What is left of every prompt is the same, so are the texts.
        #expect(Set(result.ranking.places.map(\.text)).count == 1)
        #expect(result.ranking.movies == movies(0..<5).map(\.movie))
    }

    @Test
    func `a soft prompt changes the texts, and threads change no ranking behind it`() throws {
        var soft = SoftPromptSettings()
        soft.virtualTokens = 7
        soft.steps = 3
        func rerank(_ threads: Int, batch: Int = 16) throws -> P5Reranker.Result {
            let settings = P5Settings(batch: batch, threads: threads, mode: .softPrompt(soft))
            return try reranker(settings).rerank(movies(0..<60), session: try #require(session), history: history)
        }
        let found = try rerank(1)
        #expect(found.softPrompt?.losses.count == 3 && found.fallback == nil)
        #expect(found.softPrompt?.prompt.count == 7)
        #expect(try rerank(2) == found)
        #expect(try rerank(3, batch: 5) == found)
        let plain = try reranker().rerank(movies(0..<60), session: try #require(session), history: history)
        #expect(plain.softPrompt == nil && plain.fallback == nil)
        #expect(plain.ranking != found.ranking)
    }

    @Test
    func `without an example the session is scored in-prompt, and the result says so`() throws {
        let settings = P5Settings(mode: .softPrompt(SoftPromptSettings()))
        let unknown = [Rating(movie: MovieID("unknown"), value: 8, createdAt: Timestamp(microseconds: 0))]
        let found = try reranker(settings).rerank(movies(0..<9), session: try #require(session), history: unknown)
        let plain = try reranker().rerank(movies(0..<9), session: try #require(session), history: unknown)
        #expect(found.ranking == plain.ranking)
        #expect(found.softPrompt == nil)
        #expect(try #require(found.fallback).contains("no rating of a movie with an internal id"))
    }
}
