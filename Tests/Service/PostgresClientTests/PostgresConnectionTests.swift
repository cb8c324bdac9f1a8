import DatabaseHarness
import Domain
import Foundation
import PostgresClient
import DatabaseHarness
import PostgresTestSupport
import Testing

extension PostgresTests {
    struct PostgresConnectionTests {
        private func connection() async throws -> PostgresConnection {
            try await PostgresConnection.open(#require(SharedCluster.current).address)
        }

        @Test(arguments: [
            "", "plain", "it's \"quoted\" \\ back", "Amélie 千と千尋 🎬", "line\nbreak\ttab\u{1}\u{7F}", "{a,b}", "NULL",
            "$1; --",
        ])
        func `text arrives as it was sent, alone and in arrays`(text: String) async throws {
            let rows = try await connection()
                .query(
                    "SELECT $1, array_length($2, 1), $2[2], $2[1] IS NULL",
                    [.text(text), .texts([nil, text, "last"])]
                )
            #expect(try rows[0].value(0, as: String.self) == text)
            #expect(try rows[0].value(1, as: Int.self) == 3)
            #expect(try rows[0].value(2, as: String.self) == text)
            #expect(try rows[0].value(3, as: Bool.self))
        }

        @Test(arguments: [0, 0.1, -1e-308, 1e308, .infinity, -.infinity, .nan, .leastNonzeroMagnitude])
        func `numbers keep every bit`(number: Double) async throws {
            let rows = try await connection()
                .query(
                    "SELECT $1, ($2::float8[])[1], $1::text::float8",
                    [.double(number), .doubles([number])]
                )
            for column in 0..<3 {
                let value: Double = try rows[0].value(column)
                #expect(value == number || (value.isNaN && number.isNaN))
            }
        }

        @Test(arguments: [0, 1, -1, .max, .min, 946_684_800_000_000])
        func `whole numbers and moments arrive`(number: Int) async throws {
            let rows = try await connection()
                .query("SELECT $1, ($2)[1]", [.integer(number), .integers([number, nil])])
            #expect(try rows[0].value(0, as: Int.self) == number)
            #expect(try rows[0].value(1, as: Int.self) == number)
            let moment = Timestamp(microseconds: Int64(number % 1_000_000_000_000_000))
            let moments = try await connection().query("SELECT $1, ($2)[1]", [.moment(moment), .moments([moment])])
            #expect(try moments[0].value(0, as: Timestamp.self) == moment)
            #expect(try moments[0].value(1, as: Timestamp.self) == moment)
        }

        @Test func `a moment means the same to the server`() async throws {
            let text: String = try await connection()
                .query(
                    "SELECT ($1 AT TIME ZONE 'UTC')::text",
                    [.moment(Timestamp(microseconds: 1_451_703_845_000_001))]
                )
                .single()
            #expect(text == "2016-01-02 03:04:05.000001")
        }

        @Test func `empty arrays are no rows`() async throws {
            let count: Int = try await connection()
                .query(
                    "SELECT count(*) FROM unnest($1::text[], $2::bigint[])",
                    [.texts([]), .integers([])]
                )
                .single()
            #expect(count == 0)
        }

        @Test func `text with NUL is an error, not a shorter text`() async throws {
            let connection = try await connection()
            for parameter in [PostgresParameter.text("a\0b"), .texts(["a\0b"])] {
                let error = try await #require(throws: PostgresError.self) {
                    try await connection.query("SELECT $1", [parameter])
                }
                #expect(error.sqlState == "22021")
            }
        }

        @Test(arguments: [
            ("SELECT id FROM no_such_table WHERE id = $1", "42P01", "scenarios/schema.sql"),
            ("SELECT $1::text::uuid", "22P02", "uuid"),
            ("SELEC $1", "42601", "syntax error"),
        ])
        func `a refused statement is one line without its values`(sql: String, state: String, part: String) async throws
        {
            let connection = try await connection()
            let error = try await #require(throws: PostgresError.self) {
                try await connection.query(sql, [.text("a value of 8444 characters")])
            }
            #expect(error.code == .statementFailed)
            #expect(error.sqlState == state)
            #expect(error.description.contains(part))
            #expect(!error.description.contains("\n"))
            #expect(!error.description.contains("8444"))
            #expect(await connection.isUsable())
        }

