import Domain
import RecommendationEngine

/// A store that writes something else than it is given.
struct BrokenStore: RecommendationStore {
    /// What is done to the rows of the SVD model before they are written.
    let distort: @Sendable ([RecommendationRow]) -> [RecommendationRow]
    /// The store that is written to in the end.
    let sound: any RecommendationStore

    func history(of session: SessionID, limit: Int) async throws -> [Rating] {
        try await sound.history(of: session, limit: limit)
    }

    func candidates(for session: SessionID, limit: Int) async throws -> [MovieID] {
        try await sound.candidates(for: session, limit: limit)
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await sound.replaceRecommendations(session: session, phase: phase, svd: distort(svd), p5: p5)
    }
}

/// A store that shows the service less than there is, so that it ranks something else.
struct ForgetfulStore: RecommendationStore {
    /// How many of the first candidates are left out.
    let forgottenCandidates: Int
    /// The store that is read from.
    let sound: any RecommendationStore

    func history(of session: SessionID, limit: Int) async throws -> [Rating] {
        Array(try await sound.history(of: session, limit: limit).dropFirst())
    }

    func candidates(for session: SessionID, limit: Int) async throws -> [MovieID] {
        Array(try await sound.candidates(for: session, limit: limit).dropFirst(forgottenCandidates))
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await sound.replaceRecommendations(session: session, phase: phase, svd: svd, p5: p5)
    }
}

extension RecommendationRow {
    /// The row with another rank, order or score.
    func with(rank: Int? = nil, displayOrder: Int?? = .none, score: Double? = nil) -> RecommendationRow {
        RecommendationRow(
            session: session,
            movie: movie,
            score: score ?? self.score,
            model: model,
            phase: phase,
            rank: rank ?? self.rank,
            displayOrder: displayOrder ?? self.displayOrder
        )
    }
}
