import Domain
import ModelFiles
import Testing

@testable import P5

@Suite(.enabled(if: GoldenSessions.exist, "the bundle and its goldens have not been written"))
struct GoldenSessionsTests {
    /// A text may differ where the reference's own logits are closer than this.
    private let smallGap = 1e-3

    private func reranker(_ options: P5Options) throws -> P5Reranker {
        let bundle = GoldenSessions.bundle
        return try P5Reranker(
            model: T5Model(backboneDirectory: bundle.backbone, checkpoint: bundle.checkpoint),
            tokenizer: Tokenizer(modelPath: bundle.sentencePieceModel),
            dataMaps: DataMaps(path: bundle.dataMaps),
            options: options
        )
    }

    @Test(arguments: [false, true])
    func `all recorded sessions get the reference's texts and order`(_ wholeWords: Bool) throws {
        let sessions = try GoldenSessions.read(wholeWords: wholeWords)
        #expect(sessions.count == 40)
        let reranker = try reranker(P5Options(usesWholeWords: wholeWords))
        for session in sessions {
            let found = try reranker.rerank(session.films, session: session.id, history: session.history)
            #expect(Set(found.ranking.movies) == Set(session.expected.map(\.movie)))
            let places = Dictionary(uniqueKeysWithValues: found.ranking.places.map { ($0.movie, $0) })
            var unsure: Set<MovieID> = []
            for expected in session.expected {
                let place = try #require(places[expected.movie])
                if place.text != expected.text || place.score != expected.score {
                    #expect(
                        expected.gap < smallGap,
                        "\(session.id), \(expected.movie): \(place.text ?? "") for \(expected.text)"
                    )
                    unsure.insert(expected.movie)
                } else {
                    #expect(abs(try #require(found.gaps[expected.movie]) - expected.gap) < 1e-3)
                }
            }
            #expect(
                found.ranking.movies.filter { !unsure.contains($0) }
                    == session.expected.map(\.movie).filter { !unsure.contains($0) },
                "\(session.id)"
            )
        }
    }

    @Test(arguments: [false, true], [(1, 1), (100, 2), (16, 1)])
    func `batches and threads change no ranking`(_ wholeWords: Bool, _ setting: (batch: Int, threads: Int)) throws {
        let expected = try reranker(P5Options(usesWholeWords: wholeWords, threads: 2))
        let other = try reranker(
            P5Options(batch: setting.batch, usesWholeWords: wholeWords, threads: setting.threads)
        )
        for session in try GoldenSessions.read(wholeWords: wholeWords).prefix(5) {
            let first = try expected.rerank(session.films, session: session.id, history: session.history)
            let second = try other.rerank(session.films, session: session.id, history: session.history)
            #expect(first == second, "\(session.id)")
        }
    }
}
