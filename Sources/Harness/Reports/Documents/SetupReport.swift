import ContainerPlatform
import Domain
import Scenarios

/// What was run, in a report: the service's strategy, the platform, the probes and the CPU.
///
/// Keys: `strategy` (`blocking`, `progressive`, `gated`, `lazy`), `wholeWordEmbeddings`, `platform` (absent for Cloud Run),
/// `probe` (`kind`, `path`, `service` of a gRPC probe, `port`, `unknownPort` where a name is asked for that the container
/// does not have, `initialDelay`, `timeout`, `period` in seconds, `failureThreshold`, `isPlatformDefault`,
/// `successThreshold` and `isAggressive` where they are not 1 and `false`; `null` without a startup probe), `liveness` and
/// `readiness` (as `probe`; absent without one), `cpu` (`limit` in vCPU, `billing`, `startupBoost`).
package struct SetupReport: Hashable, Sendable, Codable {
    /// When the service calls itself ready, and what it loads when.
    package var strategy: String
    /// Whether P5 adds whole-word embeddings to its input.
    package var wholeWordEmbeddings: Bool
    /// The platform where it is not Cloud Run.
    package var platform: String?
    /// The startup probe as configured.
    @OrNull package var probe: Probe?
    /// The liveness probe as configured.
    package var liveness: Probe?
    /// The readiness probe as configured.
    package var readiness: Probe?
    /// The CPU that the instance gets.
    package var cpu: CPU

    /// A probe.
    package struct Probe: Hashable, Sendable, Codable {
        /// `TCP`, `HTTP` or `GRPC`.
        package var kind: String
        /// The path of an HTTP probe.
        @OrNull package var path: String?
        /// The service that a gRPC probe asks about, empty for the server as a whole; `nil` for any other probe.
        package var service: String?
        /// The name of the port to ask at, where the container has none of that name.
        package var unknownPort: String?
        /// The port as configured; `null` for the container's.
        @OrNull package var port: Int?
        /// Seconds from instance start to the first attempt.
        package var initialDelay: Double
        /// The most seconds that an attempt takes.
        package var timeout: Double
        /// Seconds from one attempt to the next.
        package var period: Double
        /// The consecutive failures at which the instance is given up.
        package var failureThreshold: Int
        /// Whether the platform added the probe because none was configured.
        package var isPlatformDefault: Bool
        /// The consecutive successes that it needs; `nil` for one.
        package var successThreshold: Int?
        /// Whether a queue-proxy asks again and again during each attempt; `nil` where none does.
        package var isAggressive: Bool?

        /// Describes a probe.
        init(_ probe: ProbeConfiguration) {
            kind = probe.handler.logName
            path = probe.handler.path
            service = probe.handler.service
            unknownPort = probe.unknownPort?.text
            port = probe.handler.port
            initialDelay = probe.initialDelay.reportedSeconds
            timeout = probe.timeout.reportedSeconds
            period = probe.period.reportedSeconds
            failureThreshold = probe.failureThreshold
            isPlatformDefault = probe.isPlatformDefault
            successThreshold = probe.successThreshold == 1 ? nil : probe.successThreshold
            isAggressive = probe.isAggressive ? true : nil
        }

        /// The probe in words.
        fileprivate var phrase: String {
            let names = [
                path, service == "" ? nil : service, port.map { "port \($0)" }, unknownPort.map { "port \($0)" },
            ]
            let target = names.compactMap(\.self).map { " " + $0 }.joined()
            guard isAggressive != true else { return "aggressive \(kind) probe\(target)" }
            let numbers =
                "delay \(plain(initialDelay)) timeout \(plain(timeout)) period \(plain(period)) "
                + "threshold \(failureThreshold)"
            return "\(isPlatformDefault ? "default " : "")\(kind) probe\(target), \(numbers)"
        }
    }

    /// The CPU of an instance.
    package struct CPU: Hashable, Sendable, Codable {
        /// The limit in vCPU.
        package var limit: Double
        /// `request-based` or `instance-based`.
        package var billing: String
        /// Whether there is more during the start.
        package var startupBoost: Bool
    }

    /// Describes what a scenario runs.
    init(_ scenario: Scenario) {
        let platform = scenario.platform
        let cpu = platform.cpu
        self.strategy = scenario.service.strategy.rawValue
        self.wholeWordEmbeddings = scenario.service.p5.usesWholeWords
        self.platform = platform.profile.kubelet == nil ? nil : platform.profile.name
        self.probe = platform.probes.startup.map(Probe.init)
        self.liveness = platform.probes.liveness.map(Probe.init)
        self.readiness = platform.probes.readiness.map(Probe.init)
        self.cpu = CPU(limit: cpu.limit, billing: cpu.billing.rawValue, startupBoost: cpu.startupBoost)
    }

    /// The setup in one phrase for the console.
    var phrase: String {
        let boost = cpu.startupBoost ? ", boosted at start" : ""
        var parts = [strategy] + [platform].compactMap(\.self)
        parts.append(probe?.phrase ?? "no startup probe")
        if let liveness { parts.append("liveness: " + liveness.phrase) }
        if let readiness { parts.append("readiness: " + readiness.phrase) }
        parts.append("\(plain(cpu.limit)) vCPU, \(cpu.billing)\(boost)")
        return parts.joined(separator: " · ")
    }
}

/// A number without digits that say nothing.
private func plain(_ number: Double) -> String {
    number == number.rounded() ? Figures.fixed(number, decimals: 0) : Figures.fixed(number, decimals: 1)
}
