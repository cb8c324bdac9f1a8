import Domain
import GoldenReview
import Goldens
import Reports
import StartupAnalysis

/// What a review goes through: differences that are shown one after the other.
protocol ReviewCourse {
    /// The golden's path.
    var path: String { get }
    /// How many differences there are.
    var count: Int { get }

    /// Reads a difference: its page, how much care it needs, and whether somebody has rejected it.
    func read(_ place: Int) throws -> ReviewedDifference
}

/// A difference as a review shows it.
struct ReviewedDifference {
    /// How much care accepting it needs.
    let risk: GoldenRisk
    /// Whether somebody has rejected it, so that nothing is to be decided.
    let isRejected: Bool
    /// The lines for a width.
    let page: (_ width: Int) -> [StyledLine]
}

extension ReviewCourse {
    /// Runs the review to its end: reads the difference that is shown, draws it, and hands keys to the machine.
    ///
    /// - Returns: The machine, with what was decided.
    /// - Throws: `CancellationError` where a signal has cancelled the task; `GoldenError` for a line that cannot be read.
    func run(on terminal: RawTerminal) throws -> ReviewMachine {
        let style = TerminalStyle(terminalColumns: 80, environment: processEnvironment, forbidsColour: false)
        var machine = ReviewMachine(count: count)
        var shown: (place: Int, difference: ReviewedDifference)?
        while !machine.isOver {
            if shown?.place != machine.position { shown = (machine.position, try read(machine.position)) }
            guard let current = shown?.difference else { continue }
            if current.isRejected, machine.decisions[machine.position] == nil {
                machine.pass()
                continue
            }
            let size = terminal.size
            let width = min(size.columns, 120)
            let page = current.page(width)
            let screen = ReviewScreen(machine, page: page, file: path, rows: size.rows)
            machine.limitScrolling(to: screen.scrollableLines)
            terminal.draw(
                ReviewScreen(machine, page: page, file: path, rows: size.rows).lines(width: width)
                    .map { style.render($0) }
            )
            for key in ReviewKey.keys(in: try terminal.keys()) where !machine.isOver {
                machine.handle(key, risk: try read(machine.position).risk)
            }
        }
        return machine
    }
}

/// The pending differences of rankings.
struct RankingCourse: ReviewCourse {
    /// The pending differences.
    let pending: PendingFile
    /// The golden.
    let golden: GoldenLines
    /// The movies' titles.
    let titles: [MovieID: String]
    let path: String

    var count: Int { pending.count }

    /// Reads a difference as it is kept.
    func entry(at place: Int) throws -> PendingEntry { try pending.entry(at: place, of: golden.header) }

    func read(_ place: Int) throws -> ReviewedDifference {
        let entry = try entry(at: place)
        let session = try entry.now.flatMap { try golden.session($0.id) }
        let page = ReviewPage(entry, golden: session, titles: titles)
        return ReviewedDifference(risk: entry.risk, isRejected: entry.status == .rejected) { page.lines(width: $0) }
    }
}

/// The one start that is pending for its golden.
struct StartCourse: ReviewCourse {
    /// The start.
    let pending: PendingTimeline

    var path: String { pending.file }
    var count: Int { 1 }

    func read(_ place: Int) -> ReviewedDifference {
        let stages = pending.start.stages.map {
            TimelineDifference.Stage(name: $0.name, during: $0.during, seconds: $0.seconds)
        }
        let text = TimelineCheckText(pending.golden, stages, pending.differences)
        let risk = pending.risk
        // A start that was rejected is shown again: it is all that there is to decide about.
        return ReviewedDifference(risk: risk, isRejected: false) { width in
            let meaning = risk == .high ? "the structure of the start has changed" : "a stage takes less or more"
            return [StyledLine("a start", .strong), StyledLine("risk \(risk.rawValue): \(meaning)", risk.role)]
                + text.lines(width: width)
        }
    }
}
