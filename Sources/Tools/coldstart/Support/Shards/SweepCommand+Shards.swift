import Foundation
import Reports
import Scenarios
import Shards
import StartupAnalysis

extension SweepCommand: MergeableCommand {
    /// How many tallies are handed over at a time.
    private static let talliesAtOnce = 4_096

    /// Simulates the combinations of a shard, and writes its file.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func runShard(_ part: ShardArguments.Part, of sweep: StartSweep, named name: String) async throws {
        var own = sweep
        own.division = SweepDivision(of: sweep.grid, for: part.shard)
        let progress = ProgressDisplay(total: sweep.count, unit: "starts")
        defer { progress.end() }
        let work = try work(sweep)
        let (path, units) = try await withInterruption { [own, workers] in
            let writer = try ShardWriter(part.shard, of: work, in: part.folder)
            try await own.run(jobs: workers) { tallies, done in
                for tally in tallies { try writer.write(unit: tally.combination, ReportEncoding.line(tally)) }
                progress.show(done)
            }
            try writer.finish(total: own.grid.count)
            return (writer.path, writer.units)
        }
        progress.end()
        StandardError.sayShard(path, units, of: sweep.grid.count, "combination")
        try await kept.keeper()?.keep(shard: path, named: name)
    }

    func merge(_ shards: ShardSet) async throws {
        let (sweep, name) = try sweep()
        if let difference = shards.work.difference(from: try work(sweep, words: shards.work.words)) {
            throw CommandEnd.usage("the shards are of other files than those that are here: \(difference)")
        }
        try await report(on: sweep, named: name, seconds: shards.seconds, mergedOf: shards) { take in
            var tallies: [CellTally] = []
            try shards.forEachUnit(as: CellTally.self) { combination, tally in
                guard tally.combination == combination else { throw shards.changed(unit: combination) }
                tallies.append(tally)
                guard tallies.count == Self.talliesAtOnce else { return }
                try take(tallies, (combination + 1) * sweep.starts)
                tallies.removeAll(keepingCapacity: true)
            }
            try take(tallies, sweep.count)
        }
    }

    private func work(_ sweep: StartSweep, words: [String]? = nil) throws -> ShardWork {
        var work = try ShardWork(
            "sweep",
            reading: ["scenario": scenario],
            settings: ["grid": sweep.grid.fingerprint, "starts": "\(sweep.starts)", "seed": "\(sweep.seed)"]
        )
        if let words { work.words = words }
        return work
    }
}
