import DatabaseHarness
import Domain

/// Answers a run's questions for rows, and waits for those that answers promised.
struct RowQuestions: Sendable {
    /// The harness's own connection.
    let rowReader: RowReader
    /// How long it waits for promised rows, in real time.
    let wait: Duration
    /// Where it is recorded when rows were seen.
    let appearances = AppearanceLog()

    /// Whether the rows may take a while to come.
    func mayWait(for task: ProcessDriver.DatabaseTask) -> Bool {
        guard wait > .zero, case .rows(let question) = task else { return false }
        return !question.promises.isEmpty
    }

    /// Reads the rows of a question's sessions.
    ///
    /// - Throws: `PostgresError`.
    func rows(for question: RowQuestion) async throws -> [StoredRecommendation] {
        if wait > .zero {
            for (request, promise) in question.promises.sorted(by: { $0.key < $1.key }) {
                appearances.record(try await rowReader.landing(of: promise, within: wait).appearances, of: request)
            }
        }
        return try await rowReader.rows(of: question.sessions)
    }
}
