package import Domain

/// Where the service reads ratings and candidates and writes its recommendations.
package protocol RecommendationStore: Sendable {
    /// Returns the ratings of a session, newest first, at most `limit`.
    func history(of session: SessionID, limit: Int) async throws -> [Rating]

    /// Returns the films that may be recommended to a session, in the order of the catalogue.
    ///
    /// The first `limit` films of the catalogue, less the films that the session was shown in phase 1.
    func candidates(for session: SessionID, limit: Int) async throws -> [MovieID]

    /// Replaces both models' sets of a session and phase in one transaction; a model without rows ends with none.
    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws
}
