import Goldens
import ModelComparison
import Scenarios
import Shards

extension FuzzedReader {
    /// Rankings of other programs and of earlier runs, and what is asked of them.
    static let comparisonFiles = [
        FuzzedReader("golden") { bytes in _ = try GoldenDocument(parsing: bytes, file: "golden.jsonl") },
        FuzzedReader("pending") { bytes in _ = try PendingFile(parsing: bytes, file: "pending.jsonl") },
        FuzzedReader("gate") { bytes in _ = try GateFile(parsing: bytes, path: "gate.yaml") },
        FuzzedReader("trec-run") { bytes in
            _ = try RunFile(parsing: String(decoding: bytes, as: UTF8.self), file: "run.txt")
        },
        FuzzedReader("rankings", file: "rankings.jsonl") { path in
            _ = try RankingLines.side(reading: try InputFile(path), path)
        },
        FuzzedReader("shard", file: "shard-0-of-1.jsonl") { path in
            var totals = ComparisonTotals(slices: ["all"], relevance: nil, catalogueSize: 4, settings: .init())
            try ShardSet([path])
                .forEachUnit { _, content in
                    _ = totals.add(base64: UnsafeRawBufferPointer(rebasing: content.dropFirst().dropLast()))
                }
        },
    ]
}
