import ContainerPlatform
import Domain
import Scenarios

/// What was run, in a report: the service's strategy, the startup probe and the CPU.
///
/// Keys: `strategy` (`blocking`, `progressive`, `gated`, `lazy`), `wholeWordEmbeddings`, `probe` (`kind`, `path`, `port`,
/// `initialDelay`, `timeout`, `period` in seconds, `failureThreshold`, `isPlatformDefault`), `cpu` (`limit` in vCPU,
/// `billing`, `startupBoost`).
package struct SetupReport: Hashable, Sendable, Codable {
    /// When the service calls itself ready, and what it loads when.
    package var strategy: String
    /// Whether P5 adds whole-word embeddings to its input.
    package var wholeWordEmbeddings: Bool
    /// The startup probe as configured.
    package var probe: Probe
    /// The CPU that the instance gets.
    package var cpu: CPU

    /// A startup probe.
    package struct Probe: Hashable, Sendable, Codable {
        /// `TCP` or `HTTP`.
        package var kind: String
        /// The path of an HTTP probe.
        @OrNull package var path: String?
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
        let probe = scenario.platform.probe.value
        let cpu = scenario.platform.cpu
        self.strategy = scenario.service.strategy.rawValue
        self.wholeWordEmbeddings = scenario.service.p5.usesWholeWords
        self.probe = Probe(
            kind: probe.handler.logName,
            path: probe.handler.path,
            port: probe.handler.port,
            initialDelay: probe.initialDelay.reportedSeconds,
            timeout: probe.timeout.reportedSeconds,
            period: probe.period.reportedSeconds,
            failureThreshold: probe.failureThreshold,
            isPlatformDefault: probe.isPlatformDefault
        )
        self.cpu = CPU(limit: cpu.limit, billing: cpu.billing.rawValue, startupBoost: cpu.startupBoost)
    }

    /// The setup in one phrase for the console.
    var phrase: String {
        func plain(_ number: Double) -> String {
            number == number.rounded() ? Figures.fixed(number, decimals: 0) : Figures.fixed(number, decimals: 1)
        }
        let target = [probe.path, probe.port.map { "port \($0)" }].compactMap(\.self).map { " " + $0 }.joined()
        let numbers = "delay \(plain(probe.initialDelay)) timeout \(plain(probe.timeout)) period \(plain(probe.period))"
        let whose = probe.isPlatformDefault ? "default " : ""
        let boost = cpu.startupBoost ? ", boosted at start" : ""
        return "\(strategy) · \(whose)\(probe.kind) probe\(target), \(numbers) threshold \(probe.failureThreshold)"
            + " · \(plain(cpu.limit)) vCPU, \(cpu.billing)\(boost)"
    }
}
