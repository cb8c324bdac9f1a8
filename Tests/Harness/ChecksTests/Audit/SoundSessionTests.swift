import Domain
import Observations
import Testing

@testable import Checks

@Suite("Sound sessions")
struct SoundSessionTests {
    private static let rules = AuditRules(catalogue: AuditedSession.movies)

    @Test("A right session is shown to be one in any order of its rows", arguments: Model.allCases, [0, 1, 3, 9, 10])
    func right(start: Model, shared: Int) {
        var sound = SoundSession(rules: Self.rules)
        var random = SplitMix64(seed: 7)
        for (svd, p5) in [(10, 10), (10, 0), (12, 11), (15, 10)] {
            var session = AuditedSession.right(start: start, svd: svd, p5: p5, shared: shared)
            session.rows.shuffle(using: &random)
            #expect(SessionAudit(of: session, rules: Self.rules).findings == [])
            #expect(sound.counts(of: session) == .init(svd: svd, p5: p5), "\(svd) and \(p5) rows")
        }
    }

    @Test("A set is whole with as many rows as the catalogue has movies, or as were asked for", arguments: [1, 4, 9])
    func whole(count: Int) {
        let session = AuditedSession.right(svd: count, p5: 0)
        let movies = Set(session.rows.compactMap(\.movie))
        for rules in [AuditRules(catalogue: movies), AuditRules(topK: count, catalogue: AuditedSession.movies)] {
            var sound = SoundSession(rules: rules)
            #expect(sound.counts(of: session) == .init(svd: count, p5: 0))
        }
        var sound = SoundSession(rules: AuditRules(topK: count + 1, catalogue: AuditedSession.movies))
        #expect(sound.counts(of: session) == nil)
    }

    @Test("A session longer than is looked at is left to the closer look")
    func long() {
        let length = SoundSession.longestSet + 1
        let session = AuditedSession.right(svd: length, p5: 0)
        #expect(SessionAudit(of: session, rules: Self.rules).findings == [])
        var sound = SoundSession(rules: Self.rules)
        #expect(sound.counts(of: session) == nil)
    }

    @Test("What is shown to be sound has no finding, whatever is broken", arguments: 1...3 as ClosedRange<UInt64>)
    func neverWrong(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var sound = SoundSession(rules: Self.rules)
        var shown = 0
        var kinds: Set<AuditClass> = []
        for number in 0..<1500 {
            let session = Self.broken(number, times: 1 + number % 3, using: &random)
            let findings = SessionAudit(of: session, rules: Self.rules).findings
            kinds.formUnion(findings.map(\.kind))
            guard let counts = sound.counts(of: session) else { continue }
            shown += 1
            #expect(findings == [], "seed \(seed), session \(number)")
            #expect(counts.svd == session.rows.count { $0.model == "svd" }, "seed \(seed), session \(number)")
            #expect(counts.p5 == session.rows.count { $0.model == "p5" }, "seed \(seed), session \(number)")
        }
        #expect(shown > 100)
        #expect(kinds == Set(AuditClass.allCases))
    }

    @Test("The tally is that of the closer look", arguments: 1...3 as ClosedRange<UInt64>)
    func tally(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var tally = AuditTally(rules: Self.rules, exampleLimit: .max)
        var sessions: [AuditedSession] = []
        for number in 0..<300 {
            sessions.append(Self.broken(number, times: number % 3, using: &random))
            tally.add(sessions[number])
        }
        let result = tally.result(database: "", role: nil, seconds: 0)
        let findings = sessions.flatMap { SessionAudit(of: $0, rules: Self.rules).findings }
        for group in result.groups {
            #expect(group.examples == findings.filter { $0.kind == group.kind }, "seed \(seed)")
            #expect(group.count == group.examples.count)
        }
        for line in result.summary {
            let counts = sessions.map { $0.rows.count { $0.model == line.model && $0.phase == line.phase } }
            #expect(line.rows == counts.reduce(0, +), "seed \(seed)")
            #expect(line.sessions == counts.count { $0 > 0 }, "seed \(seed)")
        }
        #expect(result.summary.map(\.rows).reduce(0, +) == result.rows)
        #expect(result.rows == sessions.map(\.rows.count).reduce(0, +))
        let asked = sessions.filter(\.hasAsked)
        let seen = asked.map { session in
            session.visibleDisplayed ?? session.rows.count { $0.phase == 2 && $0.displayOrder != nil }
        }
        #expect(result.visitors.asked == asked.count)
        #expect(result.visitors.own == seen.count { $0 > 0 }, "seed \(seed)")
        #expect(result.visitors.fallback == seen.count { $0 == 0 }, "seed \(seed)")
        let withoutP5 = asked.count { session in
            let rows = session.rows.filter { $0.phase == 2 }
            return !rows.isEmpty && !rows.contains { $0.model == "p5" }
        }
        #expect(result.visitors.withoutP5 == withoutP5, "seed \(seed)")
    }

    private static func broken(_ number: Int, times: Int, using random: inout SplitMix64) -> AuditedSession {
        var session = AuditedSession.right(
            "\(number)",
            start: number.isMultiple(of: 2) ? .svd : .p5,
            svd: 10 + number % 3,
            p5: [10, 0, 12, 10][number % 4],
            shared: number % 6
        )
        for _ in 0..<times { session.breakSomething(using: &random) }
        return session
    }
}
