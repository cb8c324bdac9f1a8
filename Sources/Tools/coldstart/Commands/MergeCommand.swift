import ArgumentParser
import Domain
import Foundation
import Scenarios
import Shards

/// `coldstart merge`: puts the shards of a work together to what the whole would have reported.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts the shards of a run, rank, compare, check or sweep together.",
        usage: "coldstart merge <files> ... [<options>]",
        discussion: """
            Reports and ends as the command without --shard would have. Its words stand in the files: what was asked for \
            there, such as --format, is written here. No model is opened.

            EXAMPLES
              for k in 0 1 2 3; do
                coldstart run scenarios --shard $k/4 --output shards &
              done; wait
              coldstart merge shards
              coldstart merge shards/shard-*-of-64.jsonl --format json
              coldstart merge shards --report-dir reports
              coldstart merge shards --results postgresql://host/ci

            EXIT CODES
              as the command · 2 shards are missing, of different things, changed
              or there twice with different content
            """
    )

    @Argument(help: "Shards' files, or folders of them.")
    var files: [String]

    @Option(
        help: ArgumentHelp("In place of the --format that the shards were given; not for rank.", valueName: "names")
    )
    var format: String?

    @Option(help: ArgumentHelp("In place of the --report-dir that they were given.", valueName: "folder"))
    var reportDir: String?

    @Flag(help: "Replace files of the folder that Coldstart did not write, too.")
    var force = false

    @OptionGroup(title: "Results")
    var place: ResultPlace

    func run() async throws {
        do {
            let shards = try ShardSet(try paths())
            for path in shards.repeated { StandardError.say("\(path): is the same as another file, and counts once") }
            try await command(of: shards.work).merge(shards)
        } catch let error as ShardError {
            throw CommandEnd.usage("\(error)")
        } catch let error as ScenarioError {
            throw CommandEnd.usage("\(error)")
        }
    }

    /// The command that the shards are of, as its words say.
    private func command(of work: ShardWork) throws -> any MergeableCommand {
        guard work.tool == Version.text else {
            throw CommandEnd.usage(
                "the shards were made by Coldstart \(work.tool), and this is \(Version.text); merge with the same version"
            )
        }
        var words = [work.command] + work.words
        if let format {
            guard work.command != RankCommand.configuration.commandName else {
                throw CommandEnd.usage("--format: the shards of rank hold the text already; rank again with --format")
            }
            words += ["--format", format]
        }
        if let reportDir { words += ["--report-dir", reportDir] }
        if force { words.append("--force") }
        if work.command != RankCommand.configuration.commandName { words += place.words }
        guard let command = try Coldstart.parseAsRoot(words) as? any MergeableCommand else {
            throw CommandEnd.usage("coldstart \(work.command) cannot be divided, and the files say that it was")
        }
        return command
    }

    /// The files, those of folders by their names.
    private func paths() throws -> [String] {
        var paths: [String] = []
        for path in files {
            guard FileManager.default.isFolder(path) else {
                paths.append(path)
                continue
            }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw CommandEnd.usage("\(path): the folder cannot be read")
            }
            let shards = names.filter { $0.hasPrefix("shard-") && $0.hasSuffix(".jsonl") }.sorted()
            guard !shards.isEmpty else { throw CommandEnd.usage("\(path): holds no shard-K-of-N.jsonl") }
            paths += shards.map { path + "/" + $0 }
        }
        return paths
    }
}
