import ArgumentParser
import Checks
import Domain
import GoldenReview
import Goldens
import Reports
import Scenarios

/// `coldstart golden check`: compares rankings with a golden and keeps what differs for a person to look at.
struct GoldenCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compares rankings with a golden; what differs becomes pending beside it.",
        usage: """
            coldstart golden check --golden <file> --bundle <folder>
                --sessions <file> --catalogue <file> [<options>]
            """,
        discussion: """
            Coldstart ranks under the settings that the golden was made with. Differences are written to \
            <golden>.pending, never into the golden; in CI (--ci, or the variable CI) nothing is written, and they fail.

            EXAMPLES
              coldstart golden check --golden demo.jsonl --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart golden check --golden demo.jsonl \\
                  --rankings theirs.jsonl --made-by "ranker 2.1"
              coldstart golden check --golden start.json --start reports

            EXIT CODES
              0 as in the golden · 1 a golden or a session of it is missing, a difference
              was rejected, or in CI anything differs · 2 usage, or a golden that cannot
              be trusted · 3 environment · 6 differences are pending · 7 nothing compared
            """
    )

    /// What becomes of sessions of the golden that nothing is compared with.
    enum Unreferenced: String, CaseIterable, ExpressibleByArgument {
        /// Nothing is said.
        case ignore
        /// They are reported.
        case warn
        /// They fail.
        case reject
    }

    /// How the report is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// For people.
        case human
        /// One JSON document.
        case json
    }

    @Option(help: ArgumentHelp("The golden.", valueName: "file"))
    var golden: String

    @OptionGroup(title: "Rankings") var sources: GoldenSources
    @Option(
        help: ArgumentHelp(
            "The bundle that the golden was made from: says which part of it moved each session.",
            valueName: "folder"
        )
    )
    var oldBundle: String?

    @OptionGroup var part: SessionPart
    @OptionGroup var integration: ContinuousIntegration

    @Option(
        help: ArgumentHelp("A recorded start, for the golden of one: report.json, or its folder.", valueName: "run")
    )
    var start: String?

    @Option(help: ArgumentHelp("ignore, warn or reject: sessions of the golden that nothing is compared with."))
    var unreferenced = Unreferenced.warn

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    func validate() throws {
        guard start == nil else { return }
        try sources.check()
        if oldBundle != nil, sources.rankings != nil {
            throw ValidationError("--old-bundle needs the bundle of now to rank with; leave --rankings out.")
        }
    }

    func run() throws {
        try GoldenCommand.run {
            if let start {
                return try GoldenTimelineCheckCommand.check(golden, start, name: nil, integration, Console())
            }
            let file = try GoldenFile(golden)
            let report = try report(on: file)
            let console = Console()
            switch format {
            case .human: try console.write(report.lines(width: console.style.columns))
            case .json: try console.output.write(ReportEncoding.pretty(CheckDocument(report)))
            }
            if report.exitCode != .passed { throw CommandEnd(exitCode: report.exitCode, message: nil) }
        }
    }

    private func report(on file: GoldenFile) throws -> CheckReport {
        let golden = try file.rankings()
        let movies = try sources.movies()
        let recorded = try sources.recordedSessions()
        var notes: [String] = []
        if let movies {
            try golden.requireKnown(movies: Set(movies.map(\.id)), sessions: recorded.map { Set($0.map(\.id)) })
        } else {
            notes.append("unknown movies were not looked for: there is no --catalogue")
        }
        let now = try rankings(golden, recorded, movies)
        if now.inputs.bundle == nil { notes.append("model files were not compared: there is no --bundle") }
        var check = GoldenCheck(with: golden)
        for session in now.sessions { check.add(session) }
        let blame = try blame(check.differences, golden, recorded ?? [], movies ?? [])
        let changes = now.inputs.changes(from: golden.header)
        let found =
            (changes.isEmpty ? [] : [PendingEntry(files: changes, by: now.maker)])
            + check.differences.map { difference in
                let id = difference.now.id
                let notes = [blame[id]].compactMap(\.self) + (now.notes[id] ?? [])
                return PendingEntry(difference, by: now.maker, notes: notes)
            }
        let kept = try file.keep(
            found,
            of: check,
            inputs: now.inputs,
            when: Person.now,
            command: RankingsOfNow.command,
            writes: !integration.forbidsWriting
        )
        return CheckReport(
            check: check,
            maker: now.maker,
            entries: kept.entries,
            earlier: kept.earlier,
            unreferenced: part.isWhole && unreferenced != .ignore
                ? .found(check.unreferenced)
                : .notLookedFor(reason: part.isWhole ? "--unreferenced ignore" : part.description),
            rejectsUnreferenced: unreferenced == .reject,
            pendingPath: integration.forbidsWriting ? nil : file.pendingPath,
            notes: notes
        )
    }

    /// Which part of the bundle moved the sessions that differ, where the old one is at hand.
    private func blame(
        _ differences: [SessionDifference],
        _ golden: GoldenRankings,
        _ recorded: [RecordedSession],
        _ movies: [CatalogueMovie]
    ) throws -> [SessionID: String] {
        guard let oldBundle, let bundle = sources.bundle else { return [:] }
        let moved = Set(differences.map(\.now.id))
        return try GoldenBlame(
            from: oldBundle,
            to: bundle,
            sessions: recorded.filter { moved.contains($0.id) },
            catalogue: movies,
            header: golden.header,
            settings: try sources.settings()
        )
        .lines
    }

    private func rankings(
        _ golden: GoldenRankings,
        _ recorded: [RecordedSession]?,
        _ movies: [CatalogueMovie]?
    ) throws -> RankingsOfNow {
        let header = golden.header
        let inputs = try sources.inputs(for: header.state)
        guard let file = sources.rankings, let maker = sources.maker else {
            let ranker = try sources.ranker(over: movies ?? [], under: header, settings: try sources.settings())
            ranker.sayNotes()
            return try RankingsOfNow(
                ranking: try part.choose(from: recorded ?? []),
                with: ranker,
                inputs: inputs,
                header: header
            )
        }
        let all = try RankingsOfNow(reading: file, maker: maker, inputs: inputs, header: header)
        return try all.choosing(part)
    }
}
