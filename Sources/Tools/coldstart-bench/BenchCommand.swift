import ArgumentParser
import Foundation
import LinearAlgebra
import ModelFiles
import RecommendationEngine
import Reports

/// Measures the figures that Coldstart promises, beside those of the Python reference where that is there.
///
/// Started by `scripts/bench`, which says what the options are.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coldstart-bench",
        abstract: "Measures Coldstart beside its Python reference.",
        discussion: "scripts/bench builds and starts it; it ends with 1 where --check is given and an aim is missed."
    )

    @Option(help: "The top of the repository.")
    var root = "."

    @Option(help: "The demo bundle (default: scenarios/bundle of the repository).")
    var bundle: String?

    @Option(help: "The folder for models made on the spot, which are kept.")
    var models: String

    @Option(help: "The program coldstart, for the run of all scenarios, which is left out without it.")
    var coldstart: String?

    @Option(
        help: """
            Python with golden/reference/requirements.txt; without it only Coldstart is measured. With \
            golden/reference/requirements-bench.txt it has CTranslate2 and ONNX Runtime as well.
            """
    )
    var python: String?

    @Option(
        help: "Python with golden/reference/requirements-metrics.txt; without it metrics are measured alone."
    )
    var metricsPython: String?

    @Option(help: "The threads that either side may use (default: one a processor).")
    var threads: Int?

    @Option(help: "How often each piece of work runs; medians count.")
    var rounds = 5

    @Option(help: "A file for the figures as JSON.")
    var json: String?

    @Option(
        help: """
            A group to measure: opening, svd, p5, scenarios, starts, metrics, comparison, diagnosis, coldstart, audit, service, steady, growth, \
            merge or instructions; may come again (default: all but growth, merge, instructions and steady, which \
            --load-minutes adds).
            """
    )
    var figures: [FigureGroup] = []

    @Option(help: "The seconds for which each number of connections asks the service.")
    var loadSeconds = 5

    @Option(help: "A number of connections that ask the service at once; may come again (default: 1, 8 and 64).")
    var connections: [Int] = []

    @Option(help: "The minutes of the steady load, after which memory and rows are looked at (default: none).")
    var loadMinutes: Double?

    @Option(help: "A file for growth as a plot in SVG; adds the group growth.")
    var plot: String?

    @Flag(help: "End with 1 where an aim is missed.")
    var check = false

    /// The movies that P5 ranks in a process of its own whose memory is measured.
    @Option(help: .hidden)
    var onlyMemory: Int?

    /// The stage whose first ranking a process of its own takes the time of.
    @Option(help: .hidden)
    var onlyFirstRanking: FirstRanking.Stage?

    @Option(help: .hidden)
    var onlyWorkload: Workload?

    func validate() throws {
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads is a number from 1 to 256.") }
        if !(1...3_600).contains(loadSeconds) {
            throw ValidationError("--load-seconds is a number from 1 to 3600.")
        }
        if !connections.allSatisfy((1...1_000).contains) {
            throw ValidationError("--connections is a number from 1 to 1000.")
        }
        if let loadMinutes, !(loadMinutes > 0 && loadMinutes <= 1_440) {
            throw ValidationError("--load-minutes is a number above 0, at most 1440.")
        }
        if !(1...1_000).contains(rounds) { throw ValidationError("--rounds is a number from 1 to 1000.") }
    }

    func run() async throws {
        try KernelVariant.choose(from: ProcessInfo.processInfo.environment)
        let machine = Machine.current()
        let threads = threads ?? machine.cores
        ThreadCounts.export(threads)
        BLAS.setThreads(threads)
        let reference =
            try onlyMemory != nil || onlyFirstRanking != nil
            ? nil
            : python.map { interpreter in
                try PythonReference(interpreter: interpreter, folder: join(root, "golden"), threads: threads)
            }
        let bench = bench(threads: threads, reference: reference)
        let large = BundlePaths(directory: join(models, "t5-small-random"))
        if let onlyMemory {
            try SecondStageFigures(bench: bench, large: large).runOnce(movies: onlyMemory)
            return print(Machine.peakMemory())
        }
        if let onlyFirstRanking {
            let first = FirstRanking(bench: bench, large: large, factors: join(models, "svd-11888"))
            return print(String(decoding: try JSONEncoder().encode(first.run(onlyFirstRanking)), as: UTF8.self))
        }
        let standing = try reference?.call(ReferenceWork("versions"), as: ReferenceVersions.self)
        let counts = ThreadCounts(threads: threads, reference: standing)
        describe(machine, counts: counts, standing: standing)
        let measured = try await measure(bench, large: large)
        if !measured.isEmpty {
            for line in FigureTable(figures: measured).lines() { print(line) }
        }
        let growth = try measureGrowth(bench, large: large)
        for line in GrowthTable(growth ?? []).lines() { print(line) }
        if let plot, let growth {
            try Data(GrowthPlot(growth).svg().utf8).write(to: URL(fileURLWithPath: plot), options: .atomic)
        }
        try write(
            BenchReport(
                machine: machine,
                threads: threads,
                environment: counts.environment,
                threadsByProgram: counts.byProgram,
                rounds: rounds,
                referenceVersions: standing?.versions,
                missingPrograms: standing?.missing,
                figures: measured.map(BenchReport.Entry.init),
                growth: growth
            )
        )
        if check, measured.contains(where: { $0.isMet == false }) { throw ExitCode(1) }
    }

    /// Does one workload, for a tool that watches this process.
    func runWorkload() throws {
        guard let onlyWorkload else { return }
        try KernelVariant.choose(from: ProcessInfo.processInfo.environment)
        let stage = SecondStageFigures(
            bench: bench(threads: threads ?? 1, reference: nil),
            large: BundlePaths(directory: join(models, "t5-small-random"))
        )
        try onlyWorkload.run(stage, svdDirectory: join(models, "svd-11888"))
    }

    private func bench(threads: Int, reference: PythonReference?) -> Bench {
        Bench(
            bundle: BundlePaths(directory: bundle ?? join(root, "scenarios/bundle")),
            models: models,
            sessions: join(root, "scenarios/sessions/demo.jsonl"),
            catalogue: join(root, "scenarios/catalogue.jsonl"),
            schema: join(root, "scenarios/schema.sql"),
            threads: threads,
            rounds: rounds,
            reference: reference
        )
    }

    private func measure(_ bench: Bench, large: BundlePaths) async throws -> [Figure] {
        let (production, factors) = (join(models, "svd-11888"), join(models, "svd-100000"))
        progress("making the models that do not ship, where they are not there yet")
        try RandomFactors.make(movies: 11_888, in: production)
        try RandomFactors.make(movies: 100_000, in: factors)
        try makeLargeModel(large, bench)
        var measured: [Figure] = []
        for group in chosen {
            progress(group.rawValue)
            switch group {
            case .opening:
                measured += try OpeningFigures(bench: bench, large: large, factors: production).measure()
            case .svd:
                measured += try FirstStageFigures(
                    bench: bench,
                    productionDirectory: production,
                    largeDirectory: factors
                )
                .measure()
            case .p5:
                measured += try SecondStageFigures(bench: bench, large: large).measure()
                measured += try ProductFigures(bench: bench, folder: models).measure()
            case .scenarios:
                guard let coldstart else { continue }
                let scenarios = join(root, "scenarios")
                let figure = ScenarioFigure(program: coldstart, scenarios: scenarios, rounds: min(3, rounds))
                measured.append(try figure.measure())
            case .starts:
                measured.append(try SimulatedStartsFigure(rounds: rounds).measure())
                guard let coldstart else { continue }
                let scenario = join(root, "scenarios/01-incident-http-probe.yaml")
                measured.append(
                    try SweptStartsFigure(program: coldstart, scenario: scenario, rounds: rounds).measure()
                )
            case .metrics:
                measured += try metricsFigures(threads: bench.threads).measure()
            case .comparison:
                guard let coldstart else { continue }
                let folder = join(models, "comparison")
                measured += try ComparisonFigures(program: coldstart, folder: folder, rounds: rounds).measure()
            case .diagnosis:
                guard let coldstart else { continue }
                let folder = join(models, "diagnosis")
                let interpreter = metricsPython ?? python ?? "python3"
                measured += try DiagnosisFigures(
                    program: coldstart,
                    folder: folder,
                    rounds: rounds,
                    python: interpreter
                )
                .measure()
            case .coldstart:
                guard let coldstart else { continue }
                measured += try ColdStartFigures(
                    bench: bench,
                    program: coldstart,
                    large: large,
                    reference: python.map { ($0, join(root, "golden")) }
                )
                .measure()
            case .audit:
                guard let coldstart else { continue }
                measured.append(
                    try await AuditFigure(program: coldstart, schema: bench.schema, rounds: rounds).measure()
                )
            case .service:
                guard let coldstart else { continue }
                measured += try await serviceFigures(bench, coldstart).measure()
            case .steady:
                guard let coldstart, let loadMinutes else { continue }
                let service = serviceFigures(bench, coldstart)
                measured += try await SteadyLoadFigures(service: service, minutes: loadMinutes).measure()
            case .growth:
                continue
            case .merge:
                guard let coldstart else { continue }
                let folder = join(models, "merge")
                measured += try MergeFigures(bench: bench, program: coldstart, folder: folder, rounds: rounds).measure()
            case .instructions:
                if let obstacle = InstructionFigures.obstacle {
                    progress(obstacle)
                } else {
                    measured += try InstructionFigures(folder: models).measure()
                }
            }
        }
        return measured
    }

    private func metricsFigures(threads: Int) throws -> MetricsFigures {
        let folder = join(root, "golden")
        let reference = try metricsPython.map { interpreter in
            try PythonReference(interpreter: interpreter, folder: folder, module: "metric_bench", threads: threads)
        }
        return try MetricsFigures(
            rounds: rounds,
            threads: threads,
            reference: reference,
            folder: join(models, "metrics")
        )
    }

    private func serviceFigures(_ bench: Bench, _ program: String) -> ServiceFigures {
        ServiceFigures(
            bench: bench,
            program: program,
            connections: connections.isEmpty ? [1, 8, 64] : connections,
            time: .seconds(loadSeconds)
        )
    }

    /// How time grows, where that is wanted.
    private func measureGrowth(_ bench: Bench, large: BundlePaths) throws -> [GrowthSeries]? {
        guard plot != nil || figures.contains(.growth) else { return nil }
        let replay = coldstart.map { program in
            ReplayGrowth(
                program: program,
                bundle: bench.bundle.directory,
                catalogue: bench.catalogue,
                folder: join(models, "replay")
            )
        }
        return try GrowthFigures(stage: SecondStageFigures(bench: bench, large: large), replay: replay) { movies in
            let directory = join(models, "svd-\(movies)")
            try RandomFactors.make(movies: movies, in: directory)
            return directory
        }
        .measure()
    }

    /// The groups to measure, in the order of the table.
    private var chosen: [FigureGroup] {
        let wanted = figures.isEmpty && plot == nil ? FigureGroup.usual : figures
        return FigureGroup.allCases.filter(wanted.contains)
    }

    /// Makes the random t5-small with PyTorch where that is there, so that what is opened is what `torch.save` writes.
    private func makeLargeModel(_ large: BundlePaths, _ bench: Bench) throws {
        guard !FileManager.default.fileExists(atPath: large.checkpoint) else { return }
        guard let reference = bench.reference else {
            return try RandomT5Small.make(in: large.directory, from: bench.bundle)
        }
        var work = ReferenceWork("make", path: large.directory)
        work.bundle = bench.bundle.directory
        _ = try reference.call(work, as: ReferenceAnswer.self)
    }

    private func describe(_ machine: Machine, counts: ThreadCounts, standing: ReferenceVersions?) {
        let facts = [
            machine.processor ?? "unnamed processor",
            "\(machine.cores) cores",
            "OpenBLAS kernel \(machine.openBLASKernel)",
            "Coldstart's kernels \(KernelVariant.inUse.rawValue)",
            "load \(Quantity.digits(machine.load))",
        ]
        print(facts.joined(separator: ", "))
        print(counts.line)
        guard let standing else { return print("without the Python reference: no interpreter with its requirements") }
        let names = standing.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print("reference: " + names.joined(separator: ", "))
        guard !standing.missing.isEmpty else { return }
        let missing = standing.missing.joined(separator: ", ")
        print("not there, hence not measured: \(missing); pip install -r golden/reference/requirements-bench.txt")
    }

    private func write(_ report: BenchReport) throws {
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(report) + Data("\n".utf8)).write(to: URL(fileURLWithPath: json), options: .atomic)
    }
}

extension Workload: ExpressibleByArgument {}

extension FirstRanking.Stage: ExpressibleByArgument {}

/// Writes to standard error what is being measured.
func progress(_ what: String) {
    FileHandle.standardError.write(Data("bench: \(what)\n".utf8))
}

/// Figures that are measured together.
enum FigureGroup: String, CaseIterable, ExpressibleByArgument {
    /// Opening models.
    case opening
    /// The first stage.
    case svd
    /// The second stage.
    case p5
    /// All shipped scenarios.
    case scenarios
    /// Simulated starts.
    case starts
    /// Metrics of rankings.
    case metrics
    /// Comparing models.
    case comparison
    /// Diagnosing a long log.
    case diagnosis
    /// The start of the service's process.
    case coldstart
    /// The audit of a large database.
    case audit
    /// Requests to the service, the database in the loop.
    case service
    /// Requests to the service for minutes.
    case steady
    /// How time grows with sizes.
    case growth
    /// Merging shards of a million sessions, for which files of several gigabytes are made.
    case merge
    /// The instructions of the hot kernels.
    case instructions

    /// Those that are measured where none is named.
    static let usual = allCases.filter { ![.growth, .merge, .instructions].contains($0) }
}
