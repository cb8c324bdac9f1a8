import ArgumentParser
import Checks
import Domain
import ModelComparison
import Reports

/// `coldstart bisect`: the first bundle of a list that ranks otherwise.
struct BisectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bisect",
        abstract: "Finds the first of several bundles that ranks otherwise than the first of them.",
        usage: "coldstart bisect <bundle> <bundle>… [<options>]",
        discussion: """
            Name the bundles from the oldest to the newest. As git bisect does, it takes for granted that bundles \
            behind a different one are different too; the last one is looked at first. --cache keeps what P5 answered, \
            so that a second search computes only what is new.

            EXAMPLE
              coldstart bisect v1 v2 v3 v4 --cache cache \\
                  --sessions sessions.jsonl --catalogue movies.jsonl

            EXIT CODES
              0 found · 2 usage · 3 a bundle fails · 7 the last one does not differ
            """
    )

    @Argument(help: ArgumentHelp("The bundles, the oldest first.", valueName: "bundle"))
    var bundles: [String]

    @OptionGroup var arguments: BundleSearchArguments

    @Option(help: ArgumentHelp("How many places of each list must be the same; all without it.", valueName: "k"))
    var top: Int?

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = PlainFormat.human

    func validate() throws {
        try arguments.engine.check()
        if bundles.count < 2 { throw ValidationError("bisect takes at least two bundles, found \(bundles.count).") }
        if let top, !(1...100).contains(top) {
            throw ValidationError("--top is a number from 1 to 100, found \(top).")
        }
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let bundles: [String]
        let firstDifferent: String?
        let lastSame: String?
        let session: String?
        let looked: [Bisection.Look]
    }

    func run() async throws {
        try await withInputErrors {
            let opened = try arguments.opened()
            let difference = Difference(lists: arguments.lists, depth: top)
            let sessions = opened.sessions.map { ComparedSession($0) }
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            let reference = try opened.sides.bundle(bundles[0]).side
            var shownBy: [Int: String] = [:]
            let outcome = try Bisection.search(bundles.count) { place in
                let found = try difference.firstDiffering(
                    reference,
                    try opened.sides.bundle(bundles[place]).side,
                    among: sessions
                ) { progress.show($0, of: sessions.count, name: bundles[place]) }
                shownBy[place] = found?.key
                return found != nil
            }
            progress.end()
            let first = outcome.firstDifferent
            let document = Document(
                bundles: bundles,
                firstDifferent: first.map { bundles[$0] },
                lastSame: bundles[(first ?? bundles.count) - 1],
                session: first.flatMap { shownBy[$0] },
                looked: outcome.looked
            )
            let console = Console()
            if format == .json {
                try console.output.write(ReportEncoding.pretty(document))
            } else {
                try console.write(Self.lines(document))
            }
            if first == nil { throw CommandEnd(exitCode: .inconclusive, message: nil) }
        }
    }

    private static func lines(_ document: Document) -> [StyledLine] {
        var lines = document.looked.map { look in
            StyledLine("\(document.bundles[look.place])  ", .strong)
                .appending(look.differs ? "differs" : "is the same", look.differs ? .bad : .good)
        }
        if let first = document.firstDifferent {
            lines.append(
                StyledLine("the first that differs is \(first); \(document.lastSame ?? "") is the same", .strong)
            )
            if let session = document.session { lines.append(StyledLine("seen in session \(session)")) }
        } else {
            lines.append(StyledLine("none was found: the last one ranks as the first does", .doubtful))
        }
        return lines
    }
}
