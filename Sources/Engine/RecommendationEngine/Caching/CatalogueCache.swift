import Synchronization

/// The catalogue of a database, kept between requests and compared with it by fingerprint.
///
/// What changes in the table of movies, whether rows come, go or get another id or date, shows in all answers to
/// requests that arrive the bound or later after it was committed. A comparison reads nothing but a fingerprint; the
/// movies are read again where it differs. While nobody asks, nothing is compared.
package final class CatalogueCache: CatalogueSource {
    private struct State {
        var freshness: CatalogueFreshness
        var kept: Catalogue?
        var waiting: [OneShot<Void>] = []
        var settling: [OneShot<Void>] = []
    }

    /// The longest time for which a service lets a change go unseen, unless told otherwise.
    package static let defaultBound = Duration.seconds(1)

    private let store: any RecommendationStore
    private let now: @Sendable () -> ContinuousClock.Instant
    private let limit: Int
    private let state: Mutex<State>

    /// Creates a cache that has read nothing.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - bound: The longest time for which a change may go unseen.
    ///   - limit: The most movies that are candidates.
    ///   - now: The clock, which may be a simulated one.
    package init(
        store: any RecommendationStore,
        bound: Duration = CatalogueCache.defaultBound,
        limit: Int = RecommendationPipeline.candidateLimit,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.store = store
        self.now = now
        self.limit = limit
        state = Mutex(State(freshness: CatalogueFreshness(bound: bound)))
    }

    package func catalogue() async throws -> Catalogue {
        let arrival = now()
        while true {
            let reply = OneShot<Void>()
            let (decision, kept) = state.withLock { state in
                let decision = state.freshness.request(arrivedAt: arrival, now: now())
                if decision == .wait || decision == .compareAndWait { state.waiting.append(reply) }
                return (decision, state.kept)
            }
            if decision == .useAndCompare || decision == .compareAndWait {
                // Many requests wait for it or use what it finds: it does not end with the one that began it.
                Task { await self.compare(with: kept) }
            }
            if decision == .use || decision == .useAndCompare, let kept { return kept }
            try await withTaskCancellationHandler {
                try await reply.value()
            } onCancel: {
                reply.give(.failure(CancellationError()))
            }
        }
    }

    /// Waits until no comparison is under way, for those who let time stand still meanwhile.
    package func settle() async {
        let reply = OneShot<Void>()
        let isWaiting = state.withLock { state in
            guard state.freshness.isComparing else { return false }
            state.settling.append(reply)
            return true
        }
        if isWaiting { try? await reply.value() }
    }

    private func compare(with kept: Catalogue?) async {
        let result: Result<Catalogue, any Error>
        do {
            if let kept, try await store.catalogueFingerprint(limit: limit) == kept.fingerprint {
                result = .success(kept)
            } else {
                result = .success(try await store.catalogue(limit: limit))
            }
        } catch {
            result = .failure(error)
        }
        let (waiting, settling) = state.withLock { state in
            if case .success(let catalogue) = result { state.kept = catalogue }
            state.freshness.endComparison(isConfirmed: (try? result.get()) != nil)
            defer { (state.waiting, state.settling) = ([], []) }
            return (state.waiting, state.settling)
        }
        for reply in waiting { reply.give(result.map { _ in }) }
        for reply in settling { reply.give(.success(())) }
    }
}
