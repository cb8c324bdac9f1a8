import ColdstartTestSupport
package import DatabaseHarness
import Foundation
package import PostgresClient
import Synchronization
package import Testing

extension Trait where Self == ConditionTrait {
    /// Skips where the server's programs are missing and the environment allows that; otherwise their lack is a failure.
    package static var needsPostgres: Self {
        .disabled("PostgreSQL is not installed and COLDSTART_ALLOW_MISSING_POSTGRES is set") {
            guard ProcessInfo.processInfo.environment["COLDSTART_ALLOW_MISSING_POSTGRES"] != nil else { return false }
            return (try? await PostgresPrograms.find()) == nil
        }
    }
}

/// Starts a cluster before a suite's tests and stops it after the last.
package struct SharedCluster: SuiteTrait, TestScoping {
    /// The cluster of the suite whose test runs.
    @TaskLocal package static var current: ThrowAwayCluster?

    /// Runs a suite or a test with the cluster.
    package func provideScope(
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
    /// Lends the suite a cluster, started before its tests and stopped after the last.
    package static var sharedCluster: Self { SharedCluster() }
}

/// The text of `scenarios/schema.sql`.
package let schema: String = {
    let file = Fixtures.packageDirectory + "/scenarios/schema.sql"
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        preconditionFailure("\(file) cannot be read")
    }
    return text
}()

private let databases = Atomic<Int>(0)

/// Creates the service's tables for one test.
package func freshDatabase() async throws -> PostgresAddress {
    let cluster = try #require(SharedCluster.current)
    return try await cluster.createSchema("test_\(databases.add(1, ordering: .relaxed).newValue)", tables: schema)
}
