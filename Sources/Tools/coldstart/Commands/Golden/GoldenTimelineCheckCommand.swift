import ArgumentParser
import Checks
import Goldens
import Reports
import StartupAnalysis

/// `coldstart golden timeline check`: a recorded start beside its golden.
struct GoldenTimelineCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compares a recorded start with its golden; what differs becomes pending beside it.",
        usage: "coldstart golden timeline check <golden> <run> [<options>]",
        discussion: """
            Differences are written to <golden>.pending, never into the golden; in CI (--ci, or the variable CI) nothing is \
            written, and they fail.

            EXIT CODES
              0 as in the golden · 1 it is missing, time belongs to no stage, or in CI
              anything differs · 2 usage · 6 differences are pending · 7 nothing started
            """
    )

    @Argument(help: "The golden.")
    var golden: String

    @Argument(help: "The run: report.json or report.jsonl, or its folder.")
    var start: String

    @Option(help: ArgumentHelp("The scenario (default: the golden's).", valueName: "name"))
    var name: String?

    @OptionGroup var integration: ContinuousIntegration

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func run() throws {
        try Self.check(golden, start, name: name, integration, Console(forbidsColour: noColor))
    }

    /// Compares a recorded start with its golden, and keeps what differs.
    ///
    /// - Parameters:
    ///   - file: The golden.
    ///   - start: The run.
    ///   - name: The scenario, `nil` for the golden's.
    ///   - integration: Whether anything may be written.
    ///   - console: Where the comparison goes.
    /// - Throws: The end with code 1 where in CI anything differs, or a person has rejected what does, 6 where it waits for one.
    static func check(
        _ file: String,
        _ start: String,
        name: String?,
        _ integration: ContinuousIntegration,
        _ console: Console
    ) throws {
        let golden = try GoldenTimelineCommand.golden(at: file)
        let starts = try GoldenTimelineCommand.starts(in: [start], name: name ?? golden.scenario)
        var differs = false
        for stages in starts.starts {
            let differences = golden.differences(from: stages, strategy: starts.strategy)
            try console.write(
                TimelineCheckText(golden, stages, differences).lines(width: min(console.style.columns, 80))
            )
            differs = differs || !differences.isEmpty
        }
        guard differs else { return }
        guard !integration.forbidsWriting else { throw CommandEnd(exitCode: .expectationFailed, message: nil) }
        let pending = try PendingTimeline(of: file, starts, like: golden)
        try pending.write()
        if let rejection = pending.start.rejected {
            throw CommandEnd(
                exitCode: .expectationFailed,
                message: "\(file): \(rejection.who) rejected this start on \(rejection.when)"
                    + (rejection.reason.map { ": " + $0 } ?? "")
            )
        }
        throw CommandEnd(
            exitCode: .goldensPending,
            message: "\(pending.path) holds the start as it is now; coldstart golden review \(file) decides about it"
        )
    }
}

/// `coldstart golden timeline accept`: takes the pending start as right.
struct GoldenTimelineAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Takes the pending start as right: it becomes the golden.",
        usage: "coldstart golden timeline accept <golden> [<options>]",
        discussion: """
            The golden keeps who accepted, when, the class of risk and the reason. Where stages, their order or what the \
            instance does meanwhile changed, a reason is needed.

            EXIT CODES
              0 accepted · 2 usage, or a reason is missing; nothing is written
              3 a file cannot be read or written
            """
    )

    @Argument(help: "The golden.")
    var golden: String

    @OptionGroup var decision: DecisionArguments
    @OptionGroup var integration: ContinuousIntegration

    func run() throws {
        try integration.refuse("golden timeline accept")
        guard let pending = try PendingTimeline(at: golden) else {
            throw CommandEnd.usage("\(golden): nothing is pending")
        }
        try pending.accept(Person.decision(by: decision.by, reason: decision.reason))
        try Console().write([StyledLine("\(golden): accepted, risk \(pending.risk.rawValue)")])
    }
}
