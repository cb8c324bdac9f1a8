package import ContainerPlatform
package import Reports

/// When recorded starts of one service could first have passed their probe.
package struct RecordedReadiness: Sendable {
    /// Where the starts come from.
    package enum Source: String, Hashable, Sendable, Codable {
        /// Reports of runs, which say when a probe could have passed.
        case runs
        /// A log of Cloud Run, which says when a probe passed: up to a period of it later.
        case log
        /// Statuses of Kubernetes, which say when a pod was ready: up to a period and a second later.
        case kubernetes
    }

    /// The seconds of each start that came so far, ascending.
    package let seconds: [Double]
    /// How many starts ended before.
    package let ended: Int
    /// How many starts are left out, for nothing says when they began.
    package let leftOut: Int
    /// When the service called itself ready, and what it loaded when.
    package let strategy: String
    /// The CPU that the instances got; `nil` where that is not known.
    package let cpu: SetupReport.CPU?
    /// The question of the startup probe under which they were recorded.
    package let handler: ProbeHandler
    /// The name of the scenario, or of the service.
    package let scenario: String
    /// How many of the starts were simulated.
    package let simulated: Int
    /// The greatest speed at which a start was recorded.
    package let speed: Double
    /// Where they come from.
    package let source: Source

    /// Creates starts of which everything is known.
    init(
        seconds: [Double],
        ended: Int,
        leftOut: Int = 0,
        strategy: String,
        cpu: SetupReport.CPU?,
        handler: ProbeHandler,
        scenario: String,
        simulated: Int = 0,
        speed: Double = 1,
        source: Source
    ) {
        self.seconds = seconds.sorted()
        self.ended = ended
        self.leftOut = leftOut
        self.strategy = strategy
        self.cpu = cpu
        self.handler = handler
        self.scenario = scenario
        self.simulated = simulated
        self.speed = speed
        self.source = source
    }

    /// How many starts there are.
    package var count: Int { seconds.count + ended }
}

extension RecordedReadiness {
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
            return [report.setup.strategy, probe?.kind, probe?.path, probe?.service, probe?.port.map(String.init)]
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
        let seconds = started.compactMap { $0.startup?.probeCouldPass }
        self.init(
            seconds: seconds,
            ended: started.count - seconds.count,
            strategy: first.setup.strategy,
            cpu: first.setup.cpu,
            handler: probe.handler,
            scenario: first.name,
            simulated: started.count { $0.process == nil },
            speed: started.compactMap { $0.process?.speed }.max() ?? 1,
            source: .runs
        )
    }
}

extension SetupReport.Probe {
    /// The probe's question.
    fileprivate var handler: ProbeHandler {
        if let service { return .grpc(service: service, port: port) }
        return path.map { .http(path: $0, port: port) } ?? .tcp(port: port)
    }
}
