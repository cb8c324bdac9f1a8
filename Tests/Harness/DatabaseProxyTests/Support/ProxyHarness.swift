import DatabaseHarness
import DatabaseProxy
import Domain
import Foundation
import PostgresStore
import PostgresTestSupport
import Testing

/// Tests that need a PostgreSQL server: one at a time, as each has its own.
@Suite(.serialized, .timeLimit(.minutes(10)), .needsPostgres) enum ProxySuite {}

/// A database with the service's tables, a proxy in front of it, and stores on either side.
struct ProxyHarness {
    let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!
    let cluster: ThrowAwayCluster
    let proxy: DatabaseProxy
    /// The service's way to the database.
    let store: PostgresRecommendationStore
    /// The harness's own.
    let rowReader: RowReader

    static func with(_ body: (ProxyHarness) async throws -> Void) async throws {
        try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: 1)
            try await seeder.createSchema(schema)
            let rating = Rating(movie: "318", value: 9, createdAt: Timestamp(microseconds: 1))
            let id = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!
            try await seeder.insert([
                RecordedSession(id: id, phase: "recommendation", ratings: [rating], phase1Movies: [])
            ])
            try await DatabaseProxy.with(upstream: cluster.address) { proxy in
                try await body(
                    ProxyHarness(
                        cluster: cluster,
                        proxy: proxy,
                        store: PostgresRecommendationStore(proxy.address),
                        rowReader: RowReader(cluster.address)
                    )
                )
            }
        }
    }

    /// Writes both models' sets of the session, of so many rows each.
    func write(_ count: Int, of session: SessionID? = nil) async throws {
        let session = session ?? self.session
        func rows(_ model: Model) -> [RecommendationRow] {
            (1...count)
                .map { rank in
                    RecommendationRow(
                        session: session,
                        movie: MovieID("\(rank)"),
                        score: 1 / Double(rank),
                        model: model,
                        phase: 2,
                        rank: rank,
                        displayOrder: nil
                    )
                }
        }
        try await store.replaceRecommendations(session: session, phase: 2, svd: rows(.svd), p5: rows(.p5))
    }

    /// How many rows the session has.
    func rowCount() async throws -> Int { try await rowReader.rows(of: [session]).count }
}
