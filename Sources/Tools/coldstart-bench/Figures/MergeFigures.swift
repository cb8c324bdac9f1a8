import Foundation
import ModelFiles
import Reports
import Shards

/// `coldstart merge` of 1,000 shards of a million sessions, of `rank` and of `compare`, as a user starts it.
struct MergeFigures {
    /// The files.
    let bench: Bench
    /// The program `coldstart`.
    let program: String
    /// The folder in which the shards are made.
    let folder: String
    /// How often each runs.
    let rounds: Int

    private static let shards = 1_000
    private static let sessions = 1_000_000

    /// Measures.
    ///
    /// - Throws: ``BenchError`` where a run does not pass; `ShardError` or `ReportError` where shards cannot be made.
    func measure() throws -> [Figure] {
        let files = ["--sessions", bench.sessions, "--catalogue", bench.catalogue, "--models", "svd"]
        let bundle = bench.bundle.directory
        return [
            try figure("compare", ["compare", bundle, bundle] + files + ["--hold-out", "last:3", "--format", "json"]),
            try figure("rank", ["rank", "--bundle", bundle] + files + ["--format", "jsonl"]),
        ]
    }

    private func figure(_ name: String, _ words: [String]) throws -> Figure {
        let size = try makeShares(name, words)
        var series = Series()
        // The first run brings the files into the page cache, as far as they have room there, and does not count.
        for round in 0...rounds {
            let timing = try ProgramRun.time([program, "merge", "\(folder)/\(name)"])
            if round > 0 { series.add(timing) }
        }
        return Figure(
            "merge \(Self.shards) shards of \(Self.sessions) sessions, \(name)",
            coldstart: series,
            aim: .merge,
            note: "\(Quantity.digits(Double(size) / 1e9)) GB of shards; output to nowhere"
        )
    }

    /// Makes the shards, unless they are there, of what one shard of the demo's sessions has: its units again and again.
    ///
    /// - Returns: The size of all files, in bytes.
    private func makeShares(_ name: String, _ words: [String]) throws -> Int {
        let base = "\(folder)/\(name)-base"
        _ = try ProgramRun.time([program] + words + ["--shard", "0/1", "--output", base])
        let whole = try ShardSet(["\(base)/shard-0-of-1.jsonl"])
        var contents: [String] = []
        try whole.forEachUnit { _, content in contents.append(String(decoding: content, as: UTF8.self)) }
        var owned = Array(repeating: [Int](), count: Self.shards)
        for session in 0..<Self.sessions {
            owned[Int(XXHash64.hash("session-\(session)") % UInt64(Self.shards))].append(session)
        }
        var size = 0
        for index in 0..<Self.shards {
            let shard = try Shard(index, of: Self.shards)
            let writer = try ShardWriter(shard, of: whole.work, plan: whole.plan, in: "\(folder)/\(name)")
            for session in owned[index] { try writer.write(unit: session, contents[session % contents.count]) }
            try writer.finish(total: Self.sessions, summary: whole.shards[0].summary)
            size += try FileManager.default.attributesOfItem(atPath: writer.path)[.size] as? Int ?? 0
        }
        return size
    }
}
