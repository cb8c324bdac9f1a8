import ColdstartTestSupport
import Foundation
import PostgresStore
import Synchronization
import Testing

/// The tests that need a PostgreSQL server; they share one, started and stopped around them.
@Suite(.needsPostgres, .sharedCluster)
enum PostgresTests {}

extension Trait where Self == ConditionTrait {
    /// Skips where the server's programs are missing and the environment allows that; otherwise their lack is a failure.
    static var needsPostgres: Self {
        .disabled("PostgreSQL is not installed and COLDSTART_ALLOW_MISSING_POSTGRES is set") {
            guard ProcessInfo.processInfo.environment["COLDSTART_ALLOW_MISSING_POSTGRES"] != nil else { return false }
            return (try? await PostgresPrograms.find()) == nil
        }
    }
}

/// Starts a cluster before a suite's tests and stops it after the last.
struct SharedCluster: SuiteTrait, TestScoping {
    @TaskLocal static var current: ThrowAwayCluster?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await ThrowAwayCluster.with { cluster in
            try await Self.$current.withValue(cluster) { try await function() }
        }
    }
}

extension Trait where Self == SharedCluster {
    static var sharedCluster: Self { SharedCluster() }
}

/// The text of `scenarios/schema.sql`.
let schema: String = {
    let file = Fixtures.packageDirectory + "/scenarios/schema.sql"
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        preconditionFailure("\(file) cannot be read")
    }
    return text
}()

private let databases = Atomic<Int>(0)

/// Creates the service's tables for one test.
func freshDatabase() async throws -> PostgresAddress {
    let cluster = try #require(SharedCluster.current)
    return try await cluster.createSchema("test_\(databases.add(1, ordering: .relaxed).newValue)", tables: schema)
}
