package import Domain

/// A request for recommendations, the body of `POST /recommend`.
package struct RecommendRequest: Hashable, Sendable {
    /// The session that asks.
    package let session: SessionID
    /// How many movies of each model become rows, 1 to 100.
    package let topKPerModel: Int
    /// The phase of the study the rows belong to.
    package let phase: Int

    /// Creates a request.
    package init(session: SessionID, topKPerModel: Int = 10, phase: Int = 2) {
        self.session = session
        self.topKPerModel = topKPerModel
        self.phase = phase
    }
}

/// An answer that is not a success: the HTTP status and the sentence the caller is told.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The HTTP status.
    package let status: Int
    /// The sentence in the body's `detail`; it carries no trace and no secret.
    package let detail: String
    /// Seconds after which to ask again, for the header `Retry-After`.
    package let retryAfter: Int?

    /// Creates an error.
    package init(status: Int, detail: String, retryAfter: Int? = nil) {
        self.status = status
        self.detail = detail
        self.retryAfter = retryAfter
    }

    package var description: String { "\(status) \(detail)" }
}
