import Synchronization

/// A few connections to one database, opened when needed and used by one task at a time each.
///
/// A connection that ended, or on which a statement was cancelled, is not used again: the next use opens a new one.
package final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection] = []
        var inUse = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
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
    /// - Throws: What opening it throws, and what the body throws.
    package func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        await acquire()
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

    private func usableConnection() async throws -> PostgresConnection {
        while let connection = state.withLock({ $0.idle.popLast() }) {
            if await connection.isUsable() { return connection }
        }
        return try await PostgresConnection.open(address, limits: limits)
    }

    private func acquire() async {
        await withCheckedContinuation { continuation in
            let proceeds = state.withLock { state in
                if state.inUse < size {
                    state.inUse += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if proceeds { continuation.resume() }
        }
    }

    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
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
