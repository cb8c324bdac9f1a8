import ArgumentParser
import Checks
import Domain
import FaultSweep
import PostgresClient
import Replay
import Reports
import Scenarios
import ServiceUnderTest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `coldstart sweep-faults`: kill, timeout and cut at every boundary of a service's start and of a request to it.
struct SweepFaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep-faults",
        abstract: "Kills, silences and cuts a real service at every boundary, and says whether rows stay whole.",
        usage: "coldstart sweep-faults <scenario> [<options>]",
        discussion: """
            The service of the scenario runs as a real process on a database of its own, reached through a proxy that \
            holds everything while a fault strikes. The scenario's first request meets each fault; its probe, times and \
            faults play no part. Invariants: no partial set ever; an answer of 200 means that the rows are there; an \
            error means that the earlier set is intact, unless the server had committed; in flight at a kill either \
            set, but whole; and once the fault is over the service serves again.

            EXAMPLES
              coldstart sweep-faults scenarios/04-progressive-survives.yaml
              coldstart sweep-faults my.yaml --only kill --only between_sets
              coldstart sweep-faults my.yaml --command ./serve.sh --report-dir sweep

            A service other than `coldstart serve` cannot be held in a stage of its start. Where a line of its log says \
            that a stage begins, --stage-sign names a text in that line; a stage without one is set aside.

            BOUNDARIES
              \(SweepBoundary.allCases.prefix(4).map(\.name).joined(separator: " "))
              \(SweepBoundary.allCases.dropFirst(4).prefix(4).map(\.name).joined(separator: " "))
              \(SweepBoundary.allCases.dropFirst(8).map(\.name).joined(separator: " "))

            EXIT CODES
              0 every cell passed · 2 usage · 3 environment
              5 an invariant does not hold · 7 a cell has no verdict
            """
    )

    @Argument(help: "The scenario file.")
    var scenario: String

    @Option(help: ArgumentHelp("Only this fault or boundary; may be repeated.", valueName: "name"))
    var only: [String] = []

    @Option(
        name: .customLong("stage-sign"),
        help: ArgumentHelp(
            "A text in the line of a foreign service's log that a stage begins with; may be repeated.",
            valueName: "stage=text"
        )
    )
    var stageSign: [String] = []

    @Option(help: ArgumentHelp("A seed in place of the scenario's own.", valueName: "n"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "human, json, junit, html, separated by commas. One alone goes to standard output.",
            valueName: "names"
        )
    )
    var format: OutputFormats?

    @OptionGroup var files: ReportFolderArguments

    @Option(
        help: ArgumentHelp(
            "The tables' definition (default: schema.sql beside the scenario, else built in).",
            valueName: "file"
        )
    )
    var schema: String?

    @Option(
        parsing: .remaining,
        help: ArgumentHelp(
            "The service's program and arguments, to the end (default: coldstart serve).",
            valueName: "words"
        )
    )
    var command: [String] = []

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    /// The boundaries and faults that `--only` leaves.
    private var chosen: (boundaries: [SweepBoundary], faults: [SweepFault]) {
        let boundaries = SweepBoundary.allCases.filter { only.contains($0.name) }
        let faults = SweepFault.allCases.filter { only.contains($0.rawValue) }
        return (boundaries.isEmpty ? SweepBoundary.allCases : boundaries, faults.isEmpty ? SweepFault.allCases : faults)
    }

    /// The texts of `--stage-sign` by stage; `nil` where one of them is none.
    private var signs: [InitialisationStage: String]? {
        var signs: [InitialisationStage: String] = [:]
        for sign in stageSign {
            let parts = sign.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let stage = InitialisationStage(rawValue: String(parts[0])) else { return nil }
            signs[stage] = String(parts[1])
        }
        return signs
    }

    func validate() throws {
        guard signs != nil else {
            let stages = InitialisationStage.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--stage-sign takes STAGE=TEXT, where the stage is one of \(stages).")
        }
        let known = SweepFault.allCases.map(\.rawValue) + SweepBoundary.allCases.map(\.name)
        if let unknown = only.first(where: { !known.contains($0) }) {
            throw ValidationError("--only \(unknown): known are \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let output = try DocumentOutput(format, to: files, of: "a sweep")
        let scenario = try load()
        let sweeper = FaultSweeper(
            program: command.isEmpty ? .coldstart(path: try ownProgram()) : .words(command),
            environment: processEnvironment,
            seed: seed,
            stageSigns: signs ?? [:]
        )
        let tables = try TableDefinition.text(option: schema, beside: scenario)
        let folder = try files.folder(for: output.fileNames)
        let (boundaries, faults) = chosen
        let progress = ProgressDisplay(total: boundaries.count * faults.count, unit: "cells")
        defer { progress.end() }
        let matrix = try await withInterruption {
            do {
                return try await sweeper.sweep(
                    scenario,
                    schema: tables,
                    boundaries: boundaries,
                    faults: faults,
                    record: { [counter = CellCounter(progress)] in counter.tell($0) }
                )
            } catch let error where !(error is CancellationError) {
                let failure = ScenarioResult.Failure(error)
                throw CommandEnd(exitCode: failure.exitCode, message: failure.message)
            }
        }
        progress.end()
        let document = SweepDocument(matrix, toolVersion: Version.text)
        try output.write(document, to: folder, Console(forbidsColour: noColor)) { matrix.lines(width: $0) }
        guard matrix.exitCode == .passed else { throw CommandEnd(exitCode: matrix.exitCode, message: nil) }
    }

    private func load() throws -> Scenario {
        do {
            return try ScenarioLoader.load(file: scenario)
        } catch {
            let excerpt = error.excerpt.map { "\n" + $0 } ?? ""
            throw CommandEnd.usage("\(error)\(excerpt)")
        }
    }
}

/// Tells of each cell while the sweep goes on, on standard error, as the matrix comes at the end.
private final class CellCounter {
    private let progress: ProgressDisplay
    private var finished = 0

    init(_ progress: ProgressDisplay) {
        self.progress = progress
        progress.show(0)
    }

    func tell(_ cell: SweepMatrix.Cell) {
        let name = "\(cell.observation.boundary.name) × \(cell.observation.fault.rawValue)"
        progress.erase()
        StandardError.say("\(name): \(cell.verdict.outcome.rawValue), \(cell.verdict.summary)")
        finished += 1
        progress.show(finished)
    }
}
