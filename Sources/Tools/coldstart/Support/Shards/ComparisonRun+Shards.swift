import Domain
import ModelComparison
import Reports
import SafeText
import Shards

/// What every shard of a comparison knows of the whole.
private struct ComparisonPlan: Codable {
    var old: ComparisonFindings.Side
    var new: ComparisonFindings.Side
    var slices: [String]
    var relevance: String?
    var catalogueSize: Int?
}

/// What a shard of a comparison took.
private struct ComparisonCost: Codable {
    var oldSeconds: Double
    var newSeconds: Double
    var oldBytes: Int?
    var newBytes: Int?
    var oldPrecision: PrecisionReport?
    var newPrecision: PrecisionReport?
}

extension ComparisonRun {
    /// Measures the sessions of a shard, and writes its file.
    ///
    /// - Parameters:
    ///   - part: The shard.
    ///   - work: What is divided, less the files behind the sides.
    ///   - progress: Shows how far it has come.
    /// - Returns: The file's path, how many sessions it has, how many there are, and the fingerprints of the new side.
    /// - Throws: What the sides throw; `ReportError` where the file cannot be written.
    func runShard(
        _ part: ShardArguments.Part,
        of work: ShardWork,
        showing progress: ProgressDisplay
    ) async throws -> (path: String, units: Int, total: Int, fingerprints: [String]) {
        let opened = try await opened()
        var work = work
        work.add(opened.old.side.fingerprints, as: "old")
        work.add(opened.new.side.fingerprints, as: "new")
        let plan = ComparisonPlan(
            old: Comparison.side(opened.old.side, 0),
            new: Comparison.side(opened.new.side, 0),
            slices: opened.slices.names,
            relevance: inputs.relevance,
            catalogueSize: inputs.catalogue?.count
        )
        let writer = try ShardWriter(part.shard, of: work, plan: ReportEncoding.line(plan), in: part.folder)
        let sides = try opened.comparison.measure(
            where: part.shard.owns,
            tell: { progress.show($0, of: opened.sessions.count) },
            take: { try writer.write(unit: $0, "\"\($1.base64)\"") }
        )
        let cost = ComparisonCost(
            oldSeconds: sides.old.seconds,
            newSeconds: sides.new.seconds,
            oldBytes: opened.bytes.old,
            newBytes: opened.bytes.new,
            oldPrecision: sides.old.precision,
            newPrecision: sides.new.precision
        )
        try writer.finish(total: sides.sessions, summary: ReportEncoding.line(cost))
        return (writer.path, writer.units, sides.sessions, Array(opened.new.side.fingerprints.values))
    }

    /// Judges what shards have measured.
    ///
    /// - Throws: `ShardError` where a file was changed.
    func document(merging shards: ShardSet) throws -> ComparisonDocument {
        let plan = try shards.plan(as: ComparisonPlan.self)
        var totals = ComparisonTotals(
            slices: plan.slices,
            relevance: plan.relevance,
            catalogueSize: plan.catalogueSize,
            settings: inputs.settings
        )
        try shards.forEachUnit { number, content in
            let text = UnsafeRawBufferPointer(rebasing: content.dropFirst().dropLast())
            guard totals.add(base64: text) else { throw shards.changed(unit: number) }
        }
        var (old, new) = (plan.old, plan.new)
        for shard in shards.shards {
            let cost = try shard.summary(as: ComparisonCost.self)
            old.seconds += cost.oldSeconds
            new.seconds += cost.newSeconds
            old.bytes = [old.bytes, cost.oldBytes].compactMap(\.self).max()
            new.bytes = [new.bytes, cost.newBytes].compactMap(\.self).max()
            old.precision = PrecisionReport.sum(old.precision, cost.oldPrecision)
            new.precision = PrecisionReport.sum(new.precision, cost.newPrecision)
        }
        return document(
            of: totals.findings(old: old, new: new),
            command: ["coldstart", shards.work.command] + shards.work.words
        )
    }
}
