package import Observations
package import Scenarios

/// What runs a plan and says what was seen of it.
package protocol Target: Sendable {
    /// Runs a plan whose sessions are in the target's database.
    ///
    /// - Parameter plan: The plan.
    /// - Returns: What was seen. What fails inside the service is observed, not thrown.
    /// - Throws: ``ServiceUnderTestError`` where the service cannot be started or asked, `PostgresError` where the
    ///   harness's own connection fails, `CancellationError` where the run was interrupted.
    func observe(_ plan: Plan) async throws -> Observation
}

extension SimulatedTarget: Target {}
extension ProcessTarget: Target {}
extension RemoteTarget: Target {}
