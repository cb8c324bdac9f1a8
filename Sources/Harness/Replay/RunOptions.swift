package import PostgresClient
package import ServiceUnderTest

/// How a run is to be made.
package struct RunOptions: Sendable {
    /// Where the rows go.
    package enum Database: Hashable, Sendable {
        /// A cluster of the run's own that is gone afterwards.
        case throwAway
        /// A cluster of the run's own that stays up.
        case kept
        /// A database that is there, in which only rows of the run's own sessions are touched.
        case existing(PostgresAddress)
    }

    /// What runs the scenarios.
    package var target: RunTarget
    /// Where the rows go.
    package var database: Database
    /// A seed that replaces the scenarios' own.
    package var seed: UInt64?
    /// How many scenarios run side by side; in an existing database always one.
    package var jobs: Int
    /// The longest the run may take; scenarios that have not ended by then end without a verdict.
    package var timeLimit: Duration?
    /// Whether the run goes on after a scenario that could not be run at all.
    package var continuesOnError: Bool
    /// The variables of the process, which may override single paths of a bundle.
    package var environment: [String: String]
    /// The version of Coldstart.
    package var toolVersion: String
    /// How rows are read back.
    package var reading: RowReading
    /// The file with the tables' definition where one was named, for the line that reproduces a failure.
    package var schemaFile: String?
    /// What is wrong with the engine of a simulated target, on purpose.
    package var alteration: EngineAlteration
    /// Whether answers keep all places that were ranked, also where no expectation needs them; in a simulated run alone.
    package var keepsRankings: Bool
    /// Keeps what was ranked otherwise than a golden for a person to look at, and returns the command line that shows it;
    /// `nil` where nothing is written.
    package var keepsDifferences: (@Sendable (GoldenDifferences) throws -> String)?

    /// Creates options.
    ///
    /// - Precondition: A deployed service is run with its database, which exists.
    package init(
        target: RunTarget = .simulated,
        database: Database = .throwAway,
        seed: UInt64? = nil,
        jobs: Int = 1,
        timeLimit: Duration? = nil,
        continuesOnError: Bool = false,
        environment: [String: String] = [:],
        toolVersion: String,
        reading: RowReading = RowReading(),
        schemaFile: String? = nil,
        alteration: EngineAlteration = EngineAlteration(),
        keepsRankings: Bool = false,
        keepsDifferences: (@Sendable (GoldenDifferences) throws -> String)? = nil
    ) {
        precondition(jobs > 0, "\(jobs) scenarios side by side")
        if case .remote = target, database == .throwAway || database == .kept {
            preconditionFailure("a deployed service without its database")
        }
        self.target = target
        self.database = database
        self.seed = seed
        self.jobs = jobs
        self.timeLimit = timeLimit
        self.continuesOnError = continuesOnError
        self.environment = environment
        self.toolVersion = toolVersion
        self.reading = reading
        self.schemaFile = schemaFile
        self.alteration = alteration
        self.keepsRankings = keepsRankings
        self.keepsDifferences = keepsDifferences
    }
}
