import DatabaseHarness
import Domain
import PostgresClient
import PostgresTestSupport
import Testing

extension PostgresTests {
    struct PipelineTests {
        private let number = PostgresStatement.Text("SELECT $1::bigint")
        private let remember = PostgresStatement.Text("INSERT INTO phase2_movies (id) VALUES ($1)")
        private let divide = PostgresStatement.Text("SELECT 1 / $1::bigint")

        private func movies(_ connection: PostgresConnection) async throws -> Int {
            try await connection.query("SELECT count(*) FROM phase2_movies").single()
        }

        @Test func `statements are answered in their order, and prepared once`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            for round in 0..<3 {
                let statements = (0..<5).map { PostgresStatement(number, [.integer(round * 10 + $0)]) }
                let rows = try await connection.transaction(.read, statements)
                #expect(try rows.map { try $0.single(Int.self) } == (0..<5).map { round * 10 + $0 })
            }
            let prepared: Int =
                try await connection.query(
                    "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1::bigint'"
                )
                .single()
            #expect(prepared == 1)
        }

        @Test func `a statement that fails undoes those before it, and those after it are not run`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            let statements = [
                PostgresStatement(remember, [.text("a")]),
                PostgresStatement(divide, [.integer(0)]),
                PostgresStatement(remember, [.text("b")]),
            ]
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction(.write, statements)
            }
            #expect(error.code == .statementFailed)
            #expect(error.sqlState == "22012")
            #expect(error.description.contains("division by zero"))
            #expect(try await movies(connection) == 0)
            _ = try await connection.transaction(.write, [statements[0], statements[2]])
            #expect(try await movies(connection) == 2)
        }

        @Test func `a statement that cannot be prepared fails alone, and can be prepared later`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            let statement = PostgresStatement(PostgresStatement.Text("SELECT count(*) FROM later"))
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction(.read, [statement])
            }
            #expect(error.sqlState == "42P01")
            try await connection.execute(script: "CREATE TABLE later ()")
            #expect(try await connection.transaction(.read, [statement])[0].single(Int.self) == 0)
        }

        @Test func `prepared statements that a pooler has lost are sent unprepared`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            let statements = [PostgresStatement(remember, [.text("a")]), PostgresStatement(number, [.integer(7)])]
            _ = try await connection.transaction(.read, [statements[1]])
            try await connection.execute(script: "DEALLOCATE ALL")
            let rows = try await connection.transaction(.write, statements)
            #expect(try rows[1].single(Int.self) == 7)
            #expect(try await movies(connection) == 1)
        }

        @Test func `results larger than any buffer arrive while much is sent`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            let echo = PostgresStatement.Text("SELECT $1::text")
            let text = String(repeating: "x", count: 1_000_000)
            let rows = try await connection.transaction(
                .read,
                Array(repeating: PostgresStatement(echo, [.text(text)]), count: 20)
            )
            for row in rows { #expect(try row.single(String.self) == text) }
        }

        @Test func `a connection that ends at COMMIT leaves the outcome open`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            try await connection.execute(script: Self.atCommit("PERFORM pg_terminate_backend(pg_backend_pid());"))
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction(.write, [PostgresStatement(remember, [.text("a")])])
            }
            #expect(error.code == .commitOutcomeUnknown)
            #expect(await connection.isUsable() == false)
        }

        @Test func `a COMMIT that is refused leaves nothing, and the connection`() async throws {
            let connection = try await PostgresConnection.open(try await freshDatabase())
            try await connection.execute(script: Self.atCommit("RAISE EXCEPTION 'not today';"))
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction(.write, [PostgresStatement(remember, [.text("a")])])
            }
            #expect(error.code == .statementFailed)
            #expect(error.description.contains("not today"))
            #expect(try await movies(connection) == 0)
            #expect(await connection.isUsable())
        }

        @Test func `a pool replaces a connection that ended while nobody used it`() async throws {
            let address = try await freshDatabase()
            let pool = PostgresPool(address, size: 1)
            for round in 0..<3 {
                let rows = try await pool.transaction(.read, [PostgresStatement(number, [.integer(round)])])
                #expect(try rows[0].single(Int.self) == round)
                let process = try await pool.withConnection { $0.backendPID }
                #expect(try await RowReader(address).terminateBackend(process))
            }
        }

        @Test func `who is cancelled while waiting for a connection waits no longer`() async throws {
            let pool = PostgresPool(try await freshDatabase(), size: 1)
            let waiting = try await pool.withConnection { _ in
                let waiting = (0..<3)
                    .map { _ in
                        Task { try await pool.transaction(.read, [PostgresStatement(number, [.integer(1)])]).count }
                    }
                try await Task.sleep(for: .milliseconds(30))
                for index in [0, 2] {
                    waiting[index].cancel()
                    let result = await waiting[index].result
                    #expect(throws: CancellationError.self) { try result.get() }
                }
                return waiting
            }
            // The one between them still gets its turn.
            #expect(try await waiting[1].value == 1)
            #expect(
                try await pool.transaction(.read, [PostgresStatement(number, [.integer(5)])])[0].single(Int.self) == 5
            )
        }

        /// A table of movies whose every transaction does something at its very end.
        private static func atCommit(_ action: String) -> String {
            """
            CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(action) RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON phase2_movies DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION at_commit();
            """
        }
    }
}
