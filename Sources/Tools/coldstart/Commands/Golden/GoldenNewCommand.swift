import ArgumentParser
import Checks
import Domain
import GoldenReview
import Goldens
import Reports

/// `coldstart golden new`: makes a golden for a user's own bundle.
struct GoldenNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a golden of what another program ranked, or of what Coldstart ranks.",
        usage: """
            coldstart golden new --golden <file> --bundle <folder> --sessions <file>
                --catalogue <file> [--rankings <file> --made-by <name version>]
            """,
        discussion: """
            With --rankings another program's rankings become the golden, made from the files of --bundle, --sessions and \
            --catalogue. Without it Coldstart ranks; the golden then says that no other program has checked it, and every \
            report repeats that.

            EXAMPLES
              coldstart golden new --golden demo.jsonl --bundle models \\
                  --sessions sessions.jsonl --catalogue movies.jsonl \\
                  --rankings theirs.jsonl --made-by "ranker 2.1"

            EXIT CODES
              0 written · 2 usage, or rankings that no golden can hold
              3 a file cannot be read or written · 7 nothing was ranked
            """
    )

    @Option(help: ArgumentHelp("The golden to make.", valueName: "file"))
    var golden: String

    @OptionGroup(title: "Rankings") var sources: GoldenSources
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup var integration: ContinuousIntegration

    @Flag(help: "A golden without P5: what SVD ranks alone.")
    var svdOnly = false

    @Flag(help: "Replace a golden that is there.")
    var force = false

    func validate() throws {
        try engine.check()
        try sources.check()
        guard engine.precision == .float32 else {
            throw ValidationError("--precision verified is none of a golden's: its gaps of logits are float32's.")
        }
        guard sources.bundle != nil, sources.sessions != nil, sources.catalogue != nil else {
            throw ValidationError("--bundle, --sessions and --catalogue are needed: a golden names its files.")
        }
    }

    func run() throws {
        try integration.refuse("golden new")
        try GoldenCommand.run {
            let settings = try engine.settings()
            let state: GoldenState = svdOnly ? .svdOnly : .full
            let inputs = try sources.inputs(for: state)
            let header = GoldenHeader(
                maker: sources.maker ?? .coldstart(version: Version.text),
                state: state,
                settings: settings,
                scoreFormula: engine.scoreFormula,
                inputs: inputs
            )
            let recorded = try sources.recordedSessions() ?? []
            let movies = try sources.movies() ?? []
            let now: RankingsOfNow
            if let rankings = sources.rankings {
                now = try RankingsOfNow(reading: rankings, maker: header.maker, inputs: inputs, header: header)
            } else {
                let ranker = try sources.ranker(over: movies, under: header, settings: settings)
                ranker.sayNotes()
                now = try RankingsOfNow(ranking: recorded, with: ranker, inputs: inputs, header: header)
            }
            let made = GoldenRankings(file: sources.rankings ?? golden, header: header, sessions: now.sessions)
            try made.requireKnown(movies: Set(movies.map(\.id)), sessions: Set(recorded.map(\.id)))
            try requireRankings(in: now)
            try GoldenFile.create(
                GoldenDocument(file: golden, header: header, sessions: now.sessions),
                at: golden,
                replacing: force
            )
            try say(made, of: recorded.count)
        }
    }

    /// Refuses a golden in which a model ranked nothing: it would pass a service that recommends nothing.
    private func requireRankings(in now: RankingsOfNow) throws {
        let idle = now.sessions.first { $0.svd.places.isEmpty || (!svdOnly && $0.p5.places.isEmpty) }
        guard let idle else { return }
        let model = idle.svd.places.isEmpty ? "SVD" : "P5"
        let why = now.notes[idle.id]?.first.map { ": \($0)" } ?? ""
        throw CommandEnd(
            exitCode: .inconclusive,
            message: "session \(idle.id): \(model) ranked nothing\(why); --svd-only makes a golden without P5"
        )
    }

    private func say(_ made: GoldenRankings, of recorded: Int) throws {
        var lines = [
            StyledLine("\(golden): \(Figures.count(made.sessions.count, "session")), made by \(made.header.maker)")
        ]
        if made.sessions.count < recorded {
            lines.append(
                StyledLine("\(recorded - made.sessions.count) of \(recorded) sessions have no rankings", .doubtful)
            )
        }
        if made.header.maker.isColdstart {
            lines.append(StyledLine("it was never checked by another program, and reports will repeat that", .doubtful))
        }
        try Console().write(lines)
    }
}
