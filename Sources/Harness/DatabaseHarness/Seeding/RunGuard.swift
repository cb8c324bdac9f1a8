package import PostgresClient

/// Shows others that a run is going on in their database, by a lock that ends with the run however that ends.
///
/// The lock is an advisory one of a transaction that does nothing else: it holds no row and keeps no old row alive, and
/// the server releases it as soon as the connection is gone. Behind a pooler there is none, for it would take a server
/// process from others for as long as the run lasts.
package final class RunGuard: Sendable {
    /// The mark of the sessions that the run inserts.
    package let mark: SessionMark

    private let connection: PostgresConnection?

    private init(mark: SessionMark, connection: PostgresConnection?) {
        self.mark = mark
        self.connection = connection
    }

    /// Lends a guard to the body and gives it up afterwards.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - body: The run.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    package static func with<Value>(_ address: PostgresAddress, _ body: (RunGuard) async throws -> Value) async throws
        -> Value
    {
        let runGuard = await take(address)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(runGuard))
        } catch {
            result = .failure(error)
        }
        // A connection that is gone by now has given the lock up.
        _ = try? await runGuard.connection?.query("ROLLBACK")
        return try result.get()
    }

    /// A guard, without a lock where the database gives none; whoever uses the database next is told why.
    private static func take(_ address: PostgresAddress) async -> RunGuard {
        do {
            let connection = try await PostgresConnection.open(address)
            guard connection.isOwnSession else { return RunGuard(mark: .unguarded, connection: nil) }
            let key = UInt64.random(in: .min ... .max)
            try await connection.begin(.read)
            try await connection.query("SELECT pg_advisory_xact_lock($1)", [.lock(key)])
            return RunGuard(mark: .running(key: key), connection: connection)
        } catch {
            return RunGuard(mark: .unguarded, connection: nil)
        }
    }
}
