import Domain
import RecommendationEngine

extension RecommendationStore {
    /// The movies that may be recommended to a session: the first of the catalogue less those of phase 1.
    func candidates(for session: SessionID, limit: Int) async throws -> [MovieID] {
        let shown = try await sessionInputs(of: session, historyLimit: 1).phase1Movies
        return try await catalogue(limit: limit).movies.filter { !shown.contains($0) }
    }
}
