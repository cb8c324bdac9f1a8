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

            Interrupted, it prints which bundles it has looked at by then.

            EXIT CODES
              0 found · 2 usage · 3 a bundle fails · 7 the last one does not differ
              130 interrupted
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
        let lastSame: String
        let session: String?
        let looked: [Bisection.Look]
        /// Whether the search has come to its end; not where it was interrupted.
        let isComplete: Bool

        init(_ search: Bisection, of bundles: [String], shownBy sessions: [Int: String]) {
            self.bundles = bundles
            let first = search.firstDifferent
            firstDifferent = first.map { bundles[$0] }
            lastSame = bundles[search.lastSame]
            session = first.flatMap { sessions[$0] }
            looked = search.looked
            isComplete = search.next == nil
        }
    }

    func run() async throws {
        try await withInputErrors {
            let opened = try arguments.opened()
            let reference = try opened.sides.bundle(bundles[0]).side
            var search = Bisection(count: bundles.count)
            var shownBy: [Int: String] = [:]
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            while let place = search.next, !Task.isCancelled {
                do {
                    shownBy[place] = try session(
                        bundles[place],
                        differsFrom: reference,
                        among: opened,
                        showing: progress
                    )
                    search.record(differs: shownBy[place] != nil)
                } catch is CancellationError {}
            }
            progress.end()
            let document = Document(search, of: bundles, shownBy: shownBy)
            let console = Console()
            if format == .json {
                try console.output.write(ReportEncoding.pretty(document))
            } else {
                try console.write(Self.lines(document))
            }
            if !document.isComplete { throw CancellationError() }
            if document.firstDifferent == nil { throw CommandEnd(exitCode: .inconclusive, message: nil) }
        }
    }

    /// The first session for which a bundle ranks otherwise than the reference.
    private func session(
        _ bundle: String,
        differsFrom reference: any ComparisonSide,
        among opened: BundleSearchArguments.Opened,
        showing progress: ProgressDisplay
    ) throws -> String? {
        let sessions = opened.sessions.map { ComparedSession($0) }
        let side = try opened.sides.bundle(bundle).side
        return try Difference(lists: arguments.lists, depth: top)
            .firstDiffering(reference, side, among: sessions) { progress.show($0, of: sessions.count, name: bundle) }?
            .key
    }

    private static func lines(_ document: Document) -> [StyledLine] {
        var lines = document.looked.map { look in
            StyledLine("\(document.bundles[look.place])  ", .strong)
                .appending(look.differs ? "differs" : "is the same", look.differs ? .bad : .good)
        }
        if !document.isComplete {
            let text = "interrupted before the end; the last that is known to be the same is \(document.lastSame)"
            lines.append(StyledLine(text, .doubtful))
        } else if let first = document.firstDifferent {
            lines.append(
                StyledLine("the first that differs is \(first); \(document.lastSame) is the same", .strong)
            )
            if let session = document.session { lines.append(StyledLine("seen in session \(session)")) }
        } else {
            lines.append(StyledLine("none was found: the last one ranks as the first does", .doubtful))
        }
        return lines
    }
}
