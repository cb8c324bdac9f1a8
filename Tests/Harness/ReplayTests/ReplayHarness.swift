import Checks
import ColdstartTestSupport
import Foundation
import Replay
import Scenarios
import ServiceUnderTest

/// Runs shipped scenarios with an engine that a test may have broken.
struct ReplayHarness {
    /// The folder of the shipped scenarios.
    static let folder = Fixtures.packageDirectory + "/scenarios"

    /// What runs the scenarios.
    var target = RunTarget.simulated
    /// How rows are read back.
    var reading = RowReading()
    /// Wraps the store that the engine writes to.
    var decorate: SimulatedTarget.StoreDecorator = { $0 }
    /// Variables that override single paths of the bundle.
    var environment: [String: String] = [:]

    /// Runs the shipped scenarios of these names and returns their results in the order of the files.
    func run(_ names: [String]) async throws -> [ScenarioResult] {
        try await run(try ScenarioLoader.load([Self.folder]).filter { names.contains($0.name.value) })
    }

    /// Runs scenarios and returns their results in order.
    func run(_ scenarios: [Scenario]) async throws -> [ScenarioResult] {
        let schema = try String(contentsOfFile: Self.folder + "/schema.sql", encoding: .utf8)
        let options = RunOptions(
            target: target,
            environment: environment,
            toolVersion: "test",
            reading: reading,
            alteration: EngineAlteration(store: decorate)
        )
        return try await ScenarioRunner(options: options)
            .run(scenarios, schema: schema, notify: { _ in }, record: { _ in })
            .results
    }
}

extension ScenarioResult {
    /// The names of the checks that failed, each once, in order.
    var failedChecks: [String] {
        var names: [String] = []
        for verdict in verdicts where verdict.outcome == .failed && !names.contains(verdict.check) {
            names.append(verdict.check)
        }
        return names
    }
}
