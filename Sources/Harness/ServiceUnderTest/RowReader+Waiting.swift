import DatabaseHarness
import Domain
import Observations
import Synchronization

/// What an answer promises of a session's rows.
struct RowPromise: Hashable, Sendable {
    /// The session.
    let session: SessionID
    /// The phase of the study.
    let phase: Int
    /// How many rows of each model were saved, says the answer.
    let saved: [Model: Int]
    /// The rows that were there before the request, which the new ones replace.
    let before: Set<StoredRecommendation>

    /// The promise of a successful answer.
    init(_ response: RecommendResponse, session: SessionID, phase: Int, before: [StoredRecommendation]) {
        self.session = session
        self.phase = phase
        self.saved = [.svd: response.svdTopSaved, .p5: response.p5TopSaved]
        self.before = Set(before)
    }

    /// Whether these rows hold as many new ones of each model as were saved.
    func isKept(by rows: [StoredRecommendation]) -> Bool {
        saved.allSatisfy { model, count in
            rows.count { $0.row.model == model && !before.contains($0) } >= count
        }
    }
}

extension RowReader {
    /// How long the harness pauses between two looks.
    private static var pause: Duration { .milliseconds(10) }

    /// Reads a session's rows after an answer until what it promised is there, or the wait is over.
    ///
    /// - Parameters:
    ///   - promise: What the answer promised.
    ///   - wait: The longest to wait, in real time.
    /// - Returns: The rows of the last look, and of the new ones when they were first seen.
    /// - Throws: `PostgresError`.
    func landing(
        of promise: RowPromise,
        within wait: Duration
    ) async throws -> (rows: [StoredRecommendation], appearances: [RowAppearance]) {
        let clock = ContinuousClock()
        let answered = clock.now
        var appearances: [RowAppearance] = []
        var seen = promise.before
        var isFirstLook = true
        while true {
            let rows = try await rows(of: [promise.session]).filter { $0.row.phase == promise.phase }
            let elapsed = clock.now - answered
            for row in rows where seen.insert(row).inserted {
                appearances.append(RowAppearance(row: row, after: elapsed, isLate: !isFirstLook))
            }
            isFirstLook = false
            if promise.isKept(by: rows) || elapsed >= wait { return (rows, appearances) }
            try await Task.sleep(for: min(Self.pause, wait - elapsed))
        }
    }
}

/// Collects when rows were seen, by the number of their request.
final class AppearanceLog: Sendable {
    private let appearances = Mutex<[Int: [RowAppearance]]>([:])

    /// Records what one request's rows did.
    func record(_ seen: [RowAppearance], of request: Int) {
        appearances.withLock { $0[request] = seen }
    }

    /// Adds what was recorded to the answers.
    func adding(to answers: [ObservedAnswer]) -> [ObservedAnswer] {
        let appearances = appearances.withLock { $0 }
        return answers.map { answer in
            var answer = answer
            answer.appearances = appearances[answer.request] ?? answer.appearances
            return answer
        }
    }
}
