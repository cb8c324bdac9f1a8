package import Checks
import DatabaseHarness
import DatabaseProxy
package import Domain
package import FaultSweep
package import Scenarios
package import ServiceUnderTest

/// Sweeps faults over the boundaries of a scenario's service, a real process with a database of its own.
package struct FaultSweeper: Sendable {
    /// How the service is started.
    package let program: ServiceCommand.Program
    /// The variables of the process.
    package let environment: [String: String]
    /// A seed that replaces the scenario's own.
    package let seed: UInt64?
    /// A text in the line that the service writes when a stage begins, for services that cannot be held there.
    package let stageSigns: [InitialisationStage: String]

    /// Creates a sweeper.
    package init(
        program: ServiceCommand.Program,
        environment: [String: String],
        seed: UInt64? = nil,
        stageSigns: [InitialisationStage: String] = [:]
    ) {
        self.stageSigns = stageSigns
        self.program = program
        self.environment = environment
        self.seed = seed
    }

    /// Runs the cells, boundary by boundary.
    ///
    /// The first request of the scenario, or the first session where it plans none, is the one that meets the faults. The
    /// scenario's own faults, probe and times play no part.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - schema: The definition of the tables.
    ///   - boundaries: Where faults strike.
    ///   - faults: The faults.
    ///   - record: Told of each cell as it ends.
    /// - Returns: All cells with their verdicts.
    /// - Throws: `ScenarioError` for a scenario that cannot be planned, `PostgresError` and `ProxyError` where the
    ///   database cannot be prepared, `CancellationError`.
    package func sweep(
        _ scenario: Scenario,
        schema: String,
        boundaries: [SweepBoundary],
        faults: [SweepFault],
        record: (SweepMatrix.Cell) -> Void
    ) async throws -> SweepMatrix {
        let inputs = RunInputs(environment: environment)
        let plan = try inputs.plan(of: scenario, seed: seed)
        guard let session = plan.requests.first?.session ?? plan.sessions.first else {
            throw ScenarioError(.schema, at: scenario.sessions.selection.location, "a sweep needs a session that asks")
        }
        let paths = try inputs.bundle(in: scenario.service.bundle.value).paths
        let request = SweptRequest(
            session: session.id,
            topK: max(4, plan.requests.first?.topK ?? 10),
            phase: plan.requests.first?.phase ?? 2
        )
        var matrix = SweepMatrix(scenario: scenario.name.value)
        try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: plan.seed)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(try inputs.catalogue(at: scenario.catalogue.value))
            try await seeder.insert([session])
            try await DatabaseProxy.with(upstream: cluster.address, seed: plan.seed) { proxy in
                let service = SweptProcess(
                    command: ServiceCommand(program: program, inherited: environment),
                    plan: plan,
                    paths: paths,
                    database: proxy.address,
                    stageSigns: stageSigns
                )
                let run = FaultSweepRun(
                    service: service,
                    proxy: proxy,
                    database: cluster.address,
                    request: request,
                    loadsP5OnRequest: scenario.service.strategy == .lazy
                )
                do {
                    for boundary in boundaries {
                        for fault in faults { record(matrix.add(try await run.cell(boundary, fault))) }
                    }
                    await service.stop()
                } catch {
                    await service.stop()
                    throw error
                }
            }
        }
        return matrix
    }
}
