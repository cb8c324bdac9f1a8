import ArgumentParser
import Checks

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
        discussion: """
            EXAMPLES
              coldstart run scenarios                    run every scenario of a folder
              coldstart run scenarios --tag startup -v   those about the start, with their timelines
              coldstart rank --bundle scenarios/bundle \\
                  --sessions scenarios/sessions/demo.jsonl --catalogue scenarios/catalogue.jsonl
              coldstart doctor                           what this machine has and lacks

            EXIT CODES
              0 passed · 1 expectation or golden failed · 2 usage or file error · 3 environment error
              4 start-up failed · 5 rows are wrong · 6 goldens pending · 7 no verdict · 130 interrupted
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, ListCommand.self, RankCommand.self, DatabaseCommand.self, RecordCommand.self,
            DoctorCommand.self, ServeCommand.self, SweepFaultsCommand.self,
        ]
    )

    static func main() async {
        SignalsIgnoredAtStart.look()
        // A reader that goes away must not end a run before it has cleaned up: writing fails instead.
        signal(SIGPIPE, SIG_IGN)
        endProcess(with: await status(of: Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs the command that the arguments name and returns the code to exit with.
    ///
    /// The parser's own codes are not used: it exits with 64 for bad usage and with 1 for any other error, where 1 means
    /// here that an expectation failed.
    private static func status(of arguments: [String]) async -> Checks.ExitCode {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .passed
        } catch let end as CommandEnd {
            if let message = end.message { StandardError.say(message) }
            return end.exitCode
        } catch {
            let isCleanExit = exitCode(for: error).isSuccess
            let message = fullMessage(for: error)
            if isCleanExit { print(message) } else { StandardError.write(message + "\n") }
            return isCleanExit ? .passed : .usage
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
