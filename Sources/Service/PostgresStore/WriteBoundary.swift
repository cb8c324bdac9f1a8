package import Domain

/// A point in the writing of a session's recommendations at which a fault can be injected.
package struct WriteBoundary: Hashable, Sendable {
    /// The points, in the order in which they are passed.
    package enum Moment: String, Hashable, Sendable, CaseIterable {
        /// Connected, nothing sent.
        case beforeTransaction
        /// The old sets are deleted and the SVD set is inserted, P5's is not.
        case betweenSets
        /// Both sets are inserted.
        case beforeCommit
        /// The server has confirmed the commit.
        case afterCommit
    }

    /// The point.
    package let moment: Moment
    /// The session whose sets are written.
    package let session: SessionID
    /// The phase of the sets.
    package let phase: Int
    /// The server process that serves the writing connection, for ``Verifier/terminateBackend(_:)``.
    package let backendPID: Int
}