        @Test(arguments: [
            ("SELECT NULL::int", "NULL where a whole number"), ("SELECT 'x'", "no whole number"),
            ("SELECT 1 WHERE false", "0 rows"), ("SELECT generate_series(1, 2)", "2 rows"),
        ])
        func `a result of another shape is an error`(sql: String, part: String) async throws {
            let rows = try await connection().query(sql)
            let error = try #require(throws: PostgresError.self) { try rows.single(Int.self) }
            #expect(error.code == .unexpectedData)
            #expect(error.description.contains(part))
        }

        @Test func `a statement that takes too long is cancelled`() async throws {
            let address = try #require(SharedCluster.current).address
            let connection = try await PostgresConnection.open(address, limits: .init(statementMilliseconds: 50))
            let error = try await #require(throws: PostgresError.self) {
                try await connection.withTransaction(.read) { try await connection.query("SELECT pg_sleep(30)") }
            }
            #expect(error.code == .statementCancelled)
            #expect(error.sqlState == "57014")
        }

        @Test func `cancelling a task cancels its statement`() async throws {
            let connection = try await connection()
            let start = ContinuousClock.now
            let task = Task { try await connection.query("SELECT pg_sleep(30)") }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            let result = await task.result
            let error = try #require(throws: PostgresError.self) { try result.get() }
            #expect(error.code == .statementCancelled)
            #expect(ContinuousClock.now - start < .seconds(15))
            #expect(await connection.isUsable() == false)
        }

        @Test func `a lost connection is an error, and the pool's next use reconnects`() async throws {
            let address = try #require(SharedCluster.current).address
            let pool = PostgresPool(address, size: 1)
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    #expect(try await RowReader(address).terminateBackend(connection.backendPID))
                    try await connection.query("SELECT 1")
                }
            }
            #expect(error.code == .connectionLost)
            #expect(error.description.contains("administrator command"))
            for _ in 0..<2 {
                let process = try await pool.withConnection { $0.backendPID }
                #expect(try await RowReader(address).terminateBackend(process))
                let one: Int = try await pool.withConnection { try await $0.query("SELECT 1").single() }
                #expect(one == 1)
            }
        }

        @Test func `a pool opens no more connections than its size`() async throws {
            let pool = PostgresPool(try #require(SharedCluster.current).address, size: 2)
            let processes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.query("SELECT pg_sleep(0.001)")
                            return connection.backendPID
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(processes.count <= 2)
        }

        @Test func `a wrong password is refused and not printed`() async throws {
            let cluster = try #require(SharedCluster.current)
            let connection = try await connection()
            try await connection.execute(script: "CREATE ROLE guarded LOGIN PASSWORD 'right-horse'")
            let rules = "\(cluster.path)/data/pg_hba.conf"
            let old = try String(contentsOfFile: rules, encoding: .utf8)
            let file = try #require(FileHandle(forWritingAtPath: rules))
            try file.write(contentsOf: Data("local all guarded scram-sha-256\n\(old)".utf8))
            try file.close()
            try await connection.query("SELECT pg_reload_conf()")
            let address = try PostgresAddress("\(cluster.connectionString) user=guarded password=wrong-battery")
            var refusal: PostgresError?
            for _ in 0..<500 where refusal == nil {
                do {
                    _ = try await PostgresConnection.open(address)
                    try await Task.sleep(for: .milliseconds(10))
                } catch let error as PostgresError {
                    refusal = error
                }
            }
            let error = try #require(refusal)
            #expect(error.code == .rejected)
            #expect(error.description.contains("password authentication failed for user \"guarded\""))
            #expect(!error.description.contains("wrong-battery"))
            #expect(!error.description.contains("\n"))
            let right = try PostgresAddress("\(cluster.connectionString) user=guarded password=right-horse")
            _ = try await PostgresConnection.open(right)
        }

        @Test func `a database that is not there is refused by name`() async throws {
            let address = try #require(SharedCluster.current).address.withDatabase("nowhere")
            let error = try await #require(throws: PostgresError.self) { try await PostgresConnection.open(address) }
            #expect(error.code == .rejected)
            #expect(error.description.contains("\"nowhere\" does not exist"))
        }
    }
}
