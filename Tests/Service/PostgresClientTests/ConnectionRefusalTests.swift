import DatabaseHarness
import Foundation
import PostgresTestSupport
import Testing

@testable import PostgresClient

struct ConnectionRefusalTests {
    private static let start = "connection to server at \"127.0.0.1\", port 5432 failed: "

    /// As libpq 15 writes them with verbose errors.
    @Test(arguments: [
        (
            start
                + "FATAL:  28P01: password authentication failed for user \"app\"\nLOCATION:  auth_failed, auth.c:338\n",
            "28P01", "password authentication failed for user \"app\""
        ),
        (
            start + "ВАЖНО:  28P01: пользователь \"app\" не прошёл проверку подлинности\n",
            "28P01", "пользователь \"app\" не прошёл проверку подлинности"
        ),
        (
            "connection to server at \"a\" (10.0.0.1), port 1 failed: Connection refused\n"
                + "\tIs the server running on that host and accepting TCP/IP connections?\n" + start
                + "FATAL:  3D000: database \"FATAL:  x\" does not exist\n",
            "3D000", "database \"FATAL: x\" does not exist"
        ),
        (
            start + "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n",
            nil,
            start + "Connection refused; Is the server running on that host and accepting TCP/IP connections?"
        ),
        (start + "FATAL:  password: no\n", nil, start + "FATAL: password: no"), ("", nil, ""),
    ])
    func `a refusal is told by the server's code, in whatever language`(text: String, code: String?, said: String) {
        let refusal = ConnectionRefusal(libpqMessage: text)
        #expect(refusal.sqlState == code)
        #expect(refusal.said == said)
    }

    @Test(arguments: [
        ("28P01", "password"), ("28000", "pg_hba.conf"), ("3D000", "database's name"),
        ("53300", "connections are taken"),
        ("57P03", "wait until"), ("53400", "lacks a resource"), ("XX000", "pooler"),
    ])
    func `each code has its own advice`(code: String, words: String) {
        #expect(ConnectionRefusal.advice(for: code).contains(words))
    }
}

extension PostgresTests {
    struct RefusedConnectionTests {
        /// What makes a server refuse, the code that PostgreSQL's documentation names, and what the advice is about.
        @Test(arguments: [
            ("ALTER ROLE refused CONNECTION LIMIT 0", "53300", "wait for one"),
            ("ALTER ROLE refused NOLOGIN", "28000", "check the user"),
            ("REVOKE CONNECT ON DATABASE closed FROM PUBLIC", "42501", "grant the user CONNECT"),
            ("ALTER DATABASE closed ALLOW_CONNECTIONS false", "55000", "name another"),
            ("DROP DATABASE closed", "3D000", "check the database's name"),
        ])
        func `what the server says by its code is answered with what to do`(
            statement: String,
            code: String,
            advice: String
        ) async throws {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                try await cluster.createDatabase("closed")
                let plain = try await PostgresConnection.open(cluster.address)
                try await plain.execute(script: "CREATE ROLE refused LOGIN")
                try await plain.execute(script: statement)
                let address = try PostgresAddress("\(cluster.connectionString) dbname=closed user=refused")
                let error = try await #require(throws: PostgresError.self) {
                    try await PostgresConnection.open(address)
                }
                #expect(error.code == .rejected && error.sqlState == code, "\(error)")
                #expect(error.description.contains(advice), "\(error)")
                #expect(!error.description.contains("start that server"))
                #expect(!error.description.contains("LOCATION"))
            }
        }
    }
}
