import Foundation

/// A run of all shipped scenarios by the program itself, with its throw-away PostgreSQL.
struct ScenarioFigure {
    /// The program `coldstart`.
    let program: String
    /// The folder of the scenarios.
    let scenarios: String
    /// How often it runs.
    let rounds: Int

    /// Measures; a run that does not pass fails the figure.
    func measure() throws -> Figure {
        var series = Series()
        var failed: Int32 = 0
        for _ in 0..<rounds {
            let run = try timed { try runOnce() }
            series.add(run.timing)
            if run.result != 0 { failed = run.result }
        }
        return Figure(
            name: "run all shipped scenarios",
            unit: .seconds,
            coldstart: series.seconds,
            aim: .scenarios,
            hasFailed: failed != 0,
            note: failed == 0 ? nil : "coldstart run ended with exit code \(failed)"
        )
    }

    private func runOnce() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["run", scenarios, "--quiet"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
