import Shards
import Testing

struct ShardTests {
    @Test("a shard is read from index and count, and written so", arguments: ["0/1", "3/64", "63/64"])
    func reading(text: String) throws {
        #expect("\(try Shard(parsing: text))" == text)
    }

    @Test(
        "what is no shard is refused",
        arguments: [
            "", "3", "3/", "/4", "4/4", "64/64", "-1/4", "+1/4", "1/0", "1/2/3", "1.0/2", "0/100001", " 1/2", "1/２",
        ]
    )
    func refusal(text: String) {
        #expect(throws: ShardError(.badShard, "")) { try Shard(parsing: text) }
    }

    @Test("the file's name says which shard of how many")
    func fileName() throws {
        #expect(try Shard(3, of: 64).fileName == "shard-3-of-64.jsonl")
    }

    /// Names as they occur: UUIDs, numbers, numbered names, mail addresses, paths.
    private static let names: [(String, @Sendable (Int) -> String)] = [
        (
            "uuid",
            { number in
                let (high, low) = (XXHash64.avalanche(UInt64(number)), XXHash64.avalanche(UInt64(number) << 32))
                let digits = XXHash64.text(of: high) + XXHash64.text(of: low)
                return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4\(digits.dropFirst(13).prefix(15))"
            }
        ),
        ("number", { String($0) }),
        ("numbered", { "session-" + String(1_000_000 + $0).dropFirst() }),
        ("mail", { "visitor\($0)@example.org" }),
        ("path", { "scenarios/generated/batch-\($0 / 100)/\($0 % 100).yaml" }),
    ]

    @Test("each name belongs to exactly one shard, and shards differ by less than 5 %", arguments: [7, 16])
    func evenness(count: Int) throws {
        let shards = try (0..<count).map { try Shard($0, of: count) }
        // So many that 5 % are four and a half standard deviations of a division by lot.
        let expected = 8_000
        for (kind, name) in Self.names {
            var found = Array(repeating: 0, count: count)
            for number in 0..<(expected * count) {
                let hash = XXHash64.hash(name(number))
                let owner = try #require(shards.firstIndex { $0.owns(hash: hash) })
                if number < 100 { #expect(shards.count { $0.owns(hash: hash) } == 1) }
                found[owner] += 1
            }
            for share in found { #expect(abs(share - expected) * 20 < expected, "\(kind) over \(count): \(found)") }
        }
    }

    @Test("a name's shard is that of its hash modulo the count")
    func division() throws {
        // 0x44BC2CF5AD770999 is 4952883123889572249, and that modulo 64 is 25 and modulo 7 is 0.
        #expect(try Shard(25, of: 64).owns("abc"))
        #expect(try !Shard(24, of: 64).owns("abc"))
        #expect(try Shard(0, of: 7).owns("abc"))
    }
}
