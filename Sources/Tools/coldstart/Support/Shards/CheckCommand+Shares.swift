import ModelChecks
import Reports
import Shards

/// What every share of some checks knows of the whole.
private struct CheckPlan: Codable {
    var subject: CheckDocument.Subject
    /// The check of each part.
    var parts: [String]
}

/// The real time of a share's checks, in seconds.
private struct CheckTimes: Codable {
    var checks: [String: Double] = [:]
}

extension CheckCommand: MergeableCommand {
    /// Makes the checks of a share, and writes its file.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func share(_ part: ShardArguments.Part, of pack: CheckPack, _ subject: CheckDocument.Subject) async throws {
        let parts = pack.parts
        let own = parts.enumerated().filter { part.shard.owns($0.element.name) }
            .map { (number: $0.offset, part: $0.element) }
        var work = try ShardWork(
            "check",
            reading: ["sessions": sessions, "catalogue": catalogue],
            settings: ["engine": subject.settings]
        )
        work.add(subject.fingerprints, as: "bundle")
        let plan = ReportEncoding.line(CheckPlan(subject: subject, parts: parts.map(\.check)))
        let progress = ProgressDisplay(total: own.count, unit: "checks")
        defer { progress.end() }
        let path = try await withInterruption { [work] in
            let writer = try ShardWriter(part.shard, of: work, plan: plan, in: part.folder)
            var times = CheckTimes()
            var done = 0
            try await pack.make(own) { number, share in
                var share = share
                times.checks[share.check.id, default: 0] += share.check.seconds
                share.check.seconds = 0
                try writer.write(unit: number, ReportEncoding.line(share))
                done += 1
                progress.show(done, name: share.check.id)
            }
            try writer.finish(total: parts.count, summary: ReportEncoding.line(times))
            return writer.path
        }
        progress.end()
        StandardError.sayShard(path, own.count, of: parts.count, "part of the checks")
    }

    func merge(_ shards: ShardSet) async throws {
        guard let plan = try? ReportEncoding.decode(CheckPlan.self, from: shards.plan), plan.parts.count == shards.total
        else { throw ShardError(.changed, "\(shards.shards[0].path): the plan is none of checks; run the shard again") }
        var seconds: [String: Double] = [:]
        for shard in shards.shards { seconds.merge(try shard.summary(as: CheckTimes.self).checks, uniquingKeysWith: +) }
        var checks: [CheckDocument.Check] = []
        var open: [CheckShare] = []
        func close() {
            guard !open.isEmpty else { return }
            var check = CheckDocument.Check(open, shrunk: limits.shrunk)
            check.seconds = seconds[check.id] ?? 0
            checks.append(check)
            open = []
        }
        try shards.forEachUnit { number, content in
            let text = String(decoding: content, as: UTF8.self)
            guard let share = try? ReportEncoding.decode(CheckShare.self, from: text),
                share.check.id == plan.parts[number]
            else { throw ShardError(.changed, "part \(number) of the checks is not what was written") }
            if let last = open.last, last.check.id != share.check.id { close() }
            open.append(share)
        }
        close()
        try conclude(
            CheckDocument(checks, of: plan.subject, limits: limits, toolVersion: Version.text),
            on: Console(forbidsColour: noColor)
        )
    }
}
