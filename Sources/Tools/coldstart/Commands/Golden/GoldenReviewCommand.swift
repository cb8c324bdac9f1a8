import ArgumentParser
import Checks
import Domain
import GoldenReview
import Goldens
import Reports
import Scenarios

/// `coldstart golden review`: walks a person through pending differences with single keys.
struct GoldenReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Walks through pending differences on a terminal, with single keys.",
        usage: "coldstart golden review <golden> [--catalogue <file>] [<options>]",
        discussion: """
            a accepts, r rejects, s skips, q writes what was decided and ends, ? explains. Nothing is written before \
            the end; Control-C ends and writes nothing.

            EXIT CODES
              0 nothing is left · 1 a difference was rejected · 2 usage, or no terminal
              3 environment · 6 differences are pending · 130 interrupted
            """
    )

    @Argument(help: "The golden.")
    var golden: String

    @Option(help: ArgumentHelp("The catalogue, for the titles of movies.", valueName: "file"))
    var catalogue: String?

    @Option(help: ArgumentHelp("Who decides; default: the user who runs the command.", valueName: "name"))
    var by: String?

    @OptionGroup var integration: ContinuousIntegration

    func run() async throws {
        try integration.refuse("golden review")
        let command = self
        try await withInterruption { try GoldenCommand.run { try command.review() } }
    }

    private func review() throws {
        if PendingTimeline.isGolden(golden) { return try reviewStart() }
        let titles = try catalogue.map { try CatalogueReader.read($0).titles }
        let file = try GoldenFile(golden)
        guard let pending = try file.pending() else {
            try Console().write([StyledLine("\(file.path): nothing is pending")])
            return
        }
        let course = RankingCourse(
            pending: pending,
            golden: try file.lines(),
            titles: titles ?? [:],
            path: file.path
        )
        try write(try walk(course), course, file)
    }

    /// Lets a person go through differences to the end.
    private func walk(_ course: some ReviewCourse) throws -> ReviewMachine {
        let machine = try RawTerminal.use { try course.run(on: $0) }
        guard machine.mode == .finished else {
            throw CommandEnd(exitCode: .interrupted, message: "interrupted; nothing was written")
        }
        return machine
    }

    /// Reviews the start that is pending for its golden.
    private func reviewStart() throws {
        guard let pending = try PendingTimeline(at: golden) else {
            return try Console().write([StyledLine("\(golden): nothing is pending")])
        }
        switch try walk(StartCourse(pending: pending)).decisions[0] {
        case .accept(let reason):
            try pending.accept(Person.decision(by: by, reason: reason))
            try Console().write([StyledLine("\(golden): accepted, risk \(pending.risk.rawValue)")])
        case .reject:
            try pending.reject(Person.decision(by: by, reason: nil))
            throw CommandEnd(exitCode: .expectationFailed, message: "\(golden): rejected")
        case nil:
            let isRejected = pending.start.rejected != nil
            throw CommandEnd(
                exitCode: isRejected ? .expectationFailed : .goldensPending,
                message: "\(golden): \(isRejected ? "rejected before" : "pending")"
            )
        }
    }

    /// Writes what was decided into the golden as it is by now.
    private func write(_ machine: ReviewMachine, _ course: RankingCourse, _ file: GoldenFile) throws {
        var accepted: [String: PendingDecision] = [:]
        var rejected: [String: PendingDecision] = [:]
        for (place, decision) in machine.decisions {
            let id = try course.entry(at: place).id
            switch decision {
            case .accept(let reason): accepted[id] = Person.decision(by: by, reason: reason)
            case .reject: rejected[id] = Person.decision(by: by, reason: nil)
            }
        }
        let rest = try GoldenFile(file.path).decide(accepting: accepted, rejecting: rejected)
        try Console().write(rest.closing("accepted \(accepted.count), rejected \(rejected.count)", in: file))
        let causes: [Checks.ExitCode] =
            (rest.rejected.isEmpty ? [] : [.expectationFailed]) + (rest.open.isEmpty ? [] : [.goldensPending])
        if !causes.isEmpty { throw CommandEnd(exitCode: .combining(causes), message: nil) }
    }
}
