package import Domain

/// A run as the store has it.
package struct StoredRun: Hashable, Sendable {
    /// Its number.
    package let id: Int
    /// When it was first written to.
    package let writtenAt: Timestamp
    /// The command.
    package let command: String
    /// The release.
    package let release: String
    /// What stands for the model; empty where there is none.
    package let model: String
    /// What it was about.
    package let subject: String
    /// The version of Coldstart.
    package let tool: String
    /// The command with its words.
    package let words: String
    /// The exit code of the whole; `nil` where shards are missing or were not merged.
    package let exitCode: Int?
    /// The real time of all shards together; `nil` likewise.
    package let seconds: Double?
    /// How many shards the work has.
    package let shards: Int
    /// How many of them are written.
    package let written: Int
}

/// A run with all that is kept of it.
package struct StoredRunDetails: Hashable, Sendable {
    /// The run.
    package let run: StoredRun
    /// The shards that are written, in order.
    package let shards: [ResultRecord.Shard]
    /// What its checks said.
    package let verdicts: [ResultFindings.Verdict]
    /// Its figures.
    package let metrics: [ResultFindings.Metric]

    /// The shards that are not written.
    ///
    /// - Complexity: O(shards).
    package var missing: [Int] {
        let there = Set(shards.map(\.index))
        return (0..<run.shards).filter { !there.contains($0) }
    }
}

/// Which runs are asked for; `nil` for any.
package struct RunFilter: Hashable, Sendable {
    /// The command.
    package var command: String?
    /// The release.
    package var release: String?
    /// How the model's fingerprint begins.
    package var model: String?
    /// A scenario, or what else a verdict or a figure is about.
    package var subject: String?

    /// Creates a filter.
    package init(command: String? = nil, release: String? = nil, model: String? = nil, subject: String? = nil) {
        self.command = command
        self.release = release
        self.model = model
        self.subject = subject
    }
}
