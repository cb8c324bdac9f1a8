import ArgumentParser
import Checks
import Reports
import ResultStore
import Scenarios
import ServiceUnderTest
import Shards
import StartupAnalysis

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `coldstart sweep`: simulates the start of a scenario under every combination of values, and says which survive.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Simulates a scenario's start under every combination of values, and says which survive.",
        usage: "coldstart sweep <scenario> --vary <name>=<values> ... [<options>]",
        discussion: """
            EXAMPLES
              coldstart sweep scenarios/01-incident-http-probe.yaml \\
                  --vary probe.periodSeconds=1..30 --vary cpu=0.5,1,2,4 \\
                  --vary stage.checkpoint=1s..300s --svg map.svg --csv map.csv
              coldstart sweep my.yaml --vary probe.failureThreshold=1..60 \\
                  --vary stages=measured:runs
              coldstart sweep … --csv map.csv --shard 3/64 --output shards
              coldstart sweep … --results postgresql://host/ci --release v7

            NAMES
            \(SweepArguments.names)

            VALUES
              5 or 5,10,20     one by one
              1..30            whole numbers, whole seconds of a stage
              1s..300s/5s      every so many of them
              measured:PATH    drawn from recorded starts: a report.json, its
                               folder, or a folder of such folders

            A start survives where its startup probe succeeds; where
            the platform restarts containers, where a life becomes
            ready while the scenario watches. Other keys of the
            scenario stand; its requests play no part.

            EXIT CODES
              0 swept, whatever survives · 1 nothing survives every condition,
              with --require-survival · 2 usage · 7 nothing was started
            """
    )

    @Argument(help: "The scenario file.")
    var scenario: String

    @Option(help: ArgumentHelp("What is varied, and over which values; may be repeated.", valueName: "name=values"))
    var vary: [String] = []

    @Option(
        help: ArgumentHelp(
            "Starts of each combination (default: 1, or 1000 where starts are drawn).",
            valueName: "n"
        )
    )
    var starts: Int?

    @Option(
        help: ArgumentHelp(
            "What the lower end of the interval of survival must reach where there are several starts.",
            valueName: "p"
        )
    )
    var probability = 0.99

    @Option(help: ArgumentHelp("A seed in place of the scenario's own.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Threads (default: one a processor).", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("A new file for every combination as CSV.", valueName: "file"))
    var csv: String?

    @Option(help: ArgumentHelp("A new file for the map as SVG.", valueName: "file"))
    var svg: String?

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "End with 1 where no policy survives under every condition.")
    var requireSurvival = false

    @OptionGroup(title: "Shards")
    var shards: ShardArguments

    @OptionGroup var order: GivenOrder

    @OptionGroup(title: "Results")
    var kept: ResultArguments

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    /// How the result is printed.
    enum Format: String, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One document.
        case json
    }

    func validate() throws {
        try order.check(
            because: "the threads of sweep take combinations as they become free, and each is simulated in microseconds"
        )
        guard !vary.isEmpty else {
            throw ValidationError("--vary is missing: say what to vary, such as --vary probe.periodSeconds=1..30.")
        }
        if let starts, !(1...100_000_000).contains(starts) {
            throw ValidationError("--starts is a number from 1 to 100000000, found \(starts).")
        }
        guard probability > 0, probability < 1 else {
            throw ValidationError("--probability lies above 0 and below 1, found \(probability).")
        }
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs is a number from 1 to 1024, found \(jobs).")
        }
    }

    func run() async throws {
        let part = try shards.part()
        _ = try kept.keeper()
        let (sweep, name) = try sweep()
        guard let part else {
            let workers = workers
            return try await report(on: sweep, named: name) { take in try await sweep.run(jobs: workers, take) }
        }
        try await runShard(part, of: sweep, named: name)
    }

    /// How many threads simulate at once.
    var workers: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

    /// The sweep that the arguments ask for, and the scenario's name.
    ///
    /// - Throws: The end with code 2 for what makes no sense.
    func sweep() throws -> (StartSweep, name: String) {
        let (sweep, name) = try SweepArguments(scenario: scenario, vary: vary, starts: starts, seed: seed).sweep()
        if svg != nil, sweep.grid.lineAxis == nil {
            throw CommandEnd.usage("--svg: a map needs a parameter with two values or more")
        }
        let criterion = SurvivalCriterion(probability: probability)
        if sweep.starts > 1, sweep.starts < criterion.leastStarts {
            throw CommandEnd.usage(
                "--starts \(sweep.starts): a probability of \(probability) needs at least "
                    + "\(criterion.leastStarts) starts"
            )
        }
        return (sweep, name)
    }

    /// Takes tallies in the order of the grid, several at a time, and how many starts are done.
    typealias Take = (_ tallies: [CellTally], _ done: Int) throws -> Void

    /// Reports a sweep.
    ///
    /// - Parameters:
    ///   - sweep: The sweep.
    ///   - name: The scenario's name.
    ///   - seconds: The time that the tallies took; `nil` where it is measured here.
    ///   - shards: The shards that are merged; `nil` for what this process does alone.
    ///   - tallies: Hands over the tallies of all combinations.
    /// - Throws: The end with the code of what was found; what `tallies` throws.
    func report(
        on sweep: StartSweep,
        named name: String,
        seconds: Double? = nil,
        mergedOf shards: ShardSet? = nil,
        from tallies: @escaping @Sendable (Take) async throws -> Void
    ) async throws {
        let results = try kept.keeper()
        let picture = try svg.map { path in try OutputDescriptor(creating: path) }
        let progress = ProgressDisplay(total: sweep.count, unit: "starts")
        defer { progress.end() }
        let begin = ContinuousClock.now
        let survey = try await withInterruption { [csv, probability] in
            let table = try csv.map { path in try OutputDescriptor(creating: path) }
            var survey = SurvivalSurvey(of: sweep, criterion: SurvivalCriterion(probability: probability))
            var rows = SurvivalCSV(sweep.grid)
            try table?.write(rows.heading)
            try await tallies { tallies, done in
                survey.take(tallies)
                try table?.write(rows.lines(of: tallies))
                progress.show(done)
            }
            try table?.finish()
            return survey
        }
        let took = seconds ?? (ContinuousClock.now - begin) / .seconds(1)
        progress.end()
        try picture?.write(survey.map.map { SurvivalPicture($0, title: name).svg() } ?? "")
        try picture?.finish()
        let document = SurvivalDocument(survey, of: sweep, scenario: name, toolVersion: Version.text)
        try print(survey, document, seconds: took)
        if survey.started == 0 {
            StandardError.say(
                "the platform refuses every combination; nothing was started"
                    + (survey.refusal.map { " (\($0))" } ?? "")
            )
        }
        let code: Checks.ExitCode =
            survey.started == 0
            ? .inconclusive : requireSurvival && survey.policies.policies.isEmpty ? .expectationFailed : .passed
        try await CommandEnd.end(code) {
            let findings = ResultFindings(document, exitCode: code.rawValue, seconds: took)
            try await results?.keep(findings, mergedOf: shards)
        }
    }

    private func print(_ survey: SurvivalSurvey, _ document: SurvivalDocument, seconds: Double) throws {
        let console = Console(forbidsColour: noColor)
        switch format {
        case .human:
            try console.write(SurvivalText(survey, document, seconds: seconds).lines(width: console.style.columns))
        case .json:
            try console.output.write(document.json)
        }
    }
}
