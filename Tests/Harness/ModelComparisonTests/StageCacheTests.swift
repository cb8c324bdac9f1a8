import Foundation
import Testing

@testable import ModelComparison

@Suite("Cache of stage outputs")
struct StageCacheTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "stage-cache-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private static func files(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).map { folder + "/" + $0 }
    }

    @Test("an output is computed once and then read")
    func hit() throws {
        try Self.withFolder { folder in
            let cache = try StageCache(folder: folder)
            #expect(cache.output(for: "k") { "a" } == "a")
            #expect(try StageCache(folder: folder).output(for: "k") { "z" } == "a")
            #expect(cache.output(for: "other") { "b" } == "b")
            #expect(cache.counts == StageCache.Counts(hits: 0, misses: 2, damaged: 0))
        }
    }

    @Test("a damaged entry is never used, whichever byte it is", arguments: [0, 0.3, 0.6, 0.9])
    func damaged(place: Double) throws {
        try Self.withFolder { folder in
            let cache = try StageCache(folder: folder)
            _ = cache.output(for: "key") { ["a", "b"] }
            let file = try #require(try Self.files(folder).first)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            bytes[Int(Double(bytes.count) * place)] ^= 0x04
            try bytes.write(to: URL(fileURLWithPath: file))
            #expect(cache.output(for: "key") { ["new"] } == ["new"])
            #expect(cache.counts.damaged == 1)
        }
    }

    @Test("an entry that was cut short, or is another key's, is not used")
    func foreign() throws {
        try Self.withFolder { folder in
            let cache = try StageCache(folder: folder)
            _ = cache.output(for: "one") { 1 }
            let first = try #require(try Self.files(folder).first)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: first))
            _ = cache.output(for: "two") { 2 }
            let second = try #require(try Self.files(folder).first { $0 != first })
            try bytes.write(to: URL(fileURLWithPath: second))
            #expect(cache.output(for: "two") { 22 } == 22)
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: first))
            #expect(cache.output(for: "one") { 11 } == 11)
            #expect(cache.counts.damaged == 2)
        }
    }
}
