import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

@testable import P5

/// A session with more mapped ratings than examples, of whose first 30 some have no internal id.
struct SoftPromptSessionTests {
    private struct Case: Decodable {
        struct Item: Decodable {
            let movie: MovieID
            let rating: Double

            enum CodingKeys: String, CodingKey {
                case movie = "movie_id"
                case rating
            }
        }

        let session: SessionID
        let ratings: [Item]
        let internalIDs: [String: String]
        let settings: SoftPromptCase.Settings
        let movies: [MovieID]
        let targets: [[Int32]]
        let firstPrompt: [Int32]
        let lastPrompt: [Int32]
        let order: [Int]
        let losses: [Float]

        enum CodingKeys: String, CodingKey {
            case session = "session_id"
            case ratings
            case internalIDs = "item2id"
            case settings, targets
            case movies = "films"
            case firstPrompt = "first_prompt"
            case lastPrompt = "last_prompt"
            case order, losses
        }

        var history: [Rating] {
            ratings.enumerated()
                .map { place, item in
                    Rating(
                        movie: item.movie,
                        value: item.rating,
                        createdAt: Timestamp(microseconds: Int64(-place))
                    )
                }
        }
    }

    private func load() throws -> (Case, P5Reranker) {
        let reference = ReferenceModel.checkpoint
        let path = reference.directory + "/soft-prompt-session.json"
        let expected = try JSONFile.read(path, as: Case.self, expected: "a session's soft prompt")
        let ids = expected.internalIDs.map { (MovieID($0.key), $0.value) }
        let reranker = try P5Reranker(
            model: reference.load(),
            tokenizer: Tokenizer(modelPath: reference.directory + "/spiece.model"),
            dataMaps: DataMaps(internalIDs: Dictionary(uniqueKeysWithValues: ids)),
            settings: P5Settings(threads: 2, mode: .softPrompt(expected.settings.value))
        )
        return (expected, reranker)
    }

    @Test
    func `examples are mapped before they are cut to thirty, the history of their prompts after`() throws {
        let (expected, reranker) = try load()
        let settings = expected.settings.value
        let mapped = expected.history.prefix(30).filter { expected.internalIDs[$0.movie.text] != nil }
        #expect(mapped.count == 15 && expected.internalIDs.count == 33, "the case tells the orders apart")
        let examples = try reranker.examples(session: expected.session, history: expected.history, settings: settings)
        #expect(examples.count == 30)
        #expect(examples.map(\.movie) == expected.movies)
        #expect(examples.map(\.target) == expected.targets)
        #expect(examples.first?.prompt == expected.firstPrompt)
        #expect(examples.last?.prompt == expected.lastPrompt)
    }

    @Test
    func `ten steps on them lose what PEFT's lose`() throws {
        let (expected, reranker) = try load()
        let movies = [RankedMovie(movie: expected.movies[0], rank: 1, score: 0)]
        let found = try reranker.rerank(movies, session: expected.session, history: expected.history)
        let training = try #require(found.softPrompt)
        #expect(training.order == expected.order)
        #expect(training.losses.count == 10 && expected.losses.count == 10)
        for (found, expected) in zip(training.losses, expected.losses) {
            #expect(abs(found - expected) < 1e-5 * expected)
        }
    }
}
