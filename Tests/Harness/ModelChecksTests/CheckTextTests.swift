import Domain
import Foundation
import Reports
import Testing

@testable import ModelChecks

struct CheckTextTests {
    /// The document of a pack over services that are broken in several ways at once.
    private func document() async throws -> CheckDocument {
        var subject = HonestSubject()
        subject.alter = { ranking, _, _ in ranking.unusedRatings = 0 }
        subject.alterAnswers = { answers, session in
            if session.id == HonestSubject.culprit { answers.second.rows = [] }
        }
        subject.failure = { $0.pairs.count == 50 ? "P5 failed: a text of some length, for a reason of its own" : nil }
        let limits = CheckPack.Limits(svd: 2, p5: 3, shrunk: 2)
        let outcomes = try await CheckPack(of: subject, sessions: HonestSubject.sessions, limits: limits).outcomes()
        let described = CheckDocument.Subject(
            bundle: "models/of/last/week",
            fingerprints: ["V.npy": "00ff"],
            settings: "in_prompt, SVD scores factors, P5 scores text",
            sessions: 3,
            movies: 160
        )
        return CheckDocument(outcomes, of: described, limits: limits, toolVersion: "1.2.3")
    }

    @Test(arguments: [80, 100]) func `no line is wider than the terminal`(columns: Int) async throws {
        let lines =
            CheckText(try await document(), width: columns).lines + CheckText.list(ModelCheck.all, width: columns)
        #expect(lines.filter { $0.width > columns }.map(\.text) == [])
    }

    @Test func `the text says what failed, with the smallest input, what has no verdict, and what was looked at`()
        async throws
    {
        let text = CheckText(try await document(), width: 80).lines.map(\.text).joined(separator: "\n")
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for words in [
            "Checks of SVD alone look at the first 2 of 3 sessions that SVD can rank, those with P5 at all of 3",
            "✓ rating-order 2 sessions, 6 comparisons", "✗ unknown-ids failed for 3 of 3 sessions",
            "session \(HonestSubject.culprit): a hit wrote other rows than the miss",
            "smallest input, 1 of 7 ratings", "? fifty-ratings no verdict: P5 failed: a text",
            "and 1 more: \(HonestSubject.sessions[2].id)", "2 failed, 1 without a verdict, exit code 1",
        ] {
            #expect(flat.contains(words), "\(words)\n\(text)")
        }
    }

    @Test func `the JSON document has everything, and its inputs are lines of a sessions file`() async throws {
        let document = try await document()
        #expect(document.kind == "coldstart-check" && document.schemaVersion == 1 && document.exitCode == 1)
        #expect(try ReportEncoding.decode(CheckDocument.self, from: document.json) == document)
        let cache = try #require(document.checks.first { $0.id == "cache-hit" })
        #expect(cache.result == "failed" && cache.sessions.count == 3 && cache.failedSessions.count == 1)
        let input = try #require(cache.failures.first?.input)
        #expect(input.session_id == HonestSubject.culprit.text && input.ratings.count == 1)
        #expect(input.phase1_movies == HonestSubject.sessions[1].phase1Movies.map(\.text))
        #expect(document.json.contains("\"reason\" : null"))
    }
}
