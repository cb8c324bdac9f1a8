package import Domain

/// P5 with a fault: it fails whenever it is asked, and says so.
package struct FailingReranker: Reranker {
    private let message: String
    private let onFailure: @Sendable (Int) -> Void

    /// Creates the fault.
    ///
    /// - Parameters:
    ///   - message: The message it fails with.
    ///   - onFailure: Called with the number of movies at each failure.
    package init(message: String, onFailure: @escaping @Sendable (_ movies: Int) -> Void) {
        self.message = message
        self.onFailure = onFailure
    }

    /// The error that P5 fails with.
    private struct ScoringFailed: Error, CustomStringConvertible {
        let description: String
    }

    package func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        onFailure(movies.count)
        throw ScoringFailed(description: message)
    }
}
