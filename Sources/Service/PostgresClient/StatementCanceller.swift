import CLibPQ
import Synchronization

/// Cancels the statement that a connection is running.
final class StatementCanceller: Sendable {
    // The PGcancel is created once, not changed, and freed by deinit; libpq documents PQcancel as safe to call from
    // another thread than the connection's.
    private nonisolated(unsafe) let request: OpaquePointer?
    private let used = Mutex(false)
    private let queue = BlockingExecutor(label: "coldstart.postgres.cancel")

    init(_ handle: ConnectionHandle) {
        request = PQgetCancel(handle.pointer)
    }

    deinit {
        PQfreeCancel(request)
    }

    /// Whether a statement was cancelled on this connection.
    var wasUsed: Bool { used.withLock { $0 } }

    /// Asks the server to cancel the running statement, from a thread of its own: libpq connects to do so.
    func cancel() {
        used.withLock { $0 = true }
        queue.run { [self] in
            var message = [CChar](repeating: 0, count: 256)
            _ = PQcancel(request, &message, Int32(message.count))
        }
    }
}
