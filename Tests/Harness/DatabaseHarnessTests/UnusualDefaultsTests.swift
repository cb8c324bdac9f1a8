import ColdstartTestSupport
import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Testing

extension PostgresTests {
    /// The whole of the module on a database whose every default is turned the unusual way.
    struct UnusualDefaultsTests {
        /// Lends a database with the service's tables in `public`, and a connection that was opened before the defaults
        /// were turned.
        private func withDatabase(
            _ owner: String,
            _ body: (PostgresAddress, PostgresConnection) async throws -> Void
        ) async throws {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                let plain = try await PostgresConnection.open(cluster.address)
                try await plain.execute(script: schema)
                try await plain.execute(script: UnusualDefaults.script(for: owner))
                try await body(cluster.address, plain)
            }
        }

        @Test(arguments: ["DATABASE postgres", "ROLE postgres"])
        func `what is written is read back, recorded, audited and removed as it was`(owner: String) async throws {
            try await withDatabase(owner) { address, plain in
                let seeder = Seeder(address, seed: 3, mark: .unguarded)
                try await seeder.loadCatalogue(catalogue(40))
                let session = recorded(session(), at: [5, 9, 9], phase1: ["f1", "it's \\ \"f2\""])
                try await seeder.insert([session])

                let store = PostgresRecommendationStore(address)
                let inputs = try await store.sessionInputs(of: session.id, historyLimit: 50)
                #expect(inputs.history == session.history(limit: 50))
                let movies = try await store.catalogue(limit: 50).movies
                #expect(movies.filter { !inputs.phase1Movies.contains($0) }.count == 39)
                #expect(
                    try await PrecomputeStore(pool: PostgresPool(address)) { _, _ in }
                        .waitingSessions(phase: 2, limit: 9)
                        .map(\.id) == [session.id]
                )
                let sets = (rows(.svd, prefix: "f"), rows(.p5, prefix: "f"))
                try await store.replaceRecommendations(session: session.id, phase: 2, svd: sets.0, p5: sets.1)
                #expect(try await RowReader(address).rows(of: [session.id]).map(\.row) == sets.0 + sets.1)

                var audited: [(String?, Int)] = []
                try await AuditReader(address)
                    .withSnapshot(phase: 2) { snapshot in
                        #expect(snapshot.catalogue.count == 40)
                        try await snapshot.forEachSession { audited.append(($0.session, $0.rows.count)) }
                    }
                #expect(audited.map(\.0) == [session.id.text] && audited.map(\.1) == [20])

                var sessions: [RecordedSession] = []
                var read = 0
                let leftOut = try await RecordingReader(address)
                    .read(RecordingFilter(), includesRows: true) {
                        sessions.append($0.session)
                    } movie: { _ in
                        read += 1
                    }
                #expect(sessions.map(\.ratings) == [session.ratings] && read == 40 && leftOut == LeftOut())

                try await seeder.removeInserted()
                let left: Int =
                    try await plain.query(
                        "SELECT (SELECT count(*) FROM user_sessions) + (SELECT count(*) FROM recommendations)"
                    )
                    .single()
                #expect(left == 0)
            }
        }

        @Test(arguments: ["read committed", "repeatable read", "serializable"])
        func `writers of one set who meet leave one set, whatever isolation is the default`(level: String) async throws
        {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                let plain = try await PostgresConnection.open(cluster.address)
                try await plain.execute(script: schema)
                try await plain.execute(
                    script: "ALTER DATABASE postgres SET default_transaction_isolation = '\(level)';"
                        + "ALTER DATABASE postgres SET lock_timeout = '50ms'"
                )
                let store = PostgresRecommendationStore(pool: PostgresPool(cluster.address, size: 12))
                // Whoever has begun waits here, and has by then the snapshot that it begins with.
                try await plain.execute(script: "BEGIN; LOCK TABLE recommendations IN SHARE MODE")
                let sets = (rows(.svd), rows(.p5))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<12 {
                        group.addTask {
                            try await store.replaceRecommendations(
                                session: session(),
                                phase: 2,
                                svd: sets.0,
                                p5: sets.1
                            )
                        }
                    }
                    try await Task.sleep(for: .milliseconds(400))
                    try await plain.execute(script: "COMMIT")
                    try await group.waitForAll()
                }
                #expect(try await RowReader(cluster.address).rows(of: [session()]).map(\.row) == sets.0 + sets.1)
            }
        }

        @Test func `a transaction leaves no setting, lock or role in its session`() async throws {
            try await withDatabase("DATABASE postgres") { address, _ in
                let connection = try await PostgresConnection.open(address)
                func state() async throws -> [String] {
                    let rows = try await connection.query(
                        """
                        SELECT name || '=' || setting FROM pg_catalog.pg_settings ORDER BY name COLLATE pg_catalog."C"
                        """
                    )
                    return try rows.map { try $0.value(0) }
                }
                let before = try await state()
                #expect(before.contains("default_transaction_isolation=serializable"))
                for mode in [TransactionMode.write, .read.ofAllRows, .snapshot] {
                    try await connection.withTransaction(mode) {
                        let path: String = try await connection.query("SELECT current_setting('search_path')").single()
                        #expect(path == "pg_catalog, public, pg_temp")
                    }
                    await #expect(throws: PostgresError.self) {
                        try await connection.withTransaction(mode) { try await connection.query("SELECT 1 / 0") }
                    }
                }
                #expect(try await state() == before)
                let locks: Int =
                    try await connection.query(
                        "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory'"
                    )
                    .single()
                #expect(locks == 0)
            }
        }

        @Test func `each mode states isolation, access and deferral`() async throws {
            try await withDatabase("ROLE postgres") { address, _ in
                let connection = try await PostgresConnection.open(address)
                for (mode, stated) in [
                    (TransactionMode.write, "read committed off off"), (.read, "read committed on off"),
                    (.snapshot, "repeatable read on off"),
                ] {
                    try await connection.withTransaction(mode) {
                        let found: String =
                            try await connection.query(
                                """
                                SELECT concat_ws(' ', current_setting('transaction_isolation'),
                                    current_setting('transaction_read_only'), current_setting('transaction_deferrable'))
                                """
                            )
                            .single()
                        #expect(found == stated)
                    }
                }
            }
        }
    }
}
