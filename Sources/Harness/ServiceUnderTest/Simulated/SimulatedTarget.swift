import ContainerPlatform
package import DatabaseHarness
package import Domain
package import Observations
import P5
package import PostgresClient
package import RecommendationEngine
package import Scenarios

/// The engine in this process under a simulated platform: virtual time, real models, real rows.
///
/// The platform's part is computed first, as a pure simulation that says when each request is taken and in which state
/// the instance is then. The requests are then answered by the real engine in that state, in the order in which their
/// answers were due.
package struct SimulatedTarget: Sendable {
    /// Wraps the store that the engine writes to; tests break the engine here.
    package typealias StoreDecorator = @Sendable (any RecommendationStore) -> any RecommendationStore

    /// The models, all of them loaded; each request sees those that its state allows.
    package let models: LoadedModels
    /// The settings of P5.
    package let settings: P5Settings
    /// The database that holds the plan's sessions and the catalogue.
    package let database: PostgresAddress
    /// The server of that database, where it is this plan's alone, so that it can be killed.
    package let server: ThrowAwayCluster?
    /// Whether the database is the run's own, so that every row in it is the run's.
    package let ownsDatabase: Bool
    /// How rows are read back.
    package let reading: RowReading
    /// What is wrong with the engine, on purpose; of the models' part whoever loads them takes care.
    package let alteration: EngineAlteration
    /// Whether answers keep all places that were ranked, also where nothing is expected of them.
    package let keepsRankings: Bool

    /// Creates a target.
    package init(
        models: LoadedModels,
        settings: P5Settings,
        database: PostgresAddress,
        server: ThrowAwayCluster? = nil,
        ownsDatabase: Bool,
        reading: RowReading = RowReading(),
        alteration: EngineAlteration = EngineAlteration(),
        keepsRankings: Bool = false
    ) {
        self.models = models
        self.settings = settings
        self.database = database
        self.server = server
        self.ownsDatabase = ownsDatabase
        self.reading = reading
        self.alteration = alteration
        self.keepsRankings = keepsRankings
    }

    /// Runs a plan whose sessions are in the database.
    ///
    /// - Throws: `PostgresError` where the harness's own connection fails, `CancellationError` where the run was
    ///   interrupted. What fails inside the service is observed, not thrown.
    package func observe(_ plan: Plan) async throws -> Observation {
        let ledger = FaultLedger()
        let simulation = plan.simulation
        let result = simulation.run(seed: plan.seed)
        ledger.recordStageFaults(of: plan, in: result.timeline)

        let rowReader = RowReader(database)
        let (answers, precomputed) = try await FaultyDatabase.with(
            plan,
            upstream: database,
            server: server,
            time: .simulated,
            ledger: ledger
        ) { faulty in
            let replay = RequestReplay(
                target: self,
                plan: plan,
                database: faulty,
                rowReader: rowReader,
                ledger: ledger
            )
            return try await replay.run(result.requests, timeline: result.timeline)
        }
        return Observation(
            target: .simulated,
            startup: simulation.observation(of: result, plan: plan),
            answers: answers,
            rows: try await rowReader.observedRows(of: plan, ownsDatabase: ownsDatabase, as: reading.role),
            receipts: ledger.receipts,
            knowsDisplayStart: true,
            precomputed: precomputed,
            process: ProcessObservation(
                termination: result.process.exit == nil ? plan.actedTermination(after: result.summary) : nil
            )
        )
    }
}

extension InstanceSimulation<SimulatedService> {
    /// What is seen of a simulated start.
    ///
    /// - Parameters:
    ///   - result: The simulation, run.
    ///   - plan: The plan that it is of.
    /// - Returns: The start, with how much slower it could have been.
    func observation(of result: Result, plan: Plan) -> StartupObservation {
        StartupObservation(
            violations: plan.platform.probeViolations,
            summary: result.summary,
            killMargin: plan.platform.hasStartupProbe ? killMargin(seed: plan.seed) : nil,
            timeline: result.timeline,
            finalHealth: result.process.listeningPort == nil ? nil : result.process.health.status
        )
    }
}

extension Plan {
    /// What the simulated service does on SIGTERM at the end of its run: what the scenario says that it does.
    fileprivate func actedTermination(after summary: StartupSummary) -> ObservedTermination? {
        if case .exited = summary.outcome { return nil }
        switch service.terminationBehaviour {
        case .exits(let after):
            return ObservedTermination(sent: summary.ended, waited: after, exit: .code(0))
        case .ignored:
            let grace = platform.profile.terminationGrace
            return ObservedTermination(sent: summary.ended, waited: grace, exit: nil)
        }
    }
}

extension Observation {
    /// What is seen where the platform refuses the probe and nothing is started.
    package static func refusal(of plan: Plan, target: TargetKind = .simulated) -> Observation {
        Observation(
            target: target,
            startup: StartupObservation(
                violations: plan.platform.probeViolations,
                summary: nil,
                killMargin: nil,
                timeline: Timeline(),
                finalHealth: nil
            ),
            answers: [],
            rows: nil,
            receipts: []
        )
    }
}
