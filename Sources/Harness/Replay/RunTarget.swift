import Observations
import Scenarios
package import ServiceUnderTest

/// What runs the scenarios of a run.
package enum RunTarget: Hashable, Sendable {
    /// The engine in this process under a simulated platform and a virtual clock.
    case simulated
    /// A real process on a real clock.
    case process(ProcessSettings)
    /// A deployed service.
    case remote(RemoteSettings)
}

/// How scenarios are run against a deployed service.
package struct RemoteSettings: Hashable, Sendable {
    /// Where the service is.
    package var url: ServiceURL
    /// The shared secret of `/recommend`, `nil` where anybody may ask.
    package var secret: String?
    /// Whether the sessions that the run inserts stay in the database.
    package var keepsRows: Bool

    /// Creates settings.
    package init(url: ServiceURL, secret: String? = nil, keepsRows: Bool = false) {
        self.url = url
        self.secret = secret
        self.keepsRows = keepsRows
    }
}

/// How scenarios are run against real processes.
package struct ProcessSettings: Hashable, Sendable {
    /// How many seconds of a scenario pass in one real second.
    package enum Speed: Hashable, Sendable {
        /// This many.
        case fixed(Double)
        /// As many as let each scenario end in a few seconds, within what its own work allows.
        case automatic
    }

    /// How the service is started.
    package var program: ServiceCommand.Program
    /// How fast.
    package var speed: Speed
    /// The folder that gets each service's whole log, `nil` for none.
    package var logFolder: String?

    /// Creates settings.
    package init(program: ServiceCommand.Program, speed: Speed = .fixed(1), logFolder: String? = nil) {
        self.program = program
        self.speed = speed
        self.logFolder = logFolder
    }
}

extension RunTarget {
    /// What observations call it.
    var kind: TargetKind {
        switch self {
        case .simulated: .simulated
        case .process: .process
        case .remote: .remote
        }
    }
}

extension RunTarget {
    /// Sees to it that the target can be put under the conditions of a plan.
    ///
    /// - Throws: `ServiceUnderTestError` (`notImposable`) with every reason why it cannot.
    func requirePossible(_ plan: Plan) throws(ServiceUnderTestError) {
        if case .process(let settings) = self, case .coldstart = settings.program, plan.service.command == nil,
            plan.service.answersHealthChecks
        {
            throw ServiceUnderTestError(
                .notImposable,
                "`coldstart serve` answers no health checks of gRPC, which `grpc_health: on` wants: name a program that "
                    + "does by `command`, or run the scenario simulated"
            )
        }
        guard case .remote = self, !plan.remoteObstacles.isEmpty else { return }
        throw ServiceUnderTestError(
            .notImposable,
            "a deployed service cannot run this scenario: \(plan.remoteObstacles.joined(separator: "; "))"
        )
    }
}

extension ProcessSettings {
    /// The file that gets the log of a scenario's service, `nil` for none.
    func logPath(of scenario: String) -> String? { logFolder.map { "\($0)/\(Self.logName(of: scenario))" } }

    /// The name of that file.
    package static func logName(of scenario: String) -> String { scenario + ".log" }
}

extension ProcessSettings.Speed {
    /// The speed of a plan.
    func value(for plan: Plan) -> Double {
        switch self {
        case .fixed(let factor): factor
        case .automatic: plan.automaticSpeed
        }
    }
}
