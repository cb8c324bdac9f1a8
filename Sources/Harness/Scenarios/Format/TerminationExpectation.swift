/// What the service must do when it is told to end, by SIGTERM.
package enum TerminationExpectation: Hashable, Sendable {
    /// It exits by itself within so long, `nil` for before the platform kills it.
    case exits(within: Duration?)
    /// It carries on until SIGKILL.
    case ignored
}

extension Scenario {
    /// What the service must do on SIGTERM: what the scenario expects, else what it says that the service does.
    package var terminationExpectation: TerminationExpectation {
        if let stated = expectations.termination { return stated.value }
        return switch service.terminationBehaviour {
        case .exits: .exits(within: nil)
        case .ignored: .ignored
        }
    }
}
