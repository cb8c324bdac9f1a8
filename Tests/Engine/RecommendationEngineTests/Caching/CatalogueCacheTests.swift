import Domain
import RecommendationEngine
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10)))
struct CatalogueCacheTests {
    @Test("many requests at once read the catalogue once")
    func readsOnce() async throws {
        let store = CataloguesInMemory(["1", "2"])
        let cache = CatalogueCache(store: store, bound: .seconds(60))
        let all = try await withThrowingTaskGroup(of: [MovieID].self) { group in
            for _ in 0..<50 { group.addTask { try await cache.catalogue().movies } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.allSatisfy { $0 == ["1", "2"] })
        #expect(store.counts.catalogues == 1)
        #expect(store.counts.fingerprints == 0)
    }

    @Test("a change shows within the bound, and an unchanged catalogue is not read again")
    func showsChanges() async throws {
        let store = CataloguesInMemory(["1", "2"])
        let cache = CatalogueCache(store: store, bound: .milliseconds(50))
        let first = try await cache.catalogue()
        try await Task.sleep(for: .milliseconds(60))
        #expect(try await cache.catalogue() === first)
        #expect(store.counts.fingerprints == 1)
        store.change { $0.movies = ["2", "1"] }
        try await Task.sleep(for: .milliseconds(60))
        #expect(try await cache.catalogue().movies == ["2", "1"])
        #expect(store.counts.catalogues == 2)
    }

    @Test("while nobody asks nothing is compared")
    func restsWhenIdle() async throws {
        let store = CataloguesInMemory(["1"])
        let cache = CatalogueCache(store: store, bound: .milliseconds(2))
        _ = try await cache.catalogue()
        try await Task.sleep(for: .milliseconds(40))
        #expect(store.counts.fingerprints == 0)
    }

    @Test("a failure reaches those who wait, and the next request tries again")
    func reportsFailures() async throws {
        let store = CataloguesInMemory(["1"])
        store.change { $0.error = StoreFailure() }
        let cache = CatalogueCache(store: store, bound: .seconds(60))
        await #expect(throws: StoreFailure.self) { try await cache.catalogue() }
        store.change { $0.error = nil }
        #expect(try await cache.catalogue().movies == ["1"])
    }

    @Test("who is cancelled does not wait, and the others get their catalogue", .timeLimit(.minutes(10)))
    func hearsCancellation() async throws {
        let store = CataloguesInMemory(["1"])
        store.change { $0.isOpen = false }
        let cache = CatalogueCache(store: store, bound: .seconds(60))
        let (impatient, patient) = (Task { try await cache.catalogue() }, Task { try await cache.catalogue() })
        try await Task.sleep(for: .milliseconds(10))
        impatient.cancel()
        // The catalogue can be read only after that: who waited for it would wait for ever.
        await #expect(throws: CancellationError.self) { try await impatient.value }
        store.change { $0.isOpen = true }
        #expect(try await patient.value.movies == ["1"])
    }
}

/// A catalogue in memory that counts how often it is read.
private final class CataloguesInMemory: RecommendationStore {
    struct Contents {
        var movies: [MovieID]
        /// Whether reading comes to its end.
        var isOpen = true
        var error: (any Error)?
        var counts = (catalogues: 0, fingerprints: 0)
    }

    private let contents: Mutex<Contents>

    init(_ movies: [MovieID]) {
        contents = Mutex(Contents(movies: movies))
    }

    var counts: (catalogues: Int, fingerprints: Int) { contents.withLock { $0.counts } }

    func change(_ body: (inout Contents) -> Void) { contents.withLock { body(&$0) } }

    func catalogue(limit: Int) async throws -> Catalogue {
        change { $0.counts.catalogues += 1 }
        let movies = try await read(limit)
        return Catalogue(movies: movies, fingerprint: "\(movies)")
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        change { $0.counts.fingerprints += 1 }
        return "\(try await read(limit))"
    }

    private func read(_ limit: Int) async throws -> [MovieID] {
        while !contents.withLock(\.isOpen) { try await Task.sleep(for: .milliseconds(1)) }
        return try contents.withLock { contents in
            if let error = contents.error { throw error }
            return Array(contents.movies.prefix(limit))
        }
    }

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        SessionInputs(history: [], phase1Movies: [])
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {}
}

private struct StoreFailure: Error {}
