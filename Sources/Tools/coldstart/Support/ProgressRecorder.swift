import Checks
import Reports
import Scenarios

/// Shows a run's progress on standard error, for runs whose report goes somewhere else than to a terminal.
struct ProgressRecorder: Recorder {
    private let display = ProgressDisplay(unit: "scenarios")
    private var names: [String] = []
    private var finished = 0

    mutating func take(_ event: ReportEvent) {
        switch event {
        case .runStarted(let start): names = start.scenarios.map(\.name)
        case .scenarioStarted(let index): display.show(finished, of: names.count, name: names[index])
        case .scenarioWaiting(let index, let what):
            display.show(finished, of: names.count, name: names[index], waitsFor: what)
        case .scenarioFinished:
            finished += 1
            display.show(finished, of: names.count)
        case .runFinished: display.end()
        }
    }
}
