package import Domain

/// Something that goes wrong between the service and its database, imposed on the wire.
package struct DatabaseFault: Hashable, Sendable {
    /// What goes wrong.
    package enum Kind: Hashable, Sendable {
        /// Every byte arrives later in either direction, by the delay and a random part of the jitter.
        case latency(Duration, jitter: Duration)
        /// Each direction of each connection carries this many bytes a second.
        case bandwidth(bytesPerSecond: Int)
        /// Open connections end and new ones are refused.
        case refuse
        /// The connection ends with a TCP reset.
        case reset
        /// The connection ends.
        case cut
        /// Bytes are swallowed, the connection stays open.
        case blackHole
        /// The server with all its processes is killed, and started again later.
        case serverKilled(restartAfter: Duration)
    }

    /// The point of a request or of the connection at which a fault strikes.
    package enum Point: Hashable, Sendable {
        /// At a boundary of the request's database work.
        case boundary(WriteBoundary)
        /// After so many bytes of the request in a direction.
        case afterBytes(Int, DatabaseDirection)
    }

    /// When a fault is there.
    package enum Span: Hashable, Sendable {
        /// During a request by its number, from 1 in order of arrival; `nil` during every request.
        case request(Int?)
        /// From one moment to another, to the end where there is none.
        case window(from: Duration, to: Duration?)
    }

    /// What goes wrong.
    package let kind: Kind
    /// Where in a request it strikes; `nil` for what is there for a whole span, or strikes at its beginning.
    package let point: Point?
    /// When it is there.
    package let span: Span

    /// Creates a fault.
    package init(_ kind: Kind, at point: Point? = nil, _ span: Span) {
        self.kind = kind
        self.point = point
        self.span = span
    }

    /// Whether a request that fails because of this may have written its rows all the same.
    package var mayHideCommit: Bool {
        switch (kind, point) {
        case (.latency, _), (.bandwidth, _): false
        // Of the boundaries before the commit it is certain that the server never got to see one.
        case (_, .boundary(let boundary)): boundary == .afterCommit
        case (_, .afterBytes), (_, nil): true
        }
    }
}

extension Fault {
    /// Whether a request that fails because of this may have written its rows all the same.
    ///
    /// - Parameter request: The number of the request.
    /// - Returns: Whether the fault strikes it at a moment at which the commit's outcome is open.
    package func mayHideCommit(of request: Int) -> Bool {
        switch self {
        case .stage, .scoring, .process: return false
        case .databaseGoesAway(let number, let boundary):
            return boundary == .afterCommit && (number == nil || number == request)
        case .database(let fault):
            guard case .request(let number) = fault.span else { return fault.mayHideCommit }
            return fault.mayHideCommit && (number == nil || number == request)
        }
    }
}
