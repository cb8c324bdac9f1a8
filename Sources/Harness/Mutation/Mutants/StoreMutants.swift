import Domain
import RecommendationEngine
import ServiceUnderTest

extension Mutant {
    /// The catalogue lacks the movie that SVD favours.
    static let dropCandidate = Mutant(
        "drop-candidate",
        "The catalogue is read without one movie, SVD's favourite.",
        remedy: SoundRun.goldens
    ) { sound in
        EngineAlteration(store: { AlteredStore(sound: $0, hidden: sound.favourite) })
    }

    /// The last row of each set is not written.
    static let truncateWrite = Mutant(
        "truncate-write",
        "The last row of each model's set is not written.",
        remedy: "rows: {svd: <number>, p5: <number>}, or any request with a status of 200"
    ) { _ in
        EngineAlteration(store: { AlteredStore(sound: $0) { Array($0.dropLast()) } })
    }

    /// Places of the display list are counted from 2.
    static let displayOffByOne = Mutant(
        "display-off-by-one",
        "Every display_order is one too high.",
        remedy: "visitors: recommendations, or any request with a status of 200"
    ) { _ in
        EngineAlteration(store: { store in
            AlteredStore(sound: store) { rows in
                rows.map { row in
                    RecommendationRow(
                        session: row.session,
                        movie: row.movie,
                        score: row.score,
                        model: row.model,
                        phase: row.phase,
                        rank: row.rank,
                        displayOrder: row.displayOrder.map { $0 + 1 }
                    )
                }
            }
        })
    }
}

/// A store with a mistake in what it reads or writes.
private struct AlteredStore: RecommendationStore {
    /// The store behind it.
    let sound: any RecommendationStore
    /// The movie that it does not read.
    var hidden: MovieID?
    /// The rows of a model that it writes in place of those that it is given.
    var written: @Sendable ([RecommendationRow]) -> [RecommendationRow] = { $0 }

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        try await sound.sessionInputs(of: session, historyLimit: historyLimit)
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await sound.catalogueFingerprint(limit: limit)
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        let catalogue = try await sound.catalogue(limit: limit)
        guard let hidden else { return catalogue }
        return Catalogue(movies: catalogue.movies.filter { $0 != hidden }, fingerprint: catalogue.fingerprint)
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await sound.replaceRecommendations(session: session, phase: phase, svd: written(svd), p5: written(p5))
    }
}
