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
        let titles = try catalogue.map { path in
            let movies = try CatalogueReader.read(path)
            return Dictionary(movies.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        }
        let file = try GoldenFile(golden)
        guard let pending = try file.pending() else {
            try Console().write([StyledLine("\(file.path): nothing is pending")])
            return
        }
        let course = ReviewCourse(
            pending: pending,
            golden: try file.lines(),
            titles: titles ?? [:],
            path: file.path
        )
        let machine = try RawTerminal.use { try course.run(on: $0) }
        guard machine.mode == .finished else {
            throw CommandEnd(exitCode: .interrupted, message: "interrupted; nothing was written")
        }
        try write(machine, course, file)
    }

    /// Writes what was decided into the golden as it is by now.
    private func write(_ machine: ReviewMachine, _ course: ReviewCourse, _ file: GoldenFile) throws {
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

/// The driver of a review: reads the difference that is shown, draws it, and hands keys to the machine.
struct ReviewCourse {
    /// The pending differences.
    let pending: PendingFile
    /// The golden.
    let golden: GoldenLines
    /// The movies' titles.
    let titles: [MovieID: String]
    /// The golden's path.
    let path: String

    /// Reads a difference.
    func entry(at place: Int) throws -> PendingEntry { try pending.entry(at: place, of: golden.header) }

    /// Runs the review to its end.
    ///
    /// - Returns: The machine, with what was decided.
    /// - Throws: `CancellationError` where a signal has cancelled the task; `GoldenError` for a line that cannot be read.
    func run(on terminal: RawTerminal) throws -> ReviewMachine {
        let style = TerminalStyle(terminalColumns: 80, environment: processEnvironment, forbidsColour: false)
        var machine = ReviewMachine(count: pending.count)
        var shown: (place: Int, entry: PendingEntry, golden: GoldenSession?)?
        while !machine.isOver {
            if shown?.place != machine.position {
                let entry = try entry(at: machine.position)
                shown = (machine.position, entry, try entry.now.flatMap { try golden.session($0.id) })
            }
            guard let current = shown else { continue }
            if current.entry.status == .rejected, machine.decisions[machine.position] == nil {
                machine.pass()
                continue
            }
            let size = terminal.size
            let width = min(size.columns, 120)
            let page = ReviewPage(current.entry, golden: current.golden, titles: titles).lines(width: width)
            let screen = ReviewScreen(machine, page: page, file: path, rows: size.rows)
            machine.limitScrolling(to: screen.scrollableLines)
            terminal.draw(
                ReviewScreen(machine, page: page, file: path, rows: size.rows).lines(width: width)
                    .map { style.render($0) }
            )
            for key in ReviewKey.keys(in: try terminal.keys()) where !machine.isOver {
                machine.handle(key, risk: try entry(at: machine.position).risk)
            }
        }
        return machine
    }
}
