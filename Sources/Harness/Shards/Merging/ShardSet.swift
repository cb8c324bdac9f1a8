/// All shards of one work, each once.
package struct ShardSet: Sendable {
    /// The shards in their order.
    package let shards: [ShardFile]
    /// Files that hold a shard which another holds too, with the same content.
    package let repeated: [String]
    /// What the command knows of the whole work, as JSON.
    package let plan: String

    /// Takes files together.
    ///
    /// - Parameter paths: The files, in any order.
    /// - Throws: `ShardError` where a file cannot be used, where they are shards of different things, or one is missing or
    ///   there twice with different content.
    package init(_ paths: [String]) throws(ShardError) {
        var byIndex: [Int: ShardFile] = [:]
        var repeated: [String] = []
        var first: ShardFile?
        for path in paths {
            let file = try ShardFile(path)
            if let first { try Self.compare(first, file) }
            first = first ?? file
            guard let other = byIndex[file.index] else {
                byIndex[file.index] = file.withoutPlan
                continue
            }
            guard other.isSame(as: file) else {
                throw ShardError(
                    .doubled,
                    "shard \(file.index)/\(file.header.of) is there twice with different content: \(other.path) and "
                        + "\(file.path); leave one of them out"
                )
            }
            repeated.append(path)
        }
        guard let first else { throw ShardError(.missing, "there is no shard to merge; name the shards' files") }
        let missing = (0..<first.header.of).filter { byIndex[$0] == nil }
        guard missing.isEmpty else {
            let shown = missing.prefix(20).map(String.init).joined(separator: ", ") + (missing.count > 20 ? ", …" : "")
            throw ShardError(
                .missing,
                "\(missing.count) of \(first.header.of) shards \(missing.count == 1 ? "is" : "are") missing: \(shown); run "
                    + "\(missing.count == 1 ? "it" : "them"), and merge again"
            )
        }
        shards = byIndex.sorted { $0.key < $1.key }.map(\.value)
        self.repeated = repeated
        plan = first.plan
    }

    /// What is divided.
    package var work: ShardWork { shards[0].header.work }

    /// How many units the whole work has.
    package var total: Int { shards[0].end.total }

    /// The real time of all shards together.
    package var seconds: Double { shards.reduce(0) { $0 + $1.end.seconds } }

    private static func compare(_ one: ShardFile, _ other: ShardFile) throws(ShardError) {
        let difference =
            if one.header.of != other.header.of {
                "the number of shards is \(one.header.of), and \(other.header.of)"
            } else if let difference = one.header.work.difference(from: other.header.work) {
                difference
            } else if one.plan != other.plan {
                "what is known of the whole work differs, as where a file was changed in between"
            } else if one.end.total != other.end.total {
                "the number of units is \(one.end.total), and \(other.end.total)"
            } else {
                String?.none
            }
        guard let difference else { return }
        throw ShardError(
            .different,
            "\(one.path) and \(other.path) are shards of different things: \(difference); merge shards of one work"
        )
    }
}
