import DatabaseHarness
import Foundation
import PostgresTestSupport
import SafeText
import Testing

@testable import PostgresClient

extension PostgresTests {
    /// What libpq finds out for an address, handed on.
    struct AddressResolutionTests {
        @Test func `a resolved address names the host of several that answered`() async throws {
            let own = try #require(SharedCluster.current).address.settings
            let socket = try #require(own["host"])
            let address = try PostgresAddress(
                "host=/nowhere/at-all,\(socket) port=1,5432 user=postgres dbname=postgres target_session_attrs=read-write"
            )
            let resolved = try await address.resolved()
            #expect(resolved.settings == own)
            #expect(resolved.endpoint == .socket("\(socket)/.s.PGSQL.5432"))
            _ = try await PostgresConnection.open(resolved)
        }

        @Test func `a password from a file and settings that are no defaults are kept, the harness's own are not`()
            async throws
        {
            let cluster = try #require(SharedCluster.current)
            let sandbox = try Sandbox()
            let file = "\(sandbox.path)/pgpass"
            try "*:*:postgres:postgres:from\\:a file\n".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(chmod(file, 0o600) == 0)
            let address = try PostgresAddress(
                "\(cluster.connectionString) passfile=\(file) application_name=mine options='-c jit=off' sslmode=allow"
            )
            let resolved = try await address.resolved()
            let own = cluster.address.settings
            let added = [
                "password": "from:a file", "application_name": "mine", "options": "-c jit=off", "sslmode": "allow",
            ]
            #expect(resolved.settings == own.merging(added) { $1 })
            #expect(!resolved.description.contains("a file"))
            #expect(resolved.redaction.removed(from: "from:a file") == "***")
        }

        @Test(arguments: ["sslmode=require", "sslmode=verify-full", "gssencmode=require", "channel_binding=require"])
        func `an address that insists on encryption has no faults on the way`(setting: String) throws {
            let address = try PostgresAddress("host=127.0.0.1 \(setting)")
            let error = try #require(throws: PostgresError.self) { try address.requireNoInsistenceOnEncryption() }
            #expect(error.code == .badAddress)
            #expect(error.message.contains(setting))
        }

        @Test func `a complete address is moved to a port and to nowhere else`() throws {
            let address = PostgresAddress(
                settings: ["host": "db", "hostaddr": "192.0.2.1", "port": "6", "user": "u", "sslmode": "prefer"],
                isComplete: true
            )
            #expect(address.endpoint == .tcp(host: "192.0.2.1", port: 6))
            let moved = address.reached(atPort: 77)
            #expect(moved.endpoint == .tcp(host: "127.0.0.1", port: 77))
            #expect(moved.isComplete)
            #expect(moved.settings["sslmode"] == "disable" && moved.settings["hostaddr"] == nil)
        }
    }
}
