import Domain
import RecommendationEngine

/// What can be wrong with the rows that an engine writes.
enum Distortion: CaseIterable {
    case swappedRanks
    case droppedRow
    case rowWrittenTwice
    case shiftedDisplayOrder
    case wrongScore

    /// The rows as a broken engine would write them.
    func applied(to rows: [RecommendationRow]) -> [RecommendationRow] {
        switch self {
        case .swappedRanks: rows.map { $0.rank <= 2 ? $0.with(rank: 3 - $0.rank) : $0 }
        case .droppedRow: Array(rows.dropLast())
        case .rowWrittenTwice: rows + rows.suffix(1)
        case .shiftedDisplayOrder: rows.map { $0.with(displayOrder: $0.displayOrder.map { $0 + 1 }) }
        case .wrongScore: rows.map { $0.rank == 5 ? $0.with(score: $0.score * 1.001) : $0 }
        }
    }
}

/// A store that writes something else than it is given.
struct BrokenStore: RecommendationStore {
    /// What is done to the rows of the SVD model before they are written.
    let distortion: Distortion
    /// The store that is written to in the end.
    let sound: any RecommendationStore

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        try await sound.sessionInputs(of: session, historyLimit: historyLimit)
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await sound.catalogueFingerprint(limit: limit)
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        try await sound.catalogue(limit: limit)
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await sound.replaceRecommendations(session: session, phase: phase, svd: distortion.applied(to: svd), p5: p5)
    }
}

/// A store that answers before it has written, as a service does that writes in the background.
struct LateStore: RecommendationStore {
    /// How long after the answer the rows are written.
    let delay: Duration
    /// The store that is written to in the end.
    let sound: any RecommendationStore

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        try await sound.sessionInputs(of: session, historyLimit: historyLimit)
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await sound.catalogueFingerprint(limit: limit)
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        try await sound.catalogue(limit: limit)
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        let (delay, sound) = (delay, sound)
        Task.detached {
            try await Task.sleep(for: delay)
            try await sound.replaceRecommendations(session: session, phase: phase, svd: svd, p5: p5)
        }
    }
}

/// A store that shows the service less than there is, so that it ranks something else.
struct ForgetfulStore: RecommendationStore {
    /// How many of the first candidates are left out.
    let forgottenCandidates: Int
    /// The store that is read from.
    let sound: any RecommendationStore

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        let inputs = try await sound.sessionInputs(of: session, historyLimit: historyLimit)
        return SessionInputs(history: Array(inputs.history.dropFirst()), phase1Movies: inputs.phase1Movies)
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await sound.catalogueFingerprint(limit: limit)
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        let whole = try await sound.catalogue(limit: limit)
        return Catalogue(
            movies: Array(whole.movies.dropFirst(forgottenCandidates)),
            fingerprint: "\(whole.fingerprint) without \(forgottenCandidates)"
        )
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
