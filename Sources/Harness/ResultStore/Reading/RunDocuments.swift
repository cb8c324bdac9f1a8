import Domain
import Reports

/// Runs as a JSON document.
///
/// Keys: `kind` (`coldstart-results-list`), `schemaVersion` (1) and `runs`: each with `run`, `writtenAt`, `command`,
/// `release`, `model`, `subject`, `tool`, `words`, `exitCode` and `seconds` (`null` while it is open), `shards` and `written`.
package struct RunListDocument: Encodable, Sendable {
    private let kind = "coldstart-results-list"
    private let schemaVersion = 1
    private let runs: [RunEntry]

    /// Creates the document of runs.
    package init(_ runs: [StoredRun]) {
        self.runs = runs.map(RunEntry.init)
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}

/// A run with all that is kept of it as a JSON document.
///
/// Keys: `kind` (`coldstart-results-run`), `schemaVersion` (1), `run` (as in a list), `missing` (the shards that are not
/// written), `shards` (`shard`, `digest`, `units`, `seconds`), `verdicts` (`subject`, `check`, `outcome`, `message`) and
/// `metrics` (`subject`, `part`, `name`, `value`, and `low`, `high`, `samples`, absent where there are none).
package struct RunDetailsDocument: Encodable, Sendable {
    private struct Shard: Encodable {
        let shard: Int
        let digest: String
        let units: Int
        let seconds: Double
    }

    private struct Metric: Encodable {
        let subject: String
        let part: String
        let name: String
        let value: Double
        let low: Double?
        let high: Double?
        let samples: Int?
    }

    private let kind = "coldstart-results-run"
    private let schemaVersion = 1
    private let run: RunEntry
    private let missing: [Int]
    private let shards: [Shard]
    private let verdicts: [ResultFindings.Verdict]
    private let metrics: [Metric]

    /// Creates the document of a run.
    package init(_ details: StoredRunDetails) {
        run = RunEntry(details.run)
        missing = details.missing
        shards = details.shards.map { Shard(shard: $0.index, digest: $0.digest, units: $0.units, seconds: $0.seconds) }
        verdicts = details.verdicts
        metrics = details.metrics.map {
            Metric(
                subject: $0.subject,
                part: $0.part,
                name: $0.name,
                value: $0.value,
                low: $0.low,
                high: $0.high,
                samples: $0.samples
            )
        }
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}

/// A run in a document.
private struct RunEntry: Encodable, Sendable {
    let run: Int
    let writtenAt: String
    let command: String
    let release: String
    let model: String
    let subject: String
    let tool: String
    let words: String
    @OrNull var exitCode: Int?
    @OrNull var seconds: Double?
    let shards: Int
    let written: Int

    init(_ stored: StoredRun) {
        run = stored.id
        writtenAt = stored.writtenAt.iso8601
        command = stored.command
        release = stored.release
        model = stored.model
        subject = stored.subject
        tool = stored.tool
        words = stored.words
        exitCode = stored.exitCode
        seconds = stored.seconds
        shards = stored.shards
        written = stored.written
    }
}
