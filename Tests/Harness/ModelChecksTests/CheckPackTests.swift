import Checks
import Domain
import Testing

@testable import ModelChecks

struct CheckPackTests {
    private func outcomes(
        of subject: HonestSubject,
        only id: String? = nil,
        sessions: [RecordedSession] = HonestSubject.sessions,
        limits: CheckPack.Limits = CheckPack.Limits()
    ) async throws -> [CheckOutcome] {
        let checks = ModelCheck.all.filter { id == nil || $0.id == id }
        return try await CheckPack(checks, of: subject, sessions: sessions, limits: limits).outcomes()
    }

    @Test func `a service without fault passes every check, and each has looked at every session`() async throws {
        let outcomes = try await outcomes(of: HonestSubject())
        #expect(outcomes.count == ModelCheck.all.count)
        for outcome in outcomes {
            #expect(outcome.result == .passed, "\(outcome)")
            #expect(outcome.sessions == HonestSubject.sessions.map(\.id) && outcome.comparisons >= 3, "\(outcome)")
        }
    }

    @Test func `names are different, and each check has a service that it finds out`() {
        #expect(Set(ModelCheck.all.map(\.id)).count == ModelCheck.all.count)
        let found = Set(BrokenService.all.map(\.check)).union(["id-spelling"])
        #expect(found == Set(ModelCheck.all.map(\.id)))
    }

    @Test(arguments: BrokenService.all)
    func `a broken service fails, with the session and the smallest input`(_ broken: BrokenService) async throws {
        var subject = HonestSubject()
        broken.breakIt(&subject)
        let outcome = try #require(try await outcomes(of: subject, only: broken.check).first)
        #expect(outcome.result == .failed, "\(outcome)")
        #expect(outcome.failedSessions == [HonestSubject.culprit])
        let failure = try #require(outcome.failures.first)
        #expect(failure.session == HonestSubject.culprit && failure.ratings == 7 && !failure.found.isEmpty)
        let smallest = try #require(failure.smallest)
        #expect(smallest.session.ratings.count == broken.smallest, "\(smallest)")
        #expect(smallest.needsOtherSessions == broken.needsOthers)
        let ratings = Set(HonestSubject.sessions[1].ratings)
        #expect(ratings.isSuperset(of: smallest.session.ratings), "the ratings are the session's own")
    }

    @Test func `ids that are read as fractions fail in every session`() async throws {
        var subject = HonestSubject()
        subject.readNumber = { MovieID("\($0).0") }
        let outcome = try #require(try await outcomes(of: subject, only: "id-spelling").first)
        #expect(outcome.result == .failed && outcome.failedSessions == HonestSubject.sessions.map(\.id))
        #expect(outcome.failures.allSatisfy { $0.smallest?.session.ratings.count == 1 })
    }

    @Test func `swaps within a tie pass and are counted, across a margin they fail`() async throws {
        func subject(gap: @escaping @Sendable (Double) -> Double) -> HonestSubject {
            var subject = HonestSubject()
            // Ranks 3 and 4 stand so far apart, and change places where the newest rating is not the session's own.
            subject.alter = { ranking, session, _ in
                guard ranking.svd.places.count > 4, session.pairs.count == 7 else { return }
                let near = ranking.svd.places[2].score
                let isOwn = HonestSubject.sessions.contains { $0.pairs.first?.movie == session.pairs[0].movie }
                ranking.svd = (isOwn ? ranking.svd : ranking.svd.swapping(2, 3)).scoring(3) { _ in gap(near) }
            }
            return subject
        }
        let tie = try #require(try await outcomes(of: subject { $0 * (1 - 1e-6) }, only: "rating-order").first)
        #expect(tie.result == .passed && tie.swappedInTies >= 6, "\(tie)")
        let margin = try #require(try await outcomes(of: subject { $0 * 0.99 }, only: "rating-order").first)
        #expect(margin.result == .failed && margin.failedSessions.count == 3, "\(margin)")
    }

    @Test func `a P5 that fails leaves no verdict, and says why`() async throws {
        var subject = HonestSubject()
        subject.failure = { $0.id == HonestSubject.culprit ? "P5 failed: NaN" : nil }
        for outcome in try await outcomes(of: subject) where outcome.models == .both {
            #expect(outcome.result == .inconclusive && outcome.reason == "P5 failed: NaN", "\(outcome)")
            #expect(outcome.sessions.count == 2 && outcome.gaps.map(\.sessions) == [1])
        }
    }

