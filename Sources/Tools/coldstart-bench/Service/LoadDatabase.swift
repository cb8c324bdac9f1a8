import DatabaseHarness
import Domain
import Foundation
import PostgresClient
import Scenarios

/// A throw-away PostgreSQL with the catalogue and as many sessions as a load needs.
struct LoadDatabase {
    /// Where it is.
    let address: PostgresAddress
    /// The sessions, each with the ratings and phase-1 movies of a recorded one.
    let sessions: [SessionID]
    /// How it was set up, in words.
    let description: String

    /// Lends a database.
    ///
    /// - Parameters:
    ///   - bench: Where the recorded sessions, the catalogue and the schema are.
    ///   - count: How many sessions there are.
    ///   - body: The work.
    /// - Returns: What the work returns.
    /// - Throws: The error of a file or of the database, and what the work throws.
    static func with<Value>(
        _ bench: Bench,
        sessions count: Int,
        _ body: (LoadDatabase) async throws -> Value
    ) async throws -> Value {
        let recorded = try SessionReader.read(bench.sessions)
        let movies = try CatalogueReader.read(bench.catalogue)
        let schema = try String(contentsOfFile: bench.schema, encoding: .utf8)
        return try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: 1)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(movies)
            let sessions = (0..<count)
                .map { number in
                    let original = recorded[number % recorded.count]
                    return RecordedSession(
                        id: id(number),
                        phase: original.phase,
                        ratings: original.ratings,
                        phase1Movies: original.phase1Movies
                    )
                }
            for start in stride(from: 0, to: count, by: 1_000) {
                try await seeder.insert(Array(sessions[start..<min(start + 1_000, count)]))
            }
            let connection = try await PostgresConnection.open(cluster.address)
            try await connection.query("VACUUM ANALYZE")
            return try await body(
                LoadDatabase(
                    address: cluster.address,
                    sessions: sessions.map(\.id),
                    description: "throw-away PostgreSQL \(cluster.version) on a Unix socket, fsync off, "
                        + "\(Quantity.grouped(Double(count))) sessions, "
                        + "\(Quantity.grouped(Double(movies.count))) movies"
                )
            )
        }
    }

    private static func id(_ number: Int) -> SessionID {
        let digits = String(number, radix: 16)
        let text = "10ad0000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = SessionID(text) else { preconditionFailure("\(text) is no session id") }
        return id
    }
}
