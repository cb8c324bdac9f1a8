import ArgumentParser
import Checks
import Domain
import GoldenReview
import Goldens
import Reports

/// `coldstart golden calibrate`: learns how far rankings of one bundle move by themselves.
struct GoldenCalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Ranks again with other threads and batches, and lets the golden allow what moves.",
        usage: """
            coldstart golden calibrate --golden <file> --bundle <folder>
                --sessions <file> --catalogue <file> [<options>]
            """,
        discussion: """
            The golden keeps, beside what it allows by default, the largest difference of scores and the movement in the \
            ranks 1-10, 11-50 and 51-100. Before that every run must pass, and wrong rankings must not; where they do, \
            nothing is written.

            EXIT CODES
              0 learned · 1 candidates change between runs, or wrong rankings would pass
              2 usage, or a golden that cannot be trusted · 3 environment
            """
    )

    @Option(help: ArgumentHelp("The golden.", valueName: "file"))
    var golden: String

    @OptionGroup(title: "Rankings") var sources: GoldenSources
    @OptionGroup var part: SessionPart
    @OptionGroup var integration: ContinuousIntegration

    @Option(help: ArgumentHelp("The threads to rank with.", valueName: "n,n"))
    var threads = NumberList(values: [1, 2])

    @Option(help: ArgumentHelp("The prompts that a thread encodes at a time.", valueName: "n,n"))
    var batches = NumberList(values: [1, 16])

    @Option(help: ArgumentHelp("How often each of them.", valueName: "n"))
    var repeats = 2

    @Option(help: ArgumentHelp("Who calibrates; default: the user who runs the command.", valueName: "name"))
    var by: String?

    @Flag(help: "Only show what would be learned.")
    var dryRun = false

    func validate() throws {
        try sources.check()
        guard sources.rankings == nil else { throw ValidationError("calibrate ranks itself; leave --rankings out.") }
        guard (1...100).contains(repeats) else { throw ValidationError("--repeats is a number from 1 to 100.") }
    }

    func run() throws {
        if !dryRun { try integration.refuse("golden calibrate") }
        try GoldenCommand.run {
            let file = try GoldenFile(golden)
            let known = try file.rankings()
            let movies = try sources.movies() ?? []
            let recorded = try part.choose(from: try sources.recordedSessions() ?? [])
            let inputs = try sources.inputs(for: known.header.state)
            let runs = try settings()
                .map { settings in
                    let ranker = try sources.ranker(over: movies, under: known.header, settings: settings)
                    let now = try RankingsOfNow(ranking: recorded, with: ranker, inputs: inputs, header: known.header)
                    return now.sessions
                }
            try learn(from: runs, known, file)
        }
    }

    /// The settings of each run.
    private func settings() throws -> [P5Settings] {
        let base = try sources.settings()
        let all = threads.values.flatMap { threads in
            batches.values.map { batch in
                var settings = base
                settings.threads = threads
                settings.batch = batch
                return settings
            }
        }
        for settings in all { try settings.validate() }
        return (0..<repeats).flatMap { _ in all }
    }

    private func learn(from runs: [[GoldenSession]], _ known: GoldenRankings, _ file: GoldenFile) throws {
        let origin = GoldenTolerance.Origin(
            who: by ?? Person.name,
            when: Person.now,
            runs: runs.count,
            over: "threads \(threads), batches \(batches), \(repeats) times"
        )
        do {
            let learned = try LearnedTolerance(from: runs, for: known, origin)
            if !dryRun { try file.write(learned.tolerance) }
            try Console().write(lines(learned.tolerance, sessions: runs[0].count, canaries: learned.canaries))
        } catch let error as LearnedTolerance.Refusal {
            throw CommandEnd(exitCode: .expectationFailed, message: "\(error)")
        }
    }

    private func lines(_ tolerance: GoldenTolerance, sessions: Int, canaries: Int) -> [StyledLine] {
        let runs = Figures.count(tolerance.origin.runs, "run")
        let bands = tolerance.bands.map {
            StyledLine("\($0.model.rawValue), ranks \($0.first) to \($0.last): \(Figures.count($0.places, "place"))")
        }
        return [
            StyledLine("\(runs) of \(Figures.count(sessions, "session")), \(tolerance.origin.over)"),
            StyledLine(
                "largest difference of a score: svd \(tolerance.svdScore.text()), p5 \(tolerance.p5Score.text())"
            ),
        ] + (bands.isEmpty ? [StyledLine("no movie moved beyond its ties", .good)] : bands)
            + [
                StyledLine("each run passes; none of \(Figures.count(canaries, "wrong ranking")) does", .good),
                StyledLine(dryRun ? "nothing was written" : "\(golden) allows that now", .faint),
            ]
    }
}
