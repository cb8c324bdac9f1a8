package import Domain
package import FaultSweep
private import Synchronization

/// A service that a sweep starts, asks and lets come to harm.
package protocol SweptService: Sendable {
    /// Starts the service on a database that is reached through the sweep's proxy.
    ///
    /// - Parameter boundary: The boundary of its start at which it is held for a while; `nil` where it runs through.
    /// - Throws: Where it cannot be started at all.
    func start(heldAt boundary: SweepBoundary?) async throws

    /// Waits until the service is at the boundary that it is held at.
    func arrival(within limit: Duration) async -> SweptArrival

    /// Waits until the service serves with all that it has.
    func isReady(within limit: Duration) async -> Bool

    /// Asks for recommendations, until there is an answer or the caller gives up.
    func ask(_ request: SweptRequest, until patience: Patience) async -> CellObservation.Answer

    /// Kills the service as SIGKILL does.
    ///
    /// - Returns: The proof that it is gone; `nil` where it was not there.
    func kill() async -> String?

    /// Stops the service without ending it.
    ///
    /// - Returns: The proof, read back from the process; `nil` where it does not stop.
    func freeze() async -> String?

    /// Lets a stopped service go on.
    func thaw() async

    /// Ends the service for good.
    func stop() async
}

/// Whether a service came to the boundary of its start at which it is to be held.
package enum SweptArrival: Hashable, Sendable {
    /// It is there, with what shows it.
    case reached(String)
    /// It serves, and has not said when it was there.
    case notAnnounced
    /// It did not come there.
    case never
}

/// A request of a sweep.
package struct SweptRequest: Hashable, Sendable {
    /// The session.
    package let session: SessionID
    /// How many rows of each model are written.
    package let topK: Int
    /// The phase of the study.
    package let phase: Int

    /// Creates a request.
    package init(session: SessionID, topK: Int, phase: Int) {
        self.session = session
        self.topK = topK
        self.phase = phase
    }
}

/// How long a caller waits for an answer: up to a moment that may come nearer while it waits.
package final class Patience: Sendable {
    private let end: Mutex<ContinuousClock.Instant>

    /// Creates the patience of a caller who waits this long.
    package init(_ limit: Duration) {
        end = Mutex(.now + limit)
    }

    /// Lets it end so long from now, unless it ends before.
    package func shorten(to rest: Duration) {
        end.withLock { $0 = min($0, .now + rest) }
    }

    /// Whether it has ended.
    package var isOver: Bool { end.withLock { $0 } <= .now }
}
