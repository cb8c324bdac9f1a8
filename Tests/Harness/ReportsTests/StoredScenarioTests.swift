import Checks
import Testing

@testable import Reports

struct StoredScenarioTests {
    /// Tells a recorder of scenarios as if another process had run them: written as JSON, and read.
    private struct Elsewhere: Recorder {
        var recorder: any Recorder
        private var plan: PlannedRun?

        init(_ recorder: any Recorder) { self.recorder = recorder }

        private func stored(_ scenario: FinishedScenario) -> StoredScenario {
            let text = ReportEncoding.line(StoredScenario(report: scenario.whole))
            guard let stored = try? ReportEncoding.decode(StoredScenario.self, from: text) else {
                Issue.record("a report that cannot be read: \(text)")
                return StoredScenario(report: scenario.whole)
            }
            return stored
        }

        mutating func take(_ event: ReportEvent) throws(ReportError) {
            switch event {
            case .runStarted(let plan):
                self.plan = plan
                try recorder.take(event)
            case .scenarioStarted, .scenarioWaiting: try recorder.take(event)
            case .scenarioFinished(let scenario, let index):
                try recorder.take(.scenarioFinished(.stored(stored(scenario)), index: index))
            case .runFinished(let run):
                guard let plan else { return }
                let elsewhere = FinishedRun(
                    plan,
                    scenarios: run.scenarios.map(stored),
                    fingerprints: run.fingerprints,
                    wallSeconds: run.wallSeconds
                )
                #expect(elsewhere.exitCode == run.exitCode && elsewhere.causes == run.causes)
                try recorder.take(.runFinished(elsewhere))
            }
        }
    }

    private static let recorders: [(String, @Sendable (Output) -> any Recorder)] = [
        ("json", { JSONRecorder(sink: $0.sink) }), ("jsonl", { JSONLRecorder(sink: $0.sink) }),
        ("junit", { JUnitRecorder(sink: $0.sink) }),
        ("quiet", { ConsoleRecorder(style: .plain, verbosity: .quiet, folder: "reports", sink: $0.sink) }),
        ("normal", { ConsoleRecorder(style: .plain, verbosity: .normal, folder: nil, sink: $0.sink) }),
        ("verbose", { ConsoleRecorder(style: .plain, verbosity: .verbose, folder: nil, sink: $0.sink) }),
    ]

    @Test("reports of scenarios that another process ran are those of this process")
    func reports() throws {
        for (name, recorder) in Self.recorders {
            for run in [RecordedRun(), RecordedRun(results: [SampleResults.killed], seed: nil)] {
                let (here, elsewhere) = (Output(), Output())
                try run.tell(recorder(here))
                try run.tell(Elsewhere(recorder(elsewhere)))
                #expect(!here.text.isEmpty && elsewhere.text == here.text, "\(name)")
            }
        }
    }
}
