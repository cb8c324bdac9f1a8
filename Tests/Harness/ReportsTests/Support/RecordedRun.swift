import Checks
import Scenarios

@testable import Reports

/// Collects what a recorder writes.
final class Output {
    private(set) var pieces: [String] = []

    var text: String { pieces.joined() }

    func sink(_ text: String) throws(ReportError) { pieces.append(text) }
}

/// A run of given results, told to a recorder.
struct RecordedRun {
    var results: [ScenarioResult] = SampleResults.all
    /// The indices in the order in which the scenarios finish.
    var order: [Int]?
    var seed: UInt64? = 7
    var wasInterrupted = false
    /// Scenarios that were chosen and never run.
    var neverRun: [Scenario] = []

    var result: RunResult {
        RunResult(
            results: results,
            toolVersion: "0.1.0",
            seed: seed,
            fingerprints: [.init(path: "svd_5core/V.npy", sha256: String(repeating: "a1", count: 32))],
            wallTime: .milliseconds(2182),
            wasInterrupted: wasInterrupted
        )
    }

    func tell(_ recorder: any Recorder) throws(ReportError) {
        var recorder = recorder
        let scenarios = results.map(\.scenario) + neverRun
        try recorder.record(.runStarted(RunStart(toolVersion: "0.1.0", seed: seed, scenarios: scenarios)))
        let order = order ?? Array(results.indices)
        for index in order { try recorder.record(.scenarioStarted(index: index)) }
        for index in order { try recorder.record(.scenarioFinished(results[index], index: index)) }
        try recorder.record(.runFinished(result))
    }

    /// What the console shows.
    func console(_ verbosity: Verbosity = .normal, style: TerminalStyle = .plain) throws -> String {
        let output = Output()
        let lines = ["name: x", "requests:", "    rankings: golden/demo.jsonl", "    rows: {svd: 10}"]
        let recorder = ConsoleRecorder(
            style: style,
            verbosity: verbosity,
            folder: "build/reports",
            sourceLine: { lines.indices.contains($0.line - 1) ? lines[$0.line - 1] : nil },
            sink: output.sink
        )
        try tell(recorder)
        return output.text
    }
}
