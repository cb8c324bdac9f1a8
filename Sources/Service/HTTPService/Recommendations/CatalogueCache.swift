package import RecommendationEngine
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
        var waiting: [Reply<Void>] = []
    }

    package let store: any CatalogueStore

    private let limit: Int
    private let state: Mutex<State>

    /// Creates a cache that has read nothing.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - bound: The longest time for which a change may go unseen.
    ///   - limit: The most movies that are candidates.
    package init(
        store: any CatalogueStore,
        bound: Duration,
        limit: Int = RecommendationPipeline.candidateLimit
    ) {
        self.store = store
        self.limit = limit
        state = Mutex(State(freshness: CatalogueFreshness(bound: bound)))
    }

    package func catalogue() async throws -> Catalogue {
        let arrival = ContinuousClock.now
        while true {
            let reply = Reply<Void>()
            let (decision, kept) = state.withLock { state in
                let decision = state.freshness.request(arrivedAt: arrival, now: .now)
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
        let waiting = state.withLock { state in
            if case .success(let catalogue) = result { state.kept = catalogue }
            state.freshness.endComparison(isConfirmed: (try? result.get()) != nil)
            defer { state.waiting = [] }
            return state.waiting
        }
        for reply in waiting { reply.give(result.map { _ in }) }
    }
}
