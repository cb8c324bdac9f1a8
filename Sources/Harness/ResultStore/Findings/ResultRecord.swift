import ModelFiles
import Reports
package import Shards

/// What is written in one transaction: a whole result, one shard of it, or what all shards came to.
package struct ResultRecord: Hashable, Sendable {
    /// What the user calls a run.
    package struct Labels: Hashable, Sendable {
        /// The release; `nil` for what identifies the model.
        package var release: String?
        /// What tells apart two runs of the same; `nil` where the same result is one run.
        package var name: String?

        /// Creates labels.
        package init(release: String? = nil, name: String? = nil) {
            self.release = release
            self.name = name
        }
    }

    /// A shard that was done.
    package struct Shard: Hashable, Sendable {
        /// Which one, from 0.
        package var index: Int
        /// What tells its content from another.
        package var digest: String
        /// How many units of the work it has.
        package var units: Int
        /// The real time that it took.
        package var seconds: Double
    }

    /// What the whole came to.
    package struct End: Hashable, Sendable {
        /// The exit code.
        package var exitCode: Int32
        /// What tells its content from another: verdicts and figures without the times that machines took.
        package var digest: String
        /// The real time of all shards.
        package var seconds: Double
    }

    /// What tells the run from others, as 64 hexadecimal digits.
    package let identity: String
    /// The command with its words, for people.
    package let words: [String]
    /// The release.
    package let release: String
    /// What stands for the model: the SHA-256 of the fingerprints of its files; empty where there is none.
    package let model: String
    /// How many shards the work has; 1 for what was done whole.
    package let count: Int
    /// Those that are written.
    package let shards: [Shard]
    /// What was found by them, or by the whole.
    package let findings: ResultFindings
    /// What the whole came to; `nil` for one shard of it.
    package let end: End?

    /// A result of one process.
    ///
    /// Without a name it is the same run as any with the same findings; with one, other findings of the same work are a
    /// contradiction.
    package init(whole findings: ResultFindings, words: [String], labels: Labels = Labels()) {
        let end = Self.end(of: findings)
        let work = [findings.command, findings.tool] + findings.scope
        let told = labels.name.map { ["named", $0] } ?? ["found", end.digest]
        self.init(
            identity: Self.digest(
                work + findings.fingerprints.sorted() + ["release", labels.release ?? ""] + told
            ),
            words: words,
            release: labels.release,
            count: 1,
            shards: [Shard(index: 0, digest: end.digest, units: findings.units, seconds: end.seconds)],
            findings: findings,
            end: end
        )
    }

    /// What the shards of a work came to together.
    package init(merged findings: ResultFindings, of shards: ShardSet, labels: Labels = Labels()) {
        self.init(
            identity: Self.identity(of: shards.work, in: shards.shards.count),
            words: [shards.work.command] + shards.work.words,
            release: labels.release,
            count: shards.shards.count,
            shards: shards.shards.map(Shard.init),
            findings: findings,
            end: Self.end(of: findings)
        )
    }

    /// One shard.
    ///
    /// - Parameters:
    ///   - file: Its file.
    ///   - findings: What of the findings is its own: figures of whole scenarios, none of parts of sessions.
    ///   - labels: What the user calls the run; the same in every shard, as they stand among the words.
    package init(shard file: ShardFile, finding findings: ResultFindings, labels: Labels = Labels()) {
        self.init(
            identity: Self.identity(of: file.header.work, in: file.header.of),
            words: [file.header.work.command] + file.header.work.words,
            release: labels.release,
            count: file.header.of,
            shards: [Shard(file)],
            findings: findings,
            end: nil
        )
    }

    private init(
        identity: String,
        words: [String],
        release: String?,
        count: Int,
        shards: [Shard],
        findings: ResultFindings,
        end: End?
    ) {
        self.identity = identity
        self.words = words
        self.count = count
        self.shards = shards
        self.findings = findings
        self.end = end
        model = findings.fingerprints.isEmpty ? "" : Self.digest(findings.fingerprints.sorted())
        self.release = release ?? (model.isEmpty ? "coldstart \(findings.tool)" : String(model.prefix(12)))
    }

    private static func identity(of work: ShardWork, in count: Int) -> String {
        digest([ReportEncoding.line(work), "in \(count) shards"])
    }

    private static func end(of findings: ResultFindings) -> End {
        struct Content: Encodable {
            var exitCode: Int32?
            var verdicts: [ResultFindings.Verdict]
            var metrics: [ResultFindings.Metric]
        }
        let content = Content(
            exitCode: findings.exitCode,
            verdicts: findings.verdicts,
            metrics: findings.metrics.filter { !$0.isCost }
        )
        return End(
            exitCode: findings.exitCode ?? 0,
            digest: Fingerprint.sha256(ReportEncoding.line(content).utf8),
            seconds: findings.seconds ?? 0
        )
    }

    private static func digest(_ texts: [String]) -> String {
        Fingerprint.sha256(ReportEncoding.line(texts).utf8)
    }
}

extension ResultRecord.Shard {
    fileprivate init(_ file: ShardFile) {
        self.init(index: file.index, digest: file.end.digest, units: file.end.units, seconds: file.end.seconds)
    }
}
