package import Reports

/// When recorded starts of one service could first have passed their probe.
package struct RecordedReadiness: Sendable {
    /// The seconds of each start that came so far, ascending.
    package let seconds: [Double]
    /// How many starts ended before.
    package let ended: Int
    /// What was started and how: strategy, probe, CPU.
    package let setup: SetupReport
    /// The startup probe under which they were recorded.
    package let probe: SetupReport.Probe
    /// The name of the scenario.
    package let scenario: String
    /// How many of the starts were simulated.
    package let simulated: Int
    /// The greatest speed at which a start was recorded.
    package let speed: Double

    /// Reads recorded starts.
    ///
    /// - Parameter reports: The reports of the starts, all of one scenario.
    /// - Throws: `StartupAnalysisError` where there is none, or they are not of one strategy and one startup probe.
    package init(_ reports: [ScenarioReport]) throws(StartupAnalysisError) {
        let started = reports.filter { $0.startup != nil && $0.startup?.outcome != "refused" }
        guard let first = started.first else {
            throw StartupAnalysisError(.empty, "no start was recorded: nothing was started in any of the runs")
        }
        func question(_ report: ScenarioReport) -> [String?] {
            let probe = report.setup.probe
            return [report.setup.strategy, probe?.kind, probe?.path, probe?.port.map(String.init)]
        }
        guard let probe = first.setup.probe else {
            throw StartupAnalysisError(
                .empty,
                "the runs have no startup probe, so that nothing says what to ask; record them under one"
            )
        }
        if let other = started.first(where: { question($0) != question(first) }) {
            let parts = [first, other].map { question($0).compactMap(\.self).joined(separator: " ") }
            throw StartupAnalysisError(
                .badValue,
                "the runs differ in what was started or asked: \(parts[0]) in one, \(parts[1]) in another"
            )
        }
        setup = first.setup
        self.probe = probe
        scenario = first.name
        seconds = started.compactMap { $0.startup?.probeCouldPass }.sorted()
        ended = started.count - seconds.count
        simulated = started.count { $0.process == nil }
        speed = started.compactMap { $0.process?.speed }.max() ?? 1
    }

    /// How many starts there are.
    package var count: Int { seconds.count + ended }
}
