import Domain
import ModelChecks
import RecommendationEngine
import Reports
import ResultStore
import Shards

/// What every shard of some checks knows of the whole.
private struct CheckPlan: Codable {
    var subject: CheckDocument.Subject
    /// The checks in their order, each with how many parts it has.
    var checks: [Parts]

    struct Parts: Codable {
        var check: String
        var count: Int
    }

    init(_ subject: CheckDocument.Subject, _ parts: [CheckPack.Part]) {
        self.subject = subject
        checks = []
        for part in parts {
            if checks.last?.check == part.check {
                checks[checks.count - 1].count += 1
            } else {
                checks.append(Parts(check: part.check, count: 1))
            }
        }
    }
}

/// The real time of a shard's checks, in seconds.
private struct CheckTimes: Codable {
    var checks: [String: Double] = [:]
    /// What verified precision did; `nil` where all was done in float32.
    var precision: PrecisionReport?
}

extension CheckCommand: MergeableCommand {
    /// Makes the checks of a shard, and writes its file.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func runShard(_ part: ShardArguments.Part, of pack: CheckPack, _ inputs: Inputs) async throws {
        let subject = inputs.described
        let parts = pack.parts
        let own = parts.enumerated().filter { part.shard.owns($0.element.name) }
            .map { (number: $0.offset, part: $0.element) }
        var work = try ShardWork(
            "check",
            reading: ["sessions": sessions, "catalogue": catalogue],
            settings: ["engine": subject.settings]
        )
        work.add(subject.fingerprints, as: "bundle")
        let plan = ReportEncoding.line(CheckPlan(subject, parts))
        let progress = ProgressDisplay(total: own.count, unit: "checks")
        defer { progress.end() }
        let path = try await withInterruption { [work] in
            let writer = try ShardWriter(part.shard, of: work, plan: plan, in: part.folder)
            var times = CheckTimes()
            var done = 0
            try await pack.make(own) { number, made in
                var made = made
                times.checks[made.check.id, default: 0] += made.check.seconds
                made.check.seconds = 0
                try writer.write(unit: number, ReportEncoding.line(made))
                done += 1
                progress.show(done, name: made.check.id)
            }
            try inputs.subject.models.requirePrecision(under: inputs.subject.settings)
            times.precision = inputs.precision
            try writer.finish(total: parts.count, summary: ReportEncoding.line(times))
            return writer.path
        }
        progress.end()
        StandardError.sayShard(path, own.count, of: parts.count, "part of the checks")
        try await kept.keeper()?
            .keep(shard: path, named: subject.bundle, of: Array(subject.fingerprints.values))
    }

    func merge(_ shards: ShardSet) async throws {
        let plan = try shards.plan(as: CheckPlan.self)
        guard plan.checks.allSatisfy({ $0.count > 0 }), plan.checks.reduce(0, { $0 &+ $1.count }) == shards.total else {
            throw shards.changedPlan
        }
        var seconds: [String: Double] = [:]
        var precision: PrecisionReport?
        for shard in shards.shards {
            let times = try shard.summary(as: CheckTimes.self)
            seconds.merge(times.checks, uniquingKeysWith: +)
            precision = PrecisionReport.sum(precision, times.precision)
        }
        var checks: [CheckDocument.Check] = []
        var open: [CheckPartOutcome] = []
        try shards.forEachUnit(as: CheckPartOutcome.self) { number, made in
            let planned = plan.checks[checks.count]
            guard made.check.id == planned.check else { throw shards.changed(unit: number) }
            open.append(made)
            guard open.count == planned.count else { return }
            var check = CheckDocument.Check(open, shrunk: limits.shrunk)
            check.seconds = seconds[check.id] ?? 0
            checks.append(check)
            open = []
        }
        let document = CheckDocument(
            checks,
            of: plan.subject,
            limits: limits,
            precision: precision,
            toolVersion: Version.text
        )
        try await conclude(document, on: Console(forbidsColour: noColor)) {
            try await kept.keeper()?.keep(ResultFindings(document), mergedOf: shards)
        }
    }
}
