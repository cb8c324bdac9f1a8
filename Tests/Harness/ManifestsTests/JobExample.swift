import ColdstartTestSupport
import Foundation
import Manifests
import SchemaTestSupport
import Yams

/// A job that tests vary, and the files that manifests are held against.
enum JobExample {
    /// Creates a job of 64 shards of `rank`.
    static func job(
        name: String = "coldstart-rank",
        shards: Int = 64,
        command: [String] = [
            "rank", "--bundle", "/data/bundle", "--sessions", "/data/it's $(HOME).jsonl",
            "--catalogue", "/data/movies.jsonl",
        ],
        results: String = "/data/results",
        retries: Int = 3,
        resources: ShardResources? = nil,
        secrets: [SecretReference] = []
    ) throws -> ShardedJob {
        try ShardedJob(
            name: name,
            shards: shards,
            command: command,
            results: results,
            retries: retries,
            resources: try resources ?? ShardResources(mebibytes: 1_000, cores: 3, minutes: 90),
            secrets: secrets
        )
    }

    /// Reads a text that a person has reviewed, or a schema.
    static func expected(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Fixtures.packageDirectory)/Tests/Fixtures/manifests/\(name)", encoding: .utf8)
    }

    /// Returns what a schema says about the documents of a YAML text.
    static func faults(of text: String, _ schema: String) throws -> [String] {
        let schema = try JSONSchema(expected("\(schema).schema.json"))
        return try Yams.load_all(yaml: text)
            .flatMap { document in
                let json = try JSONSerialization.data(withJSONObject: document)
                return try schema.faults(of: String(decoding: json, as: UTF8.self))
            }
    }
}
