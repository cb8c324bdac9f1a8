import ArgumentParser
import Checks
import Domain
import ModelChecks
import ModelComparison
import Reports

/// `coldstart shrink`: the smallest set of a session's ratings that still shows a difference.
struct ShrinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shrink",
        abstract: "Finds the fewest ratings of a session for which two bundles still rank otherwise.",
        usage: "coldstart shrink <session> <old> <new> [<options>]",
        discussion: """
            Leaves out ratings as long as the first places still differ (delta debugging). The result is minimal: \
            without any one of its ratings they are the same, which the last trials have shown.

            EXAMPLE
              coldstart shrink 9d1d…-c3 models new-models --top 10 \\
                  --sessions sessions.jsonl --catalogue movies.jsonl

            Interrupted, it prints the fewest ratings that it has found by then, and says that fewer may do.

            EXIT CODES
              0 found · 2 usage · 3 a bundle fails · 7 nothing differs
              130 interrupted
            """
    )

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"))
    var session: String

    @Argument(help: ArgumentHelp("The old bundle.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new bundle.", valueName: "new"))
    var new: String

    @OptionGroup var arguments: BundleSearchArguments

    @Option(help: ArgumentHelp("How many places of each list must differ somewhere; all without it.", valueName: "k"))
    var top: Int?

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = PlainFormat.human

    func validate() throws {
        try arguments.engine.check()
        if let top, !(1...100).contains(top) {
            throw ValidationError("--top is a number from 1 to 100, found \(top).")
        }
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let session: String
        let ratings: [Kept]
        let ratingsBefore: Int
        let lists: [ComparedList]
        let trials: Int
        /// Whether it is known that no rating can be left out; not where the search was interrupted.
        let isMinimal: Bool

        struct Kept: Encodable {
            let movie: MovieID
            let rating: Double
        }
    }

    func run() async throws {
        try await withInputErrors {
            let opened = try arguments.opened()
            let recorded = try opened.session(session)
            let (before, after) = (try opened.sides.bundle(old).side, try opened.sides.bundle(new).side)
            let all = Difference(lists: arguments.lists, depth: top)
            let lists = try all.differing(before, after, for: recorded)
            guard !lists.isEmpty else {
                throw CommandEnd(exitCode: .inconclusive, message: "\(session): both bundles rank the same")
            }
            // The list that differs is held fixed, so that the smallest set shows that difference and no other.
            let difference = Difference(lists: lists, depth: top)
            var search = DeltaDebugging.Search(count: recorded.ratings.count)
            let progress = ProgressDisplay(unit: "trials")
            defer { progress.end() }
            while let part = search.next, !Task.isCancelled {
                progress.show(search.trials)
                let tried = recorded.with(part.map { recorded.ratings[$0] })
                do {
                    search.record(try !difference.differing(before, after, for: tried).isEmpty)
                } catch is CancellationError {}
            }
            progress.end()
            let document = Document(
                session: session,
                ratings: search.smallest.map { place in
                    Document.Kept(movie: recorded.ratings[place].movie, rating: recorded.ratings[place].value)
                },
                ratingsBefore: recorded.ratings.count,
                lists: lists,
                trials: search.trials,
                isMinimal: search.next == nil
            )
            let console = Console()
            if format == .json {
                try console.output.write(ReportEncoding.pretty(document))
            } else {
                try console.write(Self.lines(document, titles: opened.titles))
            }
            if !document.isMinimal { throw CancellationError() }
        }
    }

    private static func lines(_ document: Document, titles: [MovieID: String]) -> [StyledLine] {
        let lists = document.lists.map(\.rawValue).joined(separator: ", ")
        let head =
            Figures.count(document.ratings.count, "rating")
            + " of \(document.ratingsBefore) show the difference (\(lists))"
        let ratings = document.ratings.map { kept in
            StyledLine("  \(Figures.fixed(kept.rating, decimals: 1))  ", .faint)
                .appending("\(titles[kept.movie] ?? kept.movie.text) (\(kept.movie))")
        }
        let trials = Figures.count(document.trials, "trial")
        let tail =
            document.isMinimal
            ? StyledLine("minimal: without any one of them both rank the same · \(trials)", .faint)
            : StyledLine("interrupted after \(trials): fewer may do", .doubtful)
        return [StyledLine(head, .strong)] + ratings + [tail]
    }
}
