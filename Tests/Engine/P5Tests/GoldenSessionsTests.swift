import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

@testable import P5

@Suite(.serialized, .computesLong) struct GoldenSessionsTests {
    /// A text may differ where the reference's own logits are closer than this.
    private let smallGap = 1e-3

    @Test(arguments: [false, true], Setting.all)
    func `all recorded sessions get the reference's texts and order`(_ wholeWords: Bool, _ setting: Setting) throws {
        let sessions = try GoldenSessions.read(wholeWords ? .wholeWords : .plain)
        #expect(sessions.count == 40)
        let settings = P5Settings(batch: setting.batch, usesWholeWords: wholeWords, threads: setting.threads)
        let reranker = try GoldenSessions.reranker(settings)
        for session in sessions {
            let found = try reranker.rerank(session.movies, session: session.id, history: session.history)
            #expect(differences(of: session, from: found) == [], "\(session.id)")
        }
    }

    /// Returns what differs from the reference beyond what its own small gaps allow, a line each.
    private func differences(of session: GoldenSessions.Session, from found: P5Reranker.Result) -> [String] {
        let places = Dictionary(uniqueKeysWithValues: found.ranking.places.map { ($0.movie, $0) })
        var differences: [String] = []
        var unsure: Set<MovieID> = []
        for expected in session.expected {
            let place = places[expected.movie]
            let gap = found.gaps[expected.movie] ?? .nan
            if place?.text != expected.text || place?.score != expected.score {
                unsure.insert(expected.movie)
                if expected.gap >= smallGap || place == nil {
                    differences.append("\(expected.movie): \(place?.text ?? "nothing") for \(expected.text)")
                }
            } else if !(abs(gap - expected.gap) < 1e-3) {
                differences.append("\(expected.movie): a gap of \(gap) for \(expected.gap)")
            }
        }
        let order = found.ranking.movies.filter { !unsure.contains($0) }
        if order != session.expected.map(\.movie).filter({ !unsure.contains($0) }) {
            differences.append("another order")
        }
        return differences
    }

    @Test
    func `all recorded sessions get PEFT's losses, texts, order and top ten behind a soft prompt`() throws {
        let sessions = try GoldenSessions.read(.softPrompt)
        #expect(sessions.count == 40)
        let reranker = try GoldenSessions.reranker(P5Settings(threads: 2, mode: .softPrompt(SoftPromptSettings())))
        for session in sessions {
            let found = try reranker.rerank(session.movies, session: session.id, history: session.history)
            #expect(differences(of: session, from: found) == [], "\(session.id)")
            #expect(found.ranking.movies.prefix(10) == session.expected.map(\.movie).prefix(10), "\(session.id)")
            let expected = try #require(session.softPrompt)
            let training = try #require(found.softPrompt)
            let mapped = session.history.map(\.movie).filter { reranker.dataMaps.internalID(of: $0) != nil }
            #expect(training.order.map { mapped[$0] } == expected.order)
            #expect(training.losses.count == 10)
            for (found, expected) in zip(training.losses, expected.losses) {
                #expect(abs(found - expected) < 1e-4 * expected, "\(session.id)")
            }
        }
    }

    @Test(arguments: [false, true], Setting.all)
    func `batches and threads change no bit`(_ wholeWords: Bool, _ setting: Setting) throws {
        let expected = try GoldenSessions.reranker(P5Settings(usesWholeWords: wholeWords, threads: 2))
        let other = try GoldenSessions.reranker(
            P5Settings(batch: setting.batch, usesWholeWords: wholeWords, threads: setting.threads)
        )
        for session in try GoldenSessions.read(wholeWords ? .wholeWords : .plain).prefix(2) {
            let first = try expected.rerank(session.movies, session: session.id, history: session.history)
            let second = try other.rerank(session.movies, session: session.id, history: session.history)
            #expect(first == second, "\(session.id)")
        }
    }
}

/// A way of computing that must not show in the results.
struct Setting: Sendable {
    /// The prompts a batch.
    let batch: Int
    /// The threads.
    let threads: Int

    /// Batches of one, of the default and of all prompts, each with one thread and two.
    static let all = [1, 16, 100].flatMap { batch in [1, 2].map { Setting(batch: batch, threads: $0) } }
}
