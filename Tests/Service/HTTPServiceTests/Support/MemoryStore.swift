import Domain
import RecommendationEngine
import Synchronization

/// A store in memory, which can be slow or fail.
final class MemoryStore: RecommendationStore {
    struct Contents {
        var histories: [SessionID: [Rating]] = [:]
        var candidates: [MovieID] = []
        var rows: [RecommendationRow] = []
        var writes = 0
        var reads = 0
        var delay = Duration.zero
        /// Whether reading waits until this is false again.
        var isHeld = false
        var error: (any Error)?
    }

    private let contents: Mutex<Contents>

    init(_ contents: Contents = .shipped) {
        self.contents = Mutex(contents)
    }

    var rows: [RecommendationRow] { contents.withLock { $0.rows } }
    var writes: Int { contents.withLock { $0.writes } }

    /// Waits until that many requests have begun to read.
    func waitForReads(_ count: Int) async throws {
        while contents.withLock({ $0.reads }) < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    func change(_ body: (inout Contents) -> Void) { contents.withLock { body(&$0) } }

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        let (delay, error) = contents.withLock { contents in
            contents.reads += 1
            return (contents.delay, contents.error)
        }
        if delay > .zero { try await Task.sleep(for: delay) }
        while contents.withLock(\.isHeld) { try await Task.sleep(for: .milliseconds(1)) }
        if let error { throw error }
        let history = contents.withLock { Array(($0.histories[session] ?? []).prefix(historyLimit)) }
        return SessionInputs(history: history, phase1Movies: [])
    }

    func catalogueFingerprint(limit: Int) async throws -> String {
        try await catalogue(limit: limit).fingerprint
    }

    func catalogue(limit: Int) async throws -> Catalogue {
        let movies = contents.withLock { Array($0.candidates.prefix(limit)) }
        return Catalogue(movies: movies, fingerprint: "\(movies)")
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        contents.withLock { contents in
            contents.rows.removeAll { $0.session == session && $0.phase == phase }
            contents.rows += svd + p5
            contents.writes += 1
        }
    }
}

extension MemoryStore.Contents {
    /// One session that rated movies of the shipped bundle, with some of its movies as candidates.
    static var shipped: Self {
        Self(
            histories: [visitor: rated(["318", "296", "593"])],
            candidates: ["50", "858", "2571", "260", "1198", "2959", "527", "1196", "110", "47", "589", "1"]
        )
    }
}

/// The session of the tests.
let visitor = SessionID("00000000-0000-4000-8000-000000000001")!

/// Ratings of movies, newest first.
func rated(_ movies: [MovieID]) -> [Rating] {
    movies.enumerated()
        .map { index, movie in
            Rating(movie: movie, value: Double(9 - index), createdAt: Timestamp(microseconds: Int64(1_000 - index)))
        }
}
