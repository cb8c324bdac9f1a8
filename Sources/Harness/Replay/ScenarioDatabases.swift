import DatabaseHarness
import Domain
import Formats
import PostgresClient
import Scenarios
import ServiceUnderTest

/// Gives each scenario a database with its catalogue and its sessions in it.
protocol ScenarioDatabases: Sendable {
    /// Whether every row in a database is the scenario's own.
    var areOwned: Bool { get }

    /// Lends the database of a plan to the body and takes the plan's rows out of it afterwards where others use it.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - index: The scenario's place in the run, from 0.
    ///   - attempt: Which attempt at it this is, from 1; each gets a database without the rows of those before it.
    ///   - body: Runs the plan that it is lent.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, `PostgresError` where the sessions cannot be put in or taken out.
    func withDatabase<Value: Sendable>(
        for plan: Plan,
        index: Int,
        attempt: Int,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value
}

/// A database that holds the catalogue and the sessions of one plan.
struct LentDatabase: Sendable {
    /// The database.
    let address: PostgresAddress
    /// The plan with the ids under which its sessions are in the database.
    let plan: Plan
    /// Its server, where it is the plan's alone.
    var server: ThrowAwayCluster?
}

/// Databases in a cluster of the run's own: one a scenario, copied from a template that holds the catalogue.
struct OwnedDatabases: ScenarioDatabases {
    private let cluster: ThrowAwayCluster
    private let templates: [ExactText: String]
    private let schema: String
    private let inputs: RunInputs

    var areOwned: Bool { true }

    /// Prepares a template for every catalogue that the scenarios name.
    ///
    /// - Throws: `ScenarioError` for a catalogue that cannot be read, `PostgresError` where the server refuses.
    init(in cluster: ThrowAwayCluster, for scenarios: [Scenario], schema: String, inputs: RunInputs) async throws {
        var templates: [ExactText: String] = [:]
        for path in Set(scenarios.map { ExactText($0.catalogue.value) }).sorted() {
            let movies = try inputs.catalogue(at: path.string)
            let name = "catalogue_\(templates.count + 1)"
            let seeder = Seeder(try await cluster.createDatabase(name), seed: 0)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(movies)
            templates[path] = name
        }
        self.cluster = cluster
        self.templates = templates
        self.schema = schema
        self.inputs = inputs
    }

    func withDatabase<Value: Sendable>(
        for plan: Plan,
        index: Int,
        attempt: Int,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        guard !plan.killsServer else { return try await withServer(for: plan, body) }
        let catalogue = plan.catalogue
        guard let template = templates[ExactText(catalogue)] else {
            preconditionFailure("no template for \(catalogue)")
        }
        let name = "s\(index + 1)" + (attempt > 1 ? "_\(attempt)" : "") + "_" + plan.name.prefix(50)
        let address = try await cluster.createDatabase(name, template: template)
        let seeder = Seeder(address, seed: plan.seed)
        try await seeder.insert(plan.sessions)
        return try await body(LentDatabase(address: address, plan: plan))
    }

    /// Lends a database on a server of its own, which a fault may kill.
    private func withServer<Value: Sendable>(
        for plan: Plan,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: plan.seed)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(try inputs.catalogue(at: plan.catalogue))
            try await seeder.insert(plan.sessions)
            return try await body(LentDatabase(address: cluster.address, plan: plan, server: cluster))
        }
    }
}

extension Plan {
    /// Whether a fault kills the database's server.
    fileprivate var killsServer: Bool {
        faults.contains { planned in
            if case .database(let fault) = planned.fault, case .serverKilled = fault.kind { true } else { false }
        }
    }
}

/// A database that was there before: only the sessions of the run's own are put in, and taken out again.
struct ExistingDatabase: ScenarioDatabases {
    /// The database.
    let address: PostgresAddress
    /// The mark of the sessions that are put in.
    let mark: SessionMark
    /// Whether the sessions that are put in stay.
    var keepsRows = false
    /// Whether sessions get other ids where the recorded ones are taken.
    var drawsTakenSessions = false

    var areOwned: Bool { false }

    /// No row that was there is touched: where the ids are taken, drawn ones too, the run is refused.
    func withDatabase<Value: Sendable>(
        for plan: Plan,
        index: Int,
        attempt: Int,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        let seeder = Seeder(address, seed: plan.seed, mark: mark)
        var plan = plan
        do {
            try await seeder.insert(plan.sessions)
        } catch let error as PostgresError where error.code == .sessionExists && drawsTakenSessions {
            plan = plan.withDrawnSessions()
            try await seeder.insert(plan.sessions)
        }
        let lent = LentDatabase(address: address, plan: plan)
        return try await lend(seeder) { try await body(lent) }
    }

    private func lend<Value: Sendable>(_ seeder: Seeder, _ body: () async throws -> Value) async throws -> Value {
        let result: Result<Value, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        do {
            if keepsRows { try await seeder.keepInserted() } else { try await seeder.removeInserted() }
        } catch let removal as PostgresError {
            guard case .failure(let error) = result, !(error is CancellationError) else { throw removal }
            throw PostgresError(removal.code, "\(error); and \(removal.message)", sqlState: removal.sqlState)
        }
        return try result.get()
    }
}
