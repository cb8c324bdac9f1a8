import ArgumentParser
import Checks
import Domain
import RecommendationEngine
import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The program `coldstart`: parses the command line, runs one command, ends with one of the documented exit codes.
@main
struct Coldstart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldstart",
        abstract: "Tests a two-stage recommendation service: its start, its rankings, its rows.",
        usage: "coldstart <subcommand>",
        discussion: """
            EXAMPLES
              coldstart run scenarios            run every scenario of a folder
              coldstart run scenarios/05-progressive-hole.yaml -v
                                                 one of them, with its timeline
              coldstart rank --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart init --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart check --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart doctor                   what this machine has and lacks

            EXIT CODES
              0 passed · 1 expectation or golden failed · 2 usage or file error
              3 environment or output error · 4 start-up failed · 5 rows are wrong
              6 goldens pending · 7 no verdict · 130 interrupted
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, ListCommand.self, InitCommand.self, RankCommand.self, CompareCommand.self,
            ExplainCommand.self, ShrinkCommand.self, BisectCommand.self, CheckCommand.self, MutateCommand.self,
            GoldenCommand.self, DatabaseCommand.self, RecordCommand.self, DoctorCommand.self, ServeCommand.self,
            SweepFaultsCommand.self, SweepCommand.self, StartupCommand.self, DiagnoseCommand.self, ReplayCommand.self,
            LintCommand.self, ReportCommand.self, MergeCommand.self, ResultsCommand.self, ManifestCommand.self,
            SchemaCommand.self,
        ]
    )

    static func main() async {
        SignalsIgnoredAtStart.look()
        StandardStreams.occupy()
        let ignoresBrokenPipes = StandardStreams.ignoreBrokenPipes()
        do throws(ReportError) {
            endProcess(with: try await status(of: Array(CommandLine.arguments.dropFirst())))
        } catch {
            if error.code == .readerGone, !ignoresBrokenPipes { StandardStreams.endByBrokenPipe() }
            StandardError.say("\(error)")
            endProcess(with: .environment)
        }
    }

    /// Runs the command that the arguments name and returns the code to exit with.
    ///
    /// The parser's own codes are not used: it exits with 64 for bad usage and with 1 for any other error, where 1
    /// means here that an expectation failed.
    ///
    /// - Throws: `ReportError` where output is lost.
    private static func status(of arguments: [String]) async throws(ReportError) -> Checks.ExitCode {
        do {
            var command = try parseAsRoot(arguments)
            try KernelVariant.choose(from: processEnvironment)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .passed
        } catch let end as CommandEnd {
            if let message = end.message { StandardError.say(message) }
            return end.exitCode
        } catch let error as SettingError {
            StandardError.say("\(error)")
            return .usage
        } catch let error as ReportError where error.code != .foreignFile {
            throw error
        } catch let error as ReportError {
            StandardError.say("\(error)")
            return .usage
        } catch {
            let code = exitCode(for: error)
            if code.isSuccess {
                try OutputDescriptor.standardOutput().write(fullMessage(for: error) + "\n")
                return .passed
            }
            guard code == .validationFailure else {
                StandardError.say("\(error)")
                return .environment
            }
            try StandardError.write(fullMessage(for: error) + "\n")
            return .usage
        }
    }
}

private func endProcess(with code: Checks.ExitCode) -> Never {
    exit(code.rawValue)
}

/// The version of Coldstart.
enum Version {
    /// The version as reports and `--version` show it.
    static let text = "0.1.0"
}
