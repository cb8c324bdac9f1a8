import ArgumentParser
import GoldenReview
import Goldens
import Reports

/// The pending differences that a command decides about.
struct PendingChoice: ParsableArguments {
    @Argument(help: "The golden.")
    var golden: String

    @Option(help: ArgumentHelp("Only this session, or files; may be repeated.", valueName: "id"))
    var session: [String] = []

    @Flag(help: "All pending differences.")
    var all = false

    @Option(help: ArgumentHelp("With --all, only classes up to this one: low, medium or high.", valueName: "risk"))
    var upTo: GoldenRisk?

    /// Checks what the parser cannot.
    func check() throws {
        guard all != !session.isEmpty else {
            throw ValidationError("Say which differences: --all, or --session <id>, but not both.")
        }
        if upTo != nil, !all { throw ValidationError("--up-to has no effect without --all.") }
    }

    /// Returns the ids of the differences; with --all only those that nobody has rejected.
    ///
    /// - Throws: The end with code 2 where nothing is left.
    func ids(in file: GoldenFile) throws -> [String] {
        guard let pending = try file.pending() else {
            throw CommandEnd.usage("\(file.path): nothing is pending")
        }
        guard all else { return session }
        let open = PendingSet(try pending.entries(of: try file.lines().header)).open
        let ids = open.filter { $0.risk <= upTo ?? .high }.map(\.id)
        guard !ids.isEmpty else {
            let limit = upTo.map { " up to the class \($0.rawValue)" } ?? ""
            throw CommandEnd.usage("\(file.path): no open difference\(limit) is pending")
        }
        return ids
    }
}

extension GoldenRisk: ExpressibleByArgument {}

/// `coldstart golden accept`: takes pending differences as right.
struct GoldenAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Takes pending differences as right: they enter the golden.",
        usage: "coldstart golden accept <golden> (--all | --session <id> ...) [<options>]",
        discussion: """
            The golden keeps who accepted, when, the class of risk and the reason. Where candidates or counts changed a \
            reason is needed.

            EXAMPLES
              coldstart golden accept demo.jsonl --all --up-to low
              coldstart golden accept demo.jsonl --all --reason "new factors"

            EXIT CODES
              0 accepted · 2 usage, or a reason is missing; nothing is written
              3 a file cannot be read or written
            """
    )

    @OptionGroup var choice: PendingChoice
    @OptionGroup var decision: DecisionArguments
    @OptionGroup var integration: ContinuousIntegration

    func validate() throws {
        try choice.check()
    }

    func run() throws {
        try integration.refuse("golden accept")
        try choice.decide(decision, "accepted") { try $0.decide(accepting: $1, rejecting: [:]) }
    }
}

/// `coldstart golden reject`: takes pending differences as wrong.
struct GoldenRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Takes pending differences as wrong: they fail for as long as they are there.",
        usage: "coldstart golden reject <golden> (--all | --session <id> ...) [<options>]",
        discussion: """
            EXAMPLES
              coldstart golden reject demo.jsonl --all --reason "wrong factors"

            EXIT CODES
              0 rejected · 2 usage · 3 a file cannot be read or written
            """
    )

    @OptionGroup var choice: PendingChoice
    @OptionGroup var decision: DecisionArguments
    @OptionGroup var integration: ContinuousIntegration

    func validate() throws {
        try choice.check()
    }

    func run() throws {
        try integration.refuse("golden reject")
        try choice.decide(decision, "rejected") { try $0.decide(accepting: [:], rejecting: $1) }
    }
}

extension PendingChoice {
    /// Takes one decision about every chosen difference, and says what is left.
    ///
    /// - Parameters:
    ///   - decision: Who decides, and why.
    ///   - done: What is done, in a word.
    ///   - decide: Does it, by the ids of the differences.
    /// - Throws: The end of the command where it cannot be done.
    fileprivate func decide(
        _ decision: DecisionArguments,
        _ done: String,
        _ decide: (GoldenFile, [String: PendingDecision]) throws -> PendingSet
    ) throws {
        try GoldenCommand.run {
            if PendingTimeline.isGolden(golden) { return try decideTimeline(decision, done) }
            let file = try GoldenFile(golden)
            let person = Person.decision(by: decision.by, reason: decision.reason)
            let chosen = Dictionary(try ids(in: file).map { ($0, person) }, uniquingKeysWith: { first, _ in first })
            let rest = try decide(file, chosen)
            try Console().write(rest.closing("\(done) \(chosen.count)", in: file))
        }
    }
}

extension PendingChoice {
    /// Takes one decision about a start that is pending.
    private func decideTimeline(_ decision: DecisionArguments, _ done: String) throws {
        guard session.isEmpty else {
            throw CommandEnd.usage("\(golden): is the golden of a start, which has no sessions")
        }
        guard let pending = try PendingTimeline(at: golden), pending.risk <= upTo ?? .high else {
            throw CommandEnd.usage(
                "\(golden): nothing is pending" + (upTo.map { " up to the class \($0.rawValue)" } ?? "")
            )
        }
        let person = Person.decision(by: decision.by, reason: decision.reason)
        try done == "accepted" ? pending.accept(person) : pending.reject(person)
        try Console().write([StyledLine("\(golden): \(done), risk \(pending.risk.rawValue)")])
    }
}

extension PendingSet {
    /// What was done, and what is left.
    func closing(_ done: String, in file: GoldenFile) -> [StyledLine] {
        [StyledLine("\(file.path): \(done), \(open.count) open, \(rejected.count) rejected")]
    }
}
