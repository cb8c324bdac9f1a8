import ArgumentParser
import Foundation
import LinearAlgebra
import ModelFiles

/// Measures the figures that Coldstart promises, beside those of the Python reference where that is there.
///
/// Started by `scripts/bench`, which says what the options are.
@main
struct BenchCommand: ParsableCommand {
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

    @Option(help: "Python with the reference's requirements; without it only Coldstart is measured.")
    var python: String?

    @Option(help: "The threads that either side may use (default: one a processor).")
    var threads: Int?

    @Option(help: "How often each piece of work runs; medians count.")
    var rounds = 5

    @Option(help: "A file for the figures as JSON.")
    var json: String?

    @Flag(help: "End with 1 where an aim is missed.")
    var check = false

    @Flag(help: .hidden)
    var onlyMemory = false

    func validate() throws {
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads is a number from 1 to 256.") }
        if !(1...1_000).contains(rounds) { throw ValidationError("--rounds is a number from 1 to 1000.") }
    }

    func run() throws {
        let machine = Machine.current()
        let threads = threads ?? machine.cores
        BLAS.setThreads(threads)
        let reference =
            try onlyMemory
            ? nil
            : python.map { interpreter in
                try PythonReference(interpreter: interpreter, folder: join(root, "golden"), threads: threads)
            }
        let bench = Bench(
            bundle: BundlePaths(directory: bundle ?? join(root, "scenarios/bundle")),
            models: models,
            sessions: join(root, "scenarios/sessions/demo.jsonl"),
            catalogue: join(root, "scenarios/catalogue.jsonl"),
            threads: threads,
            rounds: rounds,
            reference: reference
        )
        let large = BundlePaths(directory: join(models, "t5-small-random"))
        guard !onlyMemory else {
            try SecondStageFigures(bench: bench, large: large).runOnce()
            return print(Machine.peakMemory())
        }
        let versions = try reference?.call(ReferenceWork("versions"), as: ReferenceVersions.self).versions
        describe(machine, threads: threads, versions: versions)
        let figures = try measure(bench, large: large)
        for line in FigureTable(figures: figures).lines() { print(line) }
        try write(
            BenchReport(
                machine: machine,
                threads: threads,
                rounds: rounds,
                referenceVersions: versions,
                figures: figures.map(BenchReport.Entry.init)
            )
        )
        if check, figures.contains(where: { $0.isMet == false }) { throw ExitCode(1) }
    }

    private func measure(_ bench: Bench, large: BundlePaths) throws -> [Figure] {
        let factors = join(models, "svd-100000")
        progress("making the models that do not ship, where they are not there yet")
        try RandomFactors.make(films: 100_000, in: factors)
        try makeLargeModel(large, bench)
        progress("opening")
        var figures = try OpeningFigures(bench: bench, large: large).measure()
        progress("first stage")
        figures += try FirstStageFigures(bench: bench, largeDirectory: factors).measure()
        progress("second stage")
        figures += try SecondStageFigures(bench: bench, large: large).measure()
        if let coldstart {
            progress("scenarios")
            let scenarios = join(root, "scenarios")
            figures.append(
                try ScenarioFigure(program: coldstart, scenarios: scenarios, rounds: min(3, rounds)).measure()
            )
        }
        progress("simulated starts")
        figures.append(try SimulatedStartsFigure(rounds: rounds).measure())
        return figures
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

    private func describe(_ machine: Machine, threads: Int, versions: [String: String]?) {
        let facts = [
            machine.processor ?? "unnamed processor",
            "\(machine.cores) cores",
            "OpenBLAS kernel \(machine.openBLASKernel)",
            threads == 1 ? "1 thread" : "\(threads) threads",
            "load \(Quantity.digits(machine.load))",
        ]
        print(facts.joined(separator: ", "))
        guard let versions else { return print("without the Python reference: no interpreter with its requirements") }
        let names = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print("reference: " + names.joined(separator: ", "))
    }

    private func progress(_ what: String) {
        FileHandle.standardError.write(Data("bench: \(what)\n".utf8))
    }

    private func write(_ report: BenchReport) throws {
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(report) + Data("\n".utf8)).write(to: URL(fileURLWithPath: json), options: .atomic)
    }
}
