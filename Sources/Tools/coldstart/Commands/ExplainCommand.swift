import ArgumentParser
import Domain
import ModelComparison
import Reports
import Scenarios

/// `coldstart explain`: where one session's movies stand, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows one session's movies from SVD by P5 to the visitor's page, old beside new.",
        usage: "coldstart explain <session> <side> [<new side>] [<options>]",
        discussion: """
            A side is what compare takes: a bundle, a file of rankings, a run file, a database. --why leaves out one \
            rating after the other and shows what becomes of a movie: by its score, and by its place.

            EXAMPLES
              coldstart explain 9d1d…-c3 models new-models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart explain 9d1d…-c3 models --why 318 --models svd …
            """
    )

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"))
    var session: String

    @Argument(help: ArgumentHelp("A side, or two.", valueName: "side"))
    var names: [String]

    @OptionGroup var arguments: BundleSearchArguments

    @Option(help: ArgumentHelp("Which ratings hold this movie where it is.", valueName: "movie"))
    var why: String?

    @Option(help: ArgumentHelp("How many places of each list are drawn.", valueName: "k"))
    var top = 10

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = PlainFormat.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        try arguments.engine.check()
        if names.count > 2 { throw ValidationError("explain takes one side or two, found \(names.count).") }
        if !(1...100).contains(top) { throw ValidationError("--top is a number from 1 to 100, found \(top).") }
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let session: String
        let sides: [Explanation.Side]
        let why: [Why]?

        struct Why: Encodable {
            let side: String
            let movie: MovieID
            let svd: LeaveOneOut.Standing
            let p5: LeaveOneOut.Standing
            let influences: [LeaveOneOut.Influence]
        }
    }

    func run() async throws {
        try await withInputErrors {
            let opened = try arguments.opened()
            let recorded = try opened.session(session)
            var sides: [any ComparisonSide] = []
            for name in names { sides.append(try await opened.sides.side(name).side) }
            let explanation = try Explanation(of: ComparedSession(recorded), sides: sides)
            if let why, opened.titles[MovieID(why)] == nil {
                throw CommandEnd.usage("--why \(why): the catalogue has no such movie")
            }
            let reasons = try why.map { movie in
                try sides.filter { $0.sessions == nil }
                    .map { (side: $0.name, result: try LeaveOneOut(of: MovieID(movie), recorded, side: $0)) }
            }
            if let reasons, reasons.isEmpty {
                throw CommandEnd.usage("--why ranks the session again without each rating, which takes a bundle")
            }
            let console = Console(forbidsColour: noColor)
            if format == .json {
                let why = reasons?
                    .map { Document.Why(side: $0, movie: $1.movie, svd: $1.svd, p5: $1.p5, influences: $1.influences) }
                let document = Document(session: explanation.session, sides: explanation.sides, why: why)
                return try console.output.write(ReportEncoding.pretty(document))
            }
            let width = console.style.columns
            var lines = ExplanationText(explanation, titles: opened.titles, depth: top, width: width).lines
            for (side, result) in reasons ?? [] {
                lines += [StyledLine(), StyledLine(side, .strong)]
                lines += LeaveOneOutText(result, titles: opened.titles, width: width).lines
            }
            try console.write(lines)
        }
    }
}

/// Tables or JSON.
enum PlainFormat: String, CaseIterable, ExpressibleByArgument {
    /// For people.
    case human
    /// For programs.
    case json
}
