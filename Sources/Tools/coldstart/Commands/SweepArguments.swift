import Checks
import Domain
import Scenarios
import ServiceUnderTest
import StartupAnalysis

/// The arguments of a sweep, as a sweep.
struct SweepArguments {
    /// How many starts each combination has where starts are drawn and nobody says.
    private static let drawnStarts = 1000

    /// The names that can be varied, as the help lists them.
    static var names: String {
        let names = SweepParameter.all.map(\.name)
        let width = (names.map(\.count).max() ?? 0) + 2
        return stride(from: 0, to: names.count, by: 2)
            .map { place in
                let pair = names[place..<min(place + 2, names.count)]
                return "  " + pair.map { $0 + String(repeating: " ", count: width - $0.count) }.joined()
            }
            .joined(separator: "\n")
    }

    /// The scenario's file.
    let scenario: String
    /// What is varied.
    let vary: [String]
    /// How many starts each combination has.
    let starts: Int?
    /// A seed in place of the scenario's own.
    let seed: UInt64?

    /// Reads the files that the arguments name.
    ///
    /// - Returns: The sweep, and the scenario's name.
    /// - Throws: The end with code 2 for what cannot be understood, 7 where nothing is left to be swept, 3 for a file of
    ///   recorded starts that cannot be read.
    func sweep() throws -> (StartSweep, name: String) {
        let scenario = try load()
        do {
            let axes = try vary.map { text in
                try SweepAxis(parsing: text) { path in
                    try MeasuredStarts(recordedAt: path, scenario: scenario.name.value)
                }
            }
            let grid = try SweepGrid(axes)
            let plan = try scenario.plan(
                sessions: try SessionReader.read(scenario.sessions.file.value),
                seed: seed,
                measured: try replaced(of: scenario, by: grid)
            )
            let sweep = try StartSweep(
                of: plan.start,
                under: plan.platform,
                over: grid,
                starts: starts ?? (grid.isMeasured ? Self.drawnStarts : 1),
                seed: plan.seed
            )
            return (sweep, plan.name)
        } catch {
            throw CommandEnd(analysing: error)
        }
    }

    private func load() throws -> Scenario {
        do {
            return try ScenarioLoader.load(file: scenario)
        } catch {
            let excerpt = error.excerpt.map { "\n" + $0 } ?? ""
            throw CommandEnd.usage("\(error)\(excerpt)")
        }
    }

    /// The stages of the scenario that would be measured on this machine and that the sweep gives durations.
    private func replaced(of scenario: Scenario, by grid: SweepGrid) throws -> [InitialisationStage: Duration] {
        var durations: [InitialisationStage: Duration] = [:]
        for stage in scenario.stages.stagesToMeasure {
            guard grid.gives(.initialisation(stage)) else {
                throw StartupAnalysisError(
                    .badValue,
                    "the scenario measures the stage `\(stage.rawValue)` on this machine; vary it, or state "
                        + "its duration"
                )
            }
            durations[stage] = .zero
        }
        return durations
    }
}

extension CommandEnd {
    /// The end of an analysis of starts that cannot be made.
    init(analysing error: any Error) {
        switch error {
        case let end as CommandEnd: self = end
        case let error as StartupAnalysisError:
            self.init(exitCode: error.code == .empty ? .inconclusive : .usage, message: "\(error)")
        case let error as ScenarioError: self = .usage("\(error)\(error.excerpt.map { "\n" + $0 } ?? "")")
        default: self = .usage("\(error)")
        }
    }
}
