/// The lines of a shard's file.
///
/// The file is JSON Lines. The first line is a ``ShardHeader``: which shard of what. The second is the plan,
/// `{"plan":…}`: what the command knows of the whole work, the same in every shard. Then comes a line for each unit of the
/// work, `{"unit":N,"content":…}`, in ascending order; units are numbered from 0 through the whole work, not the shard. The
/// last line but one is `{"summary":…}`, what the command has to say of the shard, such as times; the last one is a
/// ``ShardEnd``, without which the file was cut short.
///
/// Spaces, the order of members and the digits are exactly these, so that a reader may go by bytes; what stands in the place
/// of `…` is the command's own, one JSON value without a line feed.
enum ShardLines {
    /// The version of the format.
    static let version = 1

    static let plan = Array(#"{"plan":"#.utf8)
    static let summary = Array(#"{"summary":"#.utf8)
    static let unit = Array(#"{"unit":"#.utf8)
    static let content = Array(#","content":"#.utf8)
    static let close = UInt8(ascii: "}")
    static let lineFeed = UInt8(ascii: "\n")
    static let start = #"{"coldstart":"shard""#
}

/// The first line of a shard's file.
package struct ShardHeader: Hashable, Sendable, Codable {
    /// Always `shard`.
    package var coldstart = "shard"
    /// The version of the format.
    package var version = ShardLines.version
    /// Which shard, from 0.
    package var shard: Int
    /// Of how many.
    package var of: Int
    /// What is divided.
    package var work: ShardWork

    /// Creates the header of a shard.
    package init(_ shard: Shard, of work: ShardWork) {
        (self.shard, of) = (shard.index, shard.count)
        self.work = work
    }
}

/// The last line of a shard's file.
package struct ShardEnd: Hashable, Sendable, Codable {
    /// Always `end`.
    package var coldstart = "end"
    /// How many units the shard has.
    package var units: Int
    /// How many units the whole work has, those of other shards included.
    package var total: Int
    /// XXH64 of the lines of the plan and of all units, in hexadecimal digits.
    package var digest: String
    /// The real time that the shard took.
    package var seconds: Double
}
