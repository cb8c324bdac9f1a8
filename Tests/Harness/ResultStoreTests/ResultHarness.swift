import ColdstartTestSupport
import DatabaseHarness
import Foundation
import PostgresClient
import PostgresTestSupport
import Shards
import Synchronization
import Testing

@testable import ResultStore

private let schemas = Atomic<Int>(0)

/// Findings of one scenario: a verdict, the time of its start, and what it cost.
func resultFindings(_ value: Double = 10.2, exitCode: Int32? = 0) -> ResultFindings {
    ResultFindings(
        command: "run",
        tool: "9.9.9",
        fingerprints: ["a"],
        subject: "first",
        scope: ["first.yaml"],
        units: 1,
        verdicts: [.init(subject: "first", check: "startup.outcome", outcome: "passed", message: "ready")],
        metrics: [
            .init(subject: "first", name: "start", value: value, low: value - 1, high: value + 1, samples: 3),
            .init(subject: "first", name: "seconds", value: 0.5, isCost: true),
        ],
        exitCode: exitCode,
        seconds: exitCode.map { _ in 1.5 }
    )
}

/// A schema of one test's own in a database, with what writes and reads it.
struct ResultHarness {
    let address: PostgresAddress
    let schema: ResultSchema

    /// Names a schema that is not there yet.
    init(_ address: PostgresAddress? = nil, migrations: [Migration] = Migration.all) throws {
        self.address = try address ?? #require(SharedCluster.current).address
        schema = try ResultSchema("results_\(schemas.add(1, ordering: .relaxed).newValue)", migrations: migrations)
    }

    /// The same with another address or another history.
    init(_ other: ResultHarness, at address: PostgresAddress? = nil, migrations: [Migration]? = nil) throws {
        self.address = address ?? other.address
        schema = try ResultSchema(other.schema.name, migrations: migrations ?? other.schema.migrations)
    }

    var writer: ResultWriter<ContinuousClock> {
        ResultWriter(to: address, schema, schedule: RetrySchedule(limit: .seconds(300), first: .milliseconds(1)))
    }

    var reader: ResultReader { ResultReader(of: address, schema) }

    /// Runs a script as the owner; `{schema}` stands for the schema.
    func execute(_ script: String) async throws {
        try await PostgresConnection.open(address)
            .execute(script: script.replacing("{schema}", with: schema.name))
    }

    /// How many rows a table has.
    func count(_ table: String) async throws -> Int {
        try await PostgresConnection.open(address).query("SELECT count(*) FROM \(schema.table(table))").single()
    }
}

/// Shards of a made-up work, in a folder.
struct ShardsOnDisk {
    private let folder: TemporaryFolder
    let paths: [String]

    /// Writes shards of one unit each.
    init(_ count: Int, words: [String] = ["scenarios"], content: String = "\"a\"") throws {
        folder = try TemporaryFolder()
        var paths: [String] = []
        for index in 0..<count {
            let work = ShardWork(command: "run", words: words, tool: "9.9.9")
            let writer = try ShardWriter(try Shard(index, of: count), of: work, in: folder.path)
            try writer.write(unit: index, content)
            try writer.finish(total: count)
            paths.append(writer.path)
        }
        self.paths = paths
    }

    /// What is written of a shard.
    func record(_ index: Int, _ findings: ResultFindings = resultFindings(exitCode: nil)) throws -> ResultRecord {
        ResultRecord(shard: try ShardFile(paths[index]), finding: findings)
    }

    /// What is written of all of them together.
    func merged(_ findings: ResultFindings = resultFindings()) throws -> ResultRecord {
        ResultRecord(merged: findings, of: try ShardSet(paths))
    }
}
