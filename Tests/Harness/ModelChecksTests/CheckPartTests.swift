import Checks
import Domain
import Testing

@testable import ModelChecks

struct CheckPartTests {
    private static let described = CheckDocument.Subject(
        bundle: "models",
        fingerprints: [:],
        settings: "",
        sessions: HonestSubject.sessions.count,
        movies: 1
    )

    /// The document without the time that checks took.
    private func document(_ checks: [CheckDocument.Check]) -> CheckDocument {
        let timeless = checks.map { check in
            var check = check
            check.seconds = 0
            return check
        }
        return CheckDocument(timeless, of: Self.described, limits: CheckPack.Limits(), toolVersion: "0.1.0")
    }

    /// What is made of parts that every so manieth program makes, put together in their order.
    private func merged(_ pack: CheckPack, shards: Int) async throws -> CheckDocument {
        let parts = pack.parts.enumerated().map { (number: $0.offset, part: $0.element) }
        var made: [Int: CheckPartOutcome] = [:]
        for shard in 0..<shards {
            try await pack.make(parts.filter { $0.number % shards == shard }) { made[$0] = $1 }
        }
        let outcomes = parts.compactMap { made[$0.number] }
        try #require(outcomes.count == parts.count)
        let names = parts.map(\.part.check).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        return document(names.map { name in .init(outcomes.filter { $0.check.id == name }, shrunk: 3) })
    }

    private func compare(_ subject: HonestSubject) async throws {
        let pack = CheckPack(of: subject, sessions: HonestSubject.sessions)
        let whole = document(try await pack.outcomes().map(CheckDocument.Check.init))
        for shards in [1, 2, 7] { #expect(try await merged(pack, shards: shards) == whole, "\(shards) shards") }
    }

    @Test func `the shards of a service without fault are the whole`() async throws {
        try await compare(HonestSubject())
    }

    @Test(arguments: BrokenService.all)
    func `the shards of a broken service are the whole, with its smallest input`(_ broken: BrokenService) async throws {
        var subject = HonestSubject()
        broken.breakIt(&subject)
        try await compare(subject)
    }

    @Test func `the shards of a P5 that fails for one session, or for all, are the whole`() async throws {
        for culprit in [HonestSubject.culprit, nil] {
            var subject = HonestSubject()
            subject.failure = { culprit == nil || $0.id == culprit ? "P5 failed: NaN" : nil }
            try await compare(subject)
        }
    }

    @Test func `checks of single sessions have a part for each, the others one`() {
        let pack = CheckPack(of: HonestSubject(), sessions: HonestSubject.sessions)
        let parts = Dictionary(grouping: pack.parts, by: \.check).mapValues(\.count)
        #expect(parts["rating-order"] == 3 && parts["threads"] == 1 && parts["restart"] == 1)
        #expect(Set(pack.parts.map(\.name)).count == pack.parts.count)
    }
}
