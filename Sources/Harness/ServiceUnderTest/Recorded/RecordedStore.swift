import Domain
import RecommendationEngine
import Synchronization

/// The tables of the service in memory: what sessions have rated, the catalogue, and the rows that were written.
final class RecordedStore: RecommendationStore {
    /// A set of rows that is replaced as one.
    private struct Slot: Hashable {
        let session: SessionID
        let phase: Int
    }

    private struct Tables {
        var ratings: [SessionID: [Rating]]
        var rows: [Slot: [RecommendationRow]] = [:]
    }

    private let tables: Mutex<Tables>
    private let phase1Movies: [SessionID: [MovieID]]
    private let movies: [MovieID]

    /// Creates tables without rows.
    ///
    /// - Parameters:
    ///   - sessions: The sessions with their ratings.
    ///   - catalogue: The movies in their order.
    init(sessions: [RecordedSession], catalogue: [MovieID]) {
        tables = Mutex(Tables(ratings: Dictionary(sessions.map { ($0.id, $0.ratings) }) { first, _ in first }))
        phase1Movies = Dictionary(sessions.map { ($0.id, $0.phase1Movies) }) { first, _ in first }
        movies = catalogue
    }

    /// The rows by session, phase, model (SVD first) and rank.
    ///
    /// - Complexity: O(*n* log *n*) in the rows.
    var rows: [RecommendationRow] {
        let all = tables.withLock { $0.rows.values.flatMap(\.self) }
        return all.sorted { left, right in
            if left.session != right.session { return left.session < right.session }
            if left.phase != right.phase { return left.phase < right.phase }
            if left.model != right.model { return left.model == .svd }
            return left.rank < right.rank
        }
    }

    /// Adds a rating of a session.
    func add(_ rating: Rating, to session: SessionID) {
        tables.withLock { $0.ratings[session, default: []].append(rating) }
    }

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        let ratings = tables.withLock { $0.ratings[session] ?? [] }
        let recorded = RecordedSession(id: session, phase: "", ratings: ratings, phase1Movies: [])
        return SessionInputs(
            history: recorded.history(limit: historyLimit),
            phase1Movies: phase1Movies[session] ?? []
        )
    }

    func catalogueFingerprint(limit: Int) async throws -> String { "recorded" }

    func catalogue(limit: Int) async throws -> Catalogue {
        Catalogue(movies: Array(movies.prefix(limit)), fingerprint: "recorded")
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        tables.withLock { $0.rows[Slot(session: session, phase: phase)] = svd + p5 }
    }
}
