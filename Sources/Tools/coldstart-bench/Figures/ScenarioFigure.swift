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
            let before = ProgramRun.childrenCPU()
            let run = try timed { try runOnce() }
            series.add(Timing(seconds: run.timing.seconds, cpu: ProgramRun.childrenCPU() - before))
            if run.result != 0 { failed = run.result }
        }
        var notes = ["\(Quantity.text(series.cpu, .seconds)) of processor time, PostgreSQL's included"]
        if failed != 0 { notes.append("coldstart run ended with exit code \(failed)") }
        return Figure(
            name: "run all shipped scenarios",
            unit: .seconds,
            coldstart: series.seconds,
            coldstartCPU: series.cpu,
            aim: .scenarios,
            hasFailed: failed != 0,
            note: notes.joined(separator: "; ")
        )
    }

    private func runOnce() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["run", scenarios, "--quiet"]
        // As a user starts it: the threads that comparisons are held to do not bind it.
        let bound = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]
        process.environment = ProcessInfo.processInfo.environment.filter { !bound.contains($0.key) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
