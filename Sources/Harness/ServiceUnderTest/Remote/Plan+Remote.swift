import Domain
package import Scenarios

extension Plan {
    /// Why a deployed service cannot be put under the conditions of the plan, one reason each; empty where it can.
    package var remoteObstacles: [String] {
        var reasons: [String] = []
        if !faults.isEmpty { reasons.append("it has faults, and a deployed service is not broken") }
        if !ratings.isEmpty {
            reasons.append("it gives ratings meanwhile, which are not imposed on a deployed service")
        }
        if !service.missingEnvironment.isEmpty {
            reasons.append("it takes variables away, and a deployed service is not started")
        }
        var startup = expectations.startup
        if let outcome = startup.outcome, outcome.value != .ready {
            reasons.append("it expects the start to end in `\(outcome.value.rawValue)`")
        }
        startup.outcome = nil
        if startup != StartupExpectation() {
            reasons.append("it expects moments or figures of the start, which was long ago")
        }
        if expectations.termination != nil {
            reasons.append("it expects how the service ends, and a deployed service is not told to")
        }
        let states = requests.compactMap(\.expectation.state?.value)
        if states.contains(where: { $0 != .full }) {
            reasons.append("it expects answers of a service that is still loading")
        }
        let statuses = requests.compactMap(\.expectation.status?.value)
        if statuses.contains(where: { $0 >= 500 }) { reasons.append("it expects requests to fail") }
        return reasons
    }
}
