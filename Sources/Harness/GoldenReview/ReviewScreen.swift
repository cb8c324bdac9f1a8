package import Reports

/// One screen of a review: a heading, as much of the page as fits, and a line about the keys.
package struct ReviewScreen: Sendable {
    private let machine: ReviewMachine
    private let page: [StyledLine]
    private let rows: Int
    private let file: String

    /// Creates a screen.
    ///
    /// - Parameters:
    ///   - machine: Where the review stands.
    ///   - page: The lines about the difference that is shown.
    ///   - file: The golden's path.
    ///   - rows: The lines of the terminal.
    package init(_ machine: ReviewMachine, page: [StyledLine], file: String, rows: Int) {
        self.machine = machine
        self.page = page
        self.file = file
        self.rows = max(rows, 6)
    }

    /// The lines of the page that can be scrolled away.
    package var scrollableLines: Int { max(0, page.count - (rows - 4)) }

    /// The lines of the screen, as many as the terminal has or fewer.
    ///
    /// - Parameter width: The columns of the terminal.
    /// - Returns: The lines, none wider.
    package func lines(width: Int) -> [StyledLine] {
        let heading = StyledLine("\(machine.position + 1) of \(machine.count)", .strong)
            .appending("  \(file)", .faint)
            .appending(decided, .faint)
        let body = machine.mode == .help ? Self.help : Array(page.dropFirst(min(machine.firstLine, scrollableLines)))
        let shown = Array(body.prefix(rows - 4))
        let hidden = body.count - shown.count
        let more = hidden > 0 && machine.mode != .help ? "↓ \(Figures.count(hidden, "further line"))" : ""
        return ([heading, StyledLine()] + shown + [StyledLine(more, .faint), footer])
            .map { $0.truncated(toColumns: width) }
    }

    private var decided: String {
        switch machine.decisions[machine.position] {
        case .accept: "  accepted"
        case .reject: "  rejected"
        case nil: ""
        }
    }

    private var footer: StyledLine {
        switch machine.mode {
        case .reason(let text):
            StyledLine("reason: ", .strong).appending(text + "▁")
                .appending(machine.notice.map { "  \($0)" } ?? "  Enter accepts, Escape goes back", .faint)
        case .help: StyledLine("any key goes back", .faint)
        case .deciding, .finished, .aborted:
            machine.notice.map { StyledLine($0, .doubtful) }
                ?? StyledLine("a accept  r reject  s skip  b back  ↑↓ scroll  q quit  ? help", .strong)
        }
    }

    private static let help: [StyledLine] = [
        "a  accepts: the rankings of now enter the golden, with who and when and,",
        "   where candidates or counts changed, the reason that you are asked for",
        "r  rejects: the difference stays, and fails for as long as it is there",
        "s  skips: nothing is decided",
        "b  goes back to the one before; deciding again replaces the decision",
        "↑↓ or k j scroll",
        "q  writes what was decided, and ends",
        "   Control-C ends and writes nothing",
        "",
        "risk  low: inside ties; medium: across a margin;",
        "      high: candidates or counts changed",
    ]
}
