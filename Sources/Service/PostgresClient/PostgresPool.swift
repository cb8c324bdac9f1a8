import Synchronization

/// A few connections to one database, opened when needed and used by one task at a time each.
///
/// A connection that ended, or on which a statement was cancelled, is not used again: the next use opens a new one.
/// Uses beyond the size wait in the order of their arrival.
package final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection] = []
        var inUse = 0
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextID: UInt64 = 0
    }

    /// The database.
    package let address: PostgresAddress

    private let limits: PostgresConnection.Limits
    private let size: Int
    private let state = Mutex(State())

    /// Creates a pool that opens nothing yet.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - size: The most connections that are open at a time; further uses wait.
    ///   - limits: Each connection's limits.
    package init(_ address: PostgresAddress, size: Int = 4, limits: PostgresConnection.Limits = .init()) {
        precondition(size > 0, "a pool of \(size) connections")
        self.address = address
        self.size = size
        self.limits = limits
    }

    /// Lends a connection.
    ///
    /// - Throws: What opening it throws, what the body throws, `CancellationError` where the task is cancelled while it
    ///   waits for a connection.
    package func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await acquire()
        defer { release() }
        let connection = try await usableConnection()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Runs statements on a connection in one round trip and one transaction of their own.
    ///
    /// - Returns: The rows of each statement.
    /// - Throws: What ``PostgresConnection/transaction(_:_:)`` throws, what opening a connection throws,
    ///   `CancellationError`.
    package func transaction(
        _ mode: TransactionMode,
        _ statements: [PostgresStatement]
    ) async throws -> [PostgresRows] {
        // Whether a connection is still there is found out when the statements are to be sent: a visit to its thread less.
        try await acquire()
        defer { release() }
        while true {
            let kept = state.withLock { $0.idle.popLast() }
            let connection = if let kept { kept } else { try await PostgresConnection.open(address, limits: limits) }
            switch try await connection.exchange(mode, statements) {
            case .refused:
                // One that has just been opened says why it cannot be used.
                if kept == nil { try await connection.requireConnected() }
            case .answered(let result, let isReusable):
                if isReusable { state.withLock { $0.idle.append(connection) } }
                return try result.get()
            }
        }
    }

    /// Lends a connection in a transaction, which is undone where the body throws.
    ///
    /// - Throws: What ``withConnection(_:)`` and ``PostgresConnection/withTransaction(_:_:)`` throw.
    package func withTransaction<Value>(
        _ mode: TransactionMode,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            try await connection.withTransaction(mode) { try await body(connection) }
        }
    }

    private func usableConnection() async throws -> PostgresConnection {
        while let connection = state.withLock({ $0.idle.popLast() }) {
            if await connection.isUsable() { return connection }
        }
        return try await PostgresConnection.open(address, limits: limits)
    }

    private func acquire() async throws {
        try Task.checkCancellation()
        let id: UInt64? = state.withLock { state in
            if state.inUse < size {
                state.inUse += 1
                return nil
            }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let proceeds = state.withLock { state in
                    // Somebody may have finished between the two looks.
                    if state.inUse < size {
                        state.inUse += 1
                        return true
                    }
                    state.waiting.append((id, continuation))
                    return false
                }
                if proceeds { continuation.resume() }
                // A cancellation that came before the entry did not find it.
                if Task.isCancelled { giveUpWaiting(id) }
            }
        } onCancel: {
            giveUpWaiting(id)
        }
    }

    private func giveUpWaiting(_ id: UInt64) {
        let entry = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        entry?.continuation.resume(throwing: CancellationError())
    }

    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.inUse -= 1
            return nil
        }
        next?.resume()
    }

    private func giveBack(_ connection: PostgresConnection) async {
        if await connection.isUsable() {
            state.withLock { $0.idle.append(connection) }
        }
    }
}
