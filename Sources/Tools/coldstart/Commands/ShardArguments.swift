import ArgumentParser
import Shards

/// Which shard of the work is done, and where its result goes: the options that commands whose work can be divided share.
struct ShardArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do this shard of the work, K/N with K from 0; all for the whole (default: what the engine's variables say).",
            valueName: "K/N"
        )
    )
    var shard: String?

    @Option(help: ArgumentHelp("The folder for the shard's file, for coldstart merge.", valueName: "folder"))
    var output: String?

    /// The shard, and where its file goes.
    struct Part {
        /// The shard.
        let shard: Shard
        /// The folder for its file.
        let folder: String
    }

    /// Finds out which shard is asked for; `nil` for the whole.
    ///
    /// - Throws: The end with code 2 where sources contradict each other, or the folder is missing or of no use.
    func part() throws -> Part? {
        let shard: Shard?
        do throws(ShardError) {
            shard = try ShardSource(environment: processEnvironment).shard(option: self.shard)
        } catch {
            throw CommandEnd.usage("\(error)")
        }
        guard let shard else {
            guard output == nil else {
                throw CommandEnd.usage(
                    "--output is the folder for a shard's file, and nothing says which shard this is; say --shard K/N"
                )
            }
            return nil
        }
        guard let output else {
            // A job of one task is the whole, unless somebody asks for its file.
            if shard.count == 1, self.shard == nil { return nil }
            throw CommandEnd.usage(
                "this is shard \(shard); name --output, the folder for its file, or say --shard all for the whole"
            )
        }
        return Part(shard: shard, folder: output)
    }
}

/// A command whose work can be divided, and that reports what shards of it came to.
protocol MergeableCommand {
    /// Reports shards of this command's work as the whole would have been.
    ///
    /// - Throws: As the command does for the whole; `ShardError` where a file was changed.
    func merge(_ shards: ShardSet) async throws
}
