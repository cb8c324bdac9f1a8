import ArgumentParser
import Checks
import Domain
import Goldens
import GoldenReview
import Reports
import Scenarios

/// `coldstart golden`: makes goldens, compares with them, and lets a person accept what differs.
struct GoldenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "golden",
        abstract: "Makes goldens, compares rankings with them, lets people accept differences.",
        discussion: """
            EXAMPLES
              coldstart golden check --golden demo.jsonl --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart golden review demo.jsonl
            """,
        subcommands: [
            GoldenNewCommand.self, GoldenCheckCommand.self, GoldenPendingCommand.self, GoldenReviewCommand.self,
            GoldenAcceptCommand.self, GoldenRejectCommand.self, GoldenCalibrateCommand.self, GoldenTimelineCommand.self,
        ]
    )

    /// Runs the work of a command on goldens and gives each error its code.
    ///
    /// - Throws: The end with code 1 for a golden that is missing, 2 for a file or a name that cannot be understood, 3 for
    ///   what cannot be read or written.
    static func run(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let error as GoldenFileError {
            throw CommandEnd(exitCode: error.exitCode, message: "\(error)")
        } catch let error
            where error is GoldenError || error is PendingError || error is ScenarioError || error is SettingError
        {
            throw CommandEnd.usage("\(error)")
        } catch let error where error is CommandEnd || error is ReportError {
            throw error
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }
}

extension GoldenFileError {
    /// The code that the error means.
    fileprivate var exitCode: Checks.ExitCode {
        switch code {
        case .missing: .expectationFailed
        case .exists, .nothingPending, .changed: .usage
        case .unreadable, .unwritable: .environment
        }
    }
}