    @Test func `a check that looked at no session has no verdict`() async throws {
        let empty = HonestSubject.sessions.map { $0.with(ratings: []) }
        for outcome in try await outcomes(of: HonestSubject(), sessions: empty) {
            #expect(outcome.result == .inconclusive && outcome.sessions.isEmpty, "\(outcome)")
            #expect(outcome.reason != nil)
        }
        for outcome in try await outcomes(of: HonestSubject(), sessions: []) {
            #expect(outcome.result == .inconclusive, "\(outcome)")
        }
    }

    @Test func `what has no meaning for the files is not applicable, with the reason, and counts for nothing`()
        async throws
    {
        var subject = HonestSubject()
        subject.catalogue = ["tt0111161", "tt0068646"]
        let sessions = HonestSubject.sessions.map { $0.with(newestFirst: [("tt0071562", 9)]) }
        let outcomes = try await outcomes(of: subject, sessions: sessions)
        let inapplicable = outcomes.filter { $0.result == .notApplicable }
        #expect(inapplicable.map(\.id) == ["p5-permutation", "id-spelling"])
        #expect(
            inapplicable.map(\.reason) == [
                "no movie of the catalogue has an internal id of P5", "no movie id is a whole number",
            ]
        )
        #expect(inapplicable.allSatisfy { $0.result.exitCode == nil && $0.sessions.isEmpty })
    }

    @Test func `a rated movie that phase 1 does not list may come back, and that is said`() async throws {
        let open = HonestSubject.sessions.map { session in
            // The first is shown nothing, and so gets movies again that it has rated.
            session.id == HonestSubject.sessions[0].id
                ? RecordedSession(id: session.id, phase: session.phase, ratings: session.ratings, phase1Movies: [])
                : session
        }
        let outcome = try #require(
            try await outcomes(of: HonestSubject(), only: "rated-films", sessions: open).first
        )
        #expect(outcome.result == .passed && outcome.remarks.map(\.sessions) == [1], "\(outcome)")
        #expect(outcome.remarks.first?.text.contains("excludes phase 1 alone") == true)
    }

    @Test func `checks with P5 and without look at as many sessions as they may`() async throws {
        let limits = CheckPack.Limits(svd: 2, p5: 1)
        for outcome in try await outcomes(of: HonestSubject(), limits: limits) {
            #expect(outcome.sessions.count == (outcome.models == .both ? 1 : 2), "\(outcome)")
        }
    }

    @Test func `sessions that cannot be ranked come last, and are passed over with the reason`() async throws {
        let sessions = [HonestSubject.sessions[0].with(ratings: [])] + HonestSubject.sessions[1...]
        let limits = CheckPack.Limits(svd: 3, p5: 2)
        for outcome in try await outcomes(of: HonestSubject(), sessions: sessions, limits: limits) {
            #expect(outcome.result == .passed && outcome.sessions == sessions[1...].map(\.id), "\(outcome)")
            #expect(outcome.gaps.map(\.sessions) == (outcome.models == .both ? [] : [1]), "\(outcome)")
        }
    }

    @Test func `what keeps a check from being made is the machine's fault, not the model's`() async throws {
        struct NoProcess: Error, CustomStringConvertible { let description = "no process could be started" }
        var subject = HonestSubject()
        subject.alterRestarted = { _, _ in throw NoProcess() }
        let outcomes = try await outcomes(of: subject)
        #expect(outcomes.filter { $0.result != .passed }.map(\.id) == ["restart"])
        let restart = try #require(outcomes.first { $0.id == "restart" })
        #expect(restart.result == .broken && restart.reason == "no process could be started")
        #expect(ExitCode.combining(outcomes.compactMap(\.result.exitCode)) == .environment)
    }

    @Test func `a failure that does not show again is said to be one`() async throws {
        let looks = Counter()
        var subject = HonestSubject()
        subject.alterAnswers = { answers, session in
            if looks.next() == 1 { answers.second.rows = [] }
        }
        let outcome = try #require(try await outcomes(of: subject, only: "cache-hit").first)
        #expect(outcome.result == .failed && outcome.failures.count == 1)
        #expect(outcome.failures.first?.smallest == nil)
    }

    @Test(arguments: [
        ([CheckOutcome.Result.passed, .notApplicable], ExitCode.passed), ([.passed, .inconclusive], .inconclusive),
        ([.failed, .inconclusive, .passed], .expectationFailed), ([.failed, .broken], .environment),
        ([.notApplicable], .inconclusive), ([], .inconclusive),
    ])
    func `the strongest result is the exit code`(results: [CheckOutcome.Result], code: ExitCode) {
        #expect(ExitCode.combining(results.compactMap(\.exitCode)) == code)
    }
}
