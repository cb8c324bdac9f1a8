import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

@testable import P5

struct BeamDecoderTests {
    /// Texts may differ where the reference's best two scores are closer than this.
    private static let smallMargin: Float = 1e-4

    private struct TinyCase: Decodable {
        let beams: Int
        let limit: Int
        let tokens: [[Int32]]
        let margins: [Float]
    }

    private struct DemoCase: Decodable {
        let session: SessionID
        let beams: Int
        let limit: Int
        let movies: [MovieID]
        let texts: [String]
        let margins: [Float]

        enum CodingKeys: String, CodingKey {
            case session = "session_id"
            case beams, limit, movies, texts, margins
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `tiny models make the reference's tokens`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let prompts = try reference.cases()
        let name = prompts.wholeWordEmbeddings ? "beams-whole-word.json" : "beams.json"
        let cases = try JSONFile.read("\(reference.directory)/\(name)", as: [TinyCase].self, expected: "beam cases")
        #expect(!cases.isEmpty)
        for expected in cases {
            for (batch, threads) in [(1, 1), (4, 2)] {
                let found = try model.generate(
                    prompts.cases.map(\.ids),
                    words: prompts.wholeWordEmbeddings ? prompts.cases.map(\.wholeWords) : nil,
                    beams: expected.beams,
                    limit: expected.limit,
                    batch: batch,
                    threads: threads
                )
                for (row, found) in found.enumerated() where expected.margins[row] > Self.smallMargin {
                    #expect(found.tokens == expected.tokens[row], "\(expected.beams) beams, prompt \(row)")
                    #expect(abs(found.smallestGap - expected.margins[row]) < 1e-4)
                }
            }
        }
    }

    @Test
    func `one beam is greedy decoding, and more beams than half the vocabulary are refused`() throws {
        let model = try ReferenceModel.reluTied.load()
        let cases = try ReferenceModel.reluTied.cases()
        let search = BeamDecoder(model: model.encoder, beams: 1)
        let packed = PackedPrompts(prompts: cases.cases.map(\.ids)[...], words: nil)
        let states = model.encoder(packed, batch: 8, threads: 1)
        let found = try search(packed, states: states, limit: 6, threads: 1)
        #expect(found.map(\.tokens) == cases.cases.map(\.tokens))
        #expect(throws: P5Error.self) {
            try model.generate([[1]], beams: 185, limit: 6, batch: 1, threads: 1)
        }
    }

    @Test
    func `the demo bundle makes the reference's texts`() throws {
        let cases = try JSONFile.read(
            Fixtures.path("p5/beams-demo.json"),
            as: [DemoCase].self,
            expected: "beam cases"
        )
        let sessions = try GoldenSessions.read(.plain)
        let bundle = GoldenSessions.bundle
        let model = try T5Model(backboneDirectory: bundle.backbone, checkpoint: bundle.checkpoint)
        for expected in cases {
            let reranker = try P5Reranker(
                model: model,
                tokenizer: Tokenizer(modelPath: bundle.sentencePieceModel),
                dataMaps: DataMaps(path: bundle.dataMaps),
                settings: P5Settings(generationLimit: expected.limit, beams: expected.beams)
            )
            let session = try #require(sessions.first { $0.id == expected.session })
            let movies = expected.movies.enumerated().map { RankedMovie(movie: $1, rank: $0 + 1, score: 0) }
            let found = try reranker.rerank(movies, session: session.id, history: session.history)
            let texts = Dictionary(uniqueKeysWithValues: found.ranking.places.map { ($0.movie, $0.text) })
            for (row, movie) in expected.movies.enumerated() where expected.margins[row] > Self.smallMargin {
                #expect(texts[movie] == expected.texts[row], "\(expected.session) \(movie)")
            }
        }
    }
}
