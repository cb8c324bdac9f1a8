/// A shard that cannot be told, read or put together with others.
package struct ShardError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package struct Code: Hashable, Sendable {
        private enum Value { case badShard, contradiction, unreadable, notAShard, different, missing, doubled, changed }
        private let value: Value

        /// A text or a pair of numbers is no shard.
        package static let badShard = Code(value: .badShard)
        /// Two sources name different shards, or one names half of one.
        package static let contradiction = Code(value: .contradiction)
        /// A file cannot be read.
        package static let unreadable = Code(value: .unreadable)
        /// A file is not, or not wholly, the result of a shard.
        package static let notAShard = Code(value: .notAShard)
        /// Files are shards of different things.
        package static let different = Code(value: .different)
        /// A shard is not among the files.
        package static let missing = Code(value: .missing)
        /// A shard is there twice with different content.
        package static let doubled = Code(value: .doubled)
        /// What a file holds is not what was written.
        package static let changed = Code(value: .changed)
    }

    /// What kind of failure it is.
    package let code: Code
    /// The failure in one line: where, what was found, what to do.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    package static func == (left: ShardError, right: ShardError) -> Bool { left.code == right.code }
}
