import Checks
import ColdstartTestSupport
import Domain
import Foundation
import Observations
import RecommendationEngine
import Replay
import Scenarios
import ServiceUnderTest
import Synchronization
import Testing

extension ReplaySuite {
    /// The simulated target works as the service does: one read of the catalogue for many requests, compared in time.
    struct SharedPipelineTests {
        @Test func `forty requests read the catalogue once and each their session once`() async throws {
            let counts = StoreCounts()
            let observation = try await observe(
                "requests:\n  - {at: 2s, session: all, every: 10ms}",
                decorate: { CountingStore(sound: $0, counts: counts) }
            )
            #expect(observation.answers.map(\.status) == Array(repeating: 200, count: 40))
            let seen = counts.value
            #expect(seen.catalogues == 1)
            #expect(seen.fingerprints == 0)
            #expect(seen.sessions == 40)
            #expect(seen.writes == 40)
        }

        @Test func `a catalogue that changes between requests shows within the bound, as under serve`() async throws {
            let counts = StoreCounts()
            let observation = try await observe(
                """
                requests:
                  - {at: 2s, session: 1}
                  - {at: 2.3s, session: 2}
                  - {at: 10s, session: 3}
                ratings:
                  - {at: 2.2s, session: 40, movie: 318, rating: 5}
                  - {at: 5s, session: 40, movie: 296, rating: 5}
                """,
                decorate: { CountingStore(sound: $0, counts: counts, moviesAfterFirstWrite: 5) }
            )
            // The second comes 0.3 s after the catalogue was read, which is kept for up to 1 s; the third 7.7 s later.
            #expect(observation.answers.map(\.response?.svdTop100Size) == [100, 100, 5])
            #expect(counts.value.catalogues == 2)
            #expect(counts.value.fingerprints == 1)
        }

        @Test func `whether requests are answered side by side changes nothing`() async throws {
            let together = "requests:\n  - {at: 2s, session: all, every: 10ms}"
            let first = try await observe(together)
            let second = try await observe(together)
            // With a result cache requests are answered one after the other.
            let apart = try await observe(together, cache: 1)
            for other in [second, apart] {
                #expect(first.answers.map(\.response) == other.answers.map(\.response))
                #expect(first.answers.map(\.rankings) == other.answers.map(\.rankings))
                #expect(first.rows?.recommendations.map(\.row) == other.rows?.recommendations.map(\.row))
                #expect(first.startup.timeline == other.startup.timeline)
            }
        }

        @Test func `the result cache of the service answers a session that asks again`() async throws {
            let counts = StoreCounts()
            let observation = try await observe(
                "requests:\n  - {at: 2s, session: 1}\n  - {at: 4s, session: 1}",
                cache: 5,
                decorate: { CountingStore(sound: $0, counts: counts) }
            )
            #expect(observation.answers.count == 2)
            #expect(observation.answers[0].rankings == observation.answers[1].rankings)
            #expect(counts.value.writes == 2)
        }

        /// Runs the forty recorded sessions, or some of them, through SVD alone.
        private func observe(
            _ requests: String,
            cache: Int = 0,
            decorate: @escaping SimulatedTarget.StoreDecorator = { $0 }
        ) async throws -> Observation {
            let folder = try TemporaryFolder()
            let shipped = ReplayHarness.folder
            let text = """
                name: shared-pipeline
                teaches: A test.
                platform: {cpu: {billing: instance}, probe: default}
                service: {strategy: progressive, bundle: \(shipped)/bundle\(cache > 0 ? ", cache: \(cache)" : "")}
                stages: {boot: 100ms, svd: 100ms, datamaps: 100ms, tokenizer: 100ms, checkpoint: 1h}
                sessions: {file: \(shipped)/sessions/demo.jsonl, select: all}
                catalogue: \(shipped)/catalogue.jsonl
                \(requests)
                expect: {rows: {p5: 0}}
                """
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/scenario.yaml"))
            let results = try await ReplayHarness(decorate: decorate).run(try ScenarioLoader.load([folder.path]))
            let result = try #require(results.first)
            #expect(result.failure == nil)
            return try #require(result.observation)
        }
    }
}

/// How often a store was asked for what.
private final class StoreCounts: Sendable {
    struct Value {
        var sessions = 0
        var fingerprints = 0
        var catalogues = 0
        var writes = 0
    }

    private let counted = Mutex(Value())

    var value: Value { counted.withLock { $0 } }

    func count(_ body: (inout Value) -> Void) { counted.withLock { body(&$0) } }
}

/// A store that counts what it is asked for, and whose catalogue may shrink once something was written.
private struct CountingStore: RecommendationStore {
    let sound: any RecommendationStore
    let counts: StoreCounts
    var moviesAfterFirstWrite: Int?

    private func limit(_ limit: Int) -> Int {
        counts.value.writes > 0 ? min(limit, moviesAfterFirstWrite ?? limit) : limit
    }

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        counts.count { $0.sessions += 1 }
        return try await sound.sessionInputs(of: session, historyLimit: historyLimit)
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        counts.count { $0.fingerprints += 1 }
        return try await sound.catalogueFingerprint(limit: self.limit(limit))
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        counts.count { $0.catalogues += 1 }
        return try await sound.catalogue(limit: self.limit(limit))
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await sound.replaceRecommendations(session: session, phase: phase, svd: svd, p5: p5)
        counts.count { $0.writes += 1 }
    }
}
