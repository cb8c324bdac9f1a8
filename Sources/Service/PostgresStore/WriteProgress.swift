package import Domain

/// How far the writing of a session's recommendations has come, for the code that injects a fault there.
package struct WriteProgress: Hashable, Sendable {
    /// The point that is reached, one of those that the store passes.
    package let boundary: WriteBoundary
    /// The session whose sets are written.
    package let session: SessionID
    /// The phase of the sets.
    package let phase: Int
    /// The server process that serves the writing connection, for ``RowReader/terminateBackend(_:)``.
    package let backendPID: Int
}
