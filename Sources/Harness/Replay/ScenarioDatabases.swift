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
    /// Every attempt at a scenario, counted from 1, gets a database without the rows of those before it.
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
    /// Its server, where it is the plan's alone.
    var server: ThrowAwayCluster?
}

/// Databases in a cluster of the run's own: one a scenario, copied from a template that holds the catalogue.
struct OwnedDatabases: ScenarioDatabases {
    private let cluster: ThrowAwayCluster
    private let templates: [ExactText: String]
    private let schema: String
    private let library: Library

    var areOwned: Bool { true }

    /// Prepares a template for every catalogue that the scenarios name.
    ///
    /// - Throws: `ScenarioError` for a catalogue that cannot be read, `PostgresError` where the server refuses.
    init(in cluster: ThrowAwayCluster, for scenarios: [Scenario], schema: String, library: Library) async throws {
        var templates: [ExactText: String] = [:]
        for path in Set(scenarios.map { ExactText($0.catalogue.value) }).sorted() {
            let films = try library.catalogue(at: path.string)
            let name = "catalogue_\(templates.count + 1)"
            let seeder = Seeder(try await cluster.createDatabase(name), seed: 0)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(films)
            templates[path] = name
        }
        self.cluster = cluster
        self.templates = templates
        self.schema = schema
        self.library = library
    }

    func withDatabase<Value: Sendable>(
        for plan: Plan,
        index: Int,
        attempt: Int,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        guard !plan.killsServer else { return try await withServer(for: plan, body) }
        let catalogue = plan.scenario.catalogue.value
        guard let template = templates[ExactText(catalogue)] else {
            preconditionFailure("no template for \(catalogue)")
        }
        let name = "s\(index + 1)" + (attempt > 1 ? "_\(attempt)" : "") + "_" + plan.scenario.name.value.prefix(50)
        let address = try await cluster.createDatabase(name, template: template)
        let seeder = Seeder(address, seed: plan.seed)
        try await seeder.insert(plan.sessions)
        return try await body(LentDatabase(address: address))
    }

    /// Lends a database on a server of its own, which nobody else misses.
    private func withServer<Value: Sendable>(
        for plan: Plan,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: plan.seed)
            try await seeder.createSchema(schema)
            try await seeder.loadCatalogue(try library.catalogue(at: plan.scenario.catalogue.value))
            try await seeder.insert(plan.sessions)
            return try await body(LentDatabase(address: cluster.address, server: cluster))
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

    var areOwned: Bool { false }

    /// As ``withDatabase(for:index:_:)``, with other ids for the sessions where the recorded ones are taken.
    ///
    /// The body gets the plan with the ids that were inserted. No row that was there is touched: where even the drawn
    /// ids are taken, the run is refused.
    func withFreeSessions<Value: Sendable>(
        for plan: Plan,
        _ body: (PostgresAddress, Plan) async throws -> Value
    ) async throws -> Value {
        let seeder = Seeder(address, seed: plan.seed, mark: mark)
        var plan = plan
        do {
            try await seeder.insert(plan.sessions)
        } catch let error as PostgresError where error.code == .sessionExists {
            plan = plan.withDrawnSessions()
            try await seeder.insert(plan.sessions)
        }
        return try await lend(seeder) { try await body(address, plan) }
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

    func withDatabase<Value: Sendable>(
        for plan: Plan,
        index: Int,
        attempt: Int,
        _ body: (LentDatabase) async throws -> Value
    ) async throws -> Value {
        let seeder = Seeder(address, seed: plan.seed, mark: mark)
        try await seeder.insert(plan.sessions)
        return try await lend(seeder) { try await body(LentDatabase(address: address)) }
    }
}
