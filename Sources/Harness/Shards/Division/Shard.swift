/// One of the parts into which work is divided: so manieth of so many, counted from 0.
///
/// The engines that start shards count from 0 too, so that one number stands in their variables, on the command line, in
/// the name of the file and in messages.
package struct Shard: Hashable, Sendable {
    /// The most shards.
    package static let limit = 100_000

    /// Which one, from 0.
    package let index: Int
    /// Of how many.
    package let count: Int

    /// Creates a shard.
    ///
    /// - Throws: `ShardError` where the index is none of the count's.
    package init(_ index: Int, of count: Int) throws(ShardError) {
        guard (1...Self.limit).contains(count) else {
            throw ShardError(.badShard, "there are 1 to \(Self.limit) shards, found \(count)")
        }
        guard (0..<count).contains(index) else {
            throw ShardError(
                .badShard,
                "shards count from 0: of \(count) the last is \(count - 1), found \(index)"
            )
        }
        self.index = index
        self.count = count
    }

    /// Reads a shard such as `3/64`.
    ///
    /// - Throws: `ShardError` where it is none.
    package init(parsing text: String) throws(ShardError) {
        let words = text.split(separator: "/", omittingEmptySubsequences: false)
        guard words.count == 2, let index = Self.number(words[0]), let count = Self.number(words[1]) else {
            throw ShardError(.badShard, "found \"\(text)\", expected K/N, such as 0/64 to 63/64, or all")
        }
        try self.init(index, of: count)
    }

    /// The name of the shard's file in the folder of results.
    package var fileName: String { "shard-\(index)-of-\(count).jsonl" }

    /// Whether something belongs to this shard, by what it is called.
    ///
    /// It belongs to the shard whose index is the hash of its name modulo the count, so that neither the other things, nor
    /// their order, nor the machine plays a part.
    ///
    /// - Complexity: O(*n*) in the length of the name.
    package func owns(_ name: String) -> Bool { owns(hash: XXHash64.hash(name)) }

    /// Whether something of this hash belongs to this shard.
    package func owns(hash: UInt64) -> Bool { hash % UInt64(count) == UInt64(index) }

    /// A number of plain digits; `nil` where there is another character, such as a sign.
    static func number(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}

extension Shard: CustomStringConvertible {
    package var description: String { "\(index)/\(count)" }
}
