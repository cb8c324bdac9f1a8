import Domain
import RecommendationEngine

/// A store that reads a session as it was when a service took its request, and writes nothing.
struct PredictionStore: RecommendationStore {
    /// Where the ratings and the catalogue are.
    let store: any RecommendationStore
    /// How many of the session's ratings were given after the service took the request.
    let laterRatings: Int

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        let inputs = try await store.sessionInputs(of: session, historyLimit: historyLimit + laterRatings)
        return SessionInputs(
            history: Array(inputs.history.dropFirst(laterRatings)),
            phase1Movies: inputs.phase1Movies
        )
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await store.catalogueFingerprint(limit: limit)
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        try await store.catalogue(limit: limit)
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {}
}
