import Foundation
import ModelFiles
import Reports
import Shards

/// What a shard costs by its sessions, and `coldstart merge` by shards and sessions, as a user starts both.
struct MergeFigures {
    /// The files.
    let bench: Bench
    /// The program `coldstart`.
    let program: String
    /// The folder in which sessions and shards are made.
    let folder: String
    /// How often each runs.
    let rounds: Int

    /// The work that is merged, the first as its aim says.
    private static let sizes = [
        (shards: 1_000, sessions: 1_000_000), (100, 1_000_000), (10, 1_000_000), (1_000, 100_000),
    ]
    /// How many sessions are divided, and into how many shards.
    private static let divided = (sessions: 100_000, shards: [1, 10, 100, 1_000])

    /// Measures.
    ///
    /// - Throws: ``BenchError`` where a run does not pass; `ShardError` or `ReportError` where shards cannot be made.
    func measure() throws -> [Figure] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bundle = bench.bundle.directory
        let rank = ["rank", "--bundle", bundle, "--format", "jsonl"]
        let compare = ["compare", bundle, bundle, "--hold-out", "last:3", "--format", "json"]
        let sessions = try makeSessions()
        var figures = try Self.divided.shards.map { try shard(of: $0, "rank", rank, sessions) }
        for (name, words) in [("compare", compare), ("rank", rank)] {
            let whole = try unmergedWhole(name, words)
            for (shards, sessions) in Self.sizes { figures.append(try merge(name, whole, shards, sessions)) }
        }
        return figures
    }

    /// What commands read, and that SVD ranks alone.
    private func files(_ sessions: String) -> [String] {
        ["--sessions", sessions, "--catalogue", bench.catalogue, "--models", "svd"]
    }

    /// Writes a file of sessions: the demo's, again and again, under other ids.
    private func makeSessions() throws -> String {
        let lines = try String(contentsOfFile: bench.sessions, encoding: .utf8).split(separator: "\n")
        let id = /"session_id": "[^"]*"/
        var text = ""
        for number in 0..<Self.divided.sessions {
            let digits = String(number, radix: 16)
            let padded = String(repeating: "0", count: 12 - digits.count) + digits
            let line = String(lines[number % lines.count])
            text += line.replacing(id, with: "\"session_id\": \"00000000-0000-4000-8000-\(padded)\"") + "\n"
        }
        let path = "\(folder)/sessions.jsonl"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Measures the first shard of so many.
    private func shard(of count: Int, _ name: String, _ words: [String], _ sessions: String) throws -> Figure {
        let output = ["--shard", "0/\(count)", "--output", "\(folder)/shard-of-\(count)"]
        var series = Series()
        for _ in 0..<rounds { series.add(try ProgramRun.time([program] + words + files(sessions) + output)) }
        return Figure(
            "shard of \(Self.divided.sessions / count) of \(Self.divided.sessions) sessions, \(name)",
            coldstart: series
        )
    }

    private func merge(_ name: String, _ whole: ShardSet, _ shards: Int, _ sessions: Int) throws -> Figure {
        let shares = "\(folder)/\(name)"
        let size = try makeShards(of: whole, shards, sessions, in: shares)
        defer { try? FileManager.default.removeItem(atPath: shares) }
        var series = Series()
        var peak = 0
        // The first run brings the files into the page cache, as far as they have room there, and does not count.
        for round in 0...rounds {
            let run = try ProgramRun.watch([program, "merge", shares])
            if round > 0 { series.add(run.timing) }
            peak = max(peak, run.peakMemory)
        }
        return Figure(
            "merge \(shards) shards of \(sessions) sessions, \(name)",
            coldstart: series,
            aim: (shards, sessions) == Self.sizes[0] ? .merge : nil,
            note: "\(Quantity.digits(Double(size) / 1e9)) GB of shards, output to nowhere; "
                + "\(Quantity.digits(series.cpu)) s of processor time, peak memory \(Quantity.digits(Double(peak) / 1e6)) MB"
        )
    }

    /// The demo's sessions in one shard.
    private func unmergedWhole(_ name: String, _ words: [String]) throws -> ShardSet {
        let base = "\(folder)/\(name)-base"
        _ = try ProgramRun.time([program] + words + files(bench.sessions) + ["--shard", "0/1", "--output", base])
        return try ShardSet(["\(base)/shard-0-of-1.jsonl"])
    }

    /// Makes shards of what one shard of the demo's sessions has: its units again and again.
    ///
    /// - Returns: The size of all files, in bytes.
    private func makeShards(of whole: ShardSet, _ shards: Int, _ sessions: Int, in folder: String) throws -> Int {
        var contents: [String] = []
        try whole.forEachUnit { _, content in contents.append(String(decoding: content, as: UTF8.self)) }
        var owned = Array(repeating: [Int](), count: shards)
        for session in 0..<sessions {
            owned[Int(XXHash64.hash("session-\(session)") % UInt64(shards))].append(session)
        }
        var size = 0
        for index in 0..<shards {
            let shard = try Shard(index, of: shards)
            let writer = try ShardWriter(shard, of: whole.work, plan: whole.plan, in: folder)
            for session in owned[index] { try writer.write(unit: session, contents[session % contents.count]) }
            try writer.finish(total: sessions, summary: whole.shards[0].summary)
            size += try FileManager.default.attributesOfItem(atPath: writer.path)[.size] as? Int ?? 0
        }
        return size
    }
}
