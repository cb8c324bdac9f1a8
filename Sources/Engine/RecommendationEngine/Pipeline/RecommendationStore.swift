package import Domain

/// Where the service reads ratings and the catalogue and writes its recommendations.
package protocol RecommendationStore: Sendable {
    /// Returns what belongs to a session: its ratings, newest first, and the movies that it was shown in phase 1.
    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs

    /// Returns a text that differs where the ids of the first `limit` movies or their order differ.
    func catalogueFingerprint(limit: Int) async throws -> String

    /// Returns the first `limit` movies of the catalogue, in its order.
    func catalogue(limit: Int) async throws -> Catalogue

    /// Replaces both models' sets of a session and phase in one transaction; a model without rows ends with none.
    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws
}

/// What a request reads that belongs to its session alone.
package struct SessionInputs: Hashable, Sendable {
    /// The session's ratings, newest first.
    package let history: [Rating]
    /// The movies that the session was shown in phase 1, which are no candidates for it.
    package let phase1Movies: [MovieID]

    /// Creates inputs.
    package init(history: [Rating], phase1Movies: [MovieID]) {
        self.history = history
        self.phase1Movies = phase1Movies
    }
}
