import ColdstartTestSupport
import Foundation
import Reports
import Shards
import Testing

/// Writes shards of made-up work, and reads them back.
struct ShardHarness {
    private let folder: TemporaryFolder
    var work = ShardWork(command: "rank", words: ["--bundle", "models"], tool: "0.1.0", files: ["sessions": "1"])

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.path }

    /// Writes the shard of units whose content is their number, those whose name it owns, and returns its file.
    @discardableResult
    func write(
        _ shard: Shard,
        units: Int,
        plan: String = "{}",
        in name: String = "shares",
        content: (Int) -> String = { "\($0)" }
    ) throws -> String {
        let writer = try ShardWriter(shard, of: work, plan: plan, in: path + "/" + name)
        for unit in 0..<units where shard.owns("unit \(unit)") { try writer.write(unit: unit, content(unit)) }
        try writer.finish(total: units)
        return writer.path
    }

    /// Writes all shards, and returns their files.
    func writeAll(_ count: Int, units: Int, content: (Int) -> String = { "\($0)" }) throws -> [String] {
        try (0..<count).map { try write(try Shard($0, of: count), units: units, content: content) }
    }

    /// The text of a file.
    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Changes a file.
    func change(_ path: String, _ change: (String) -> String) throws {
        try change(try text(path)).write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// What merging says of the units of files.
    func merged(_ paths: [String]) throws -> [String] {
        var found: [String] = []
        try ShardSet(paths)
            .forEachUnit { unit, content in
                #expect(unit == found.count)
                found.append(String(decoding: content, as: UTF8.self))
            }
        return found
    }
}

struct ShardFileTests {
    @Test func `a file is JSON Lines that say which shard of what, and that it is whole`() throws {
        let harness = try ShardHarness()
        let writer = try ShardWriter(try Shard(1, of: 3), of: harness.work, plan: #"{"a":1}"#, in: harness.path)
        try writer.write(unit: 0, #"{"x":"y"}"# + "\n")
        try writer.write(unit: 7, "[1]")
        try writer.finish(total: 9, summary: #"{"b":2}"#)
        #expect(writer.path == harness.path + "/shard-1-of-3.jsonl")
        let lines = try harness.text(writer.path).split(separator: "\n")
        #expect(lines.count == 6)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(lines[1] == #"{"plan":{"a":1}}"#)
        #expect(lines[2] == #"{"unit":0,"content":{"x":"y"}}"#)
        #expect(lines[3] == #"{"unit":7,"content":[1]}"#)
        #expect(lines[4] == #"{"summary":{"b":2}}"#)
        let file = try ShardFile(writer.path)
        #expect(file.header == ShardHeader(try Shard(1, of: 3), of: harness.work))
        #expect(file.plan == #"{"a":1}"# && file.summary == #"{"b":2}"#)
        #expect(file.end.units == 2 && file.end.total == 9)
    }

    @Test func `nothing stands in the file's place before it is whole, and nothing is left of one that never was`()
        throws
    {
        let harness = try ShardHarness()
        do {
            let writer = try ShardWriter(try Shard(0, of: 1), of: harness.work, in: harness.path)
            try writer.write(unit: 0, "1")
            #expect(!FileManager.default.fileExists(atPath: writer.path))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: harness.path).isEmpty)
    }

    @Test func `a second try replaces the shard's own file, and no other`() throws {
        var harness = try ShardHarness()
        let path = try harness.write(try Shard(0, of: 1), units: 3)
        try harness.write(try Shard(0, of: 1), units: 3) { "\($0 * 2)" }
        #expect(try harness.merged([path]) == ["0", "2", "4"])
        harness.work.files["sessions"] = "2"
        #expect(throws: ReportError(.foreignFile, "")) { try harness.write(try Shard(0, of: 1), units: 3) }
        #expect(try harness.merged([path]) == ["0", "2", "4"])
        try harness.change(path) { _ in "my notes\n" }
        #expect(throws: ReportError(.foreignFile, "")) { try harness.write(try Shard(0, of: 1), units: 3) }
        #expect(try harness.text(path) == "my notes\n")
    }

    @Test func `a file that was cut anywhere is refused`() throws {
        let harness = try ShardHarness()
        let path = try harness.write(try Shard(0, of: 1), units: 5)
        let whole = try harness.text(path)
        for length in 0..<whole.utf8.count {
            try harness.change(path) { _ in String(whole.prefix(length)) }
            #expect(throws: ShardError(.notAShard, ""), "cut to \(length)") { try ShardFile(path) }
        }
    }

    @Test func `what is no shard, or one of another version, is refused`() throws {
        let harness = try ShardHarness()
        let path = try harness.write(try Shard(0, of: 1), units: 5)
        try harness.change(path) { $0.replacing(#""version":1"#, with: #""version":2"#) }
        #expect(throws: ShardError(.notAShard, "")) { try ShardFile(path) }
        try harness.change(path) { _ in "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n" }
        #expect(throws: ShardError(.notAShard, "")) { try ShardFile(path) }
        #expect(throws: ShardError(.unreadable, "")) { try ShardFile(harness.path) }
        #expect(throws: ShardError(.unreadable, "")) { try ShardFile(harness.path + "/none") }
    }
}
