package import Domain
package import ModelFiles
package import PostgresClient
package import RecommendationEngine
package import SafeText

/// Everything that decides how a service runs.
package struct ServiceConfiguration: Sendable {
    /// The variable that the environment stage requires where nothing else is said: without it no row can land.
    package static let defaultRequiredEnvironment = ["DATABASE_URL"]

    /// The address to listen on.
    package var host = "0.0.0.0"
    /// The port to listen on (`PORT`); 0 for any free one.
    package var port = 8080
    /// Where the models are (`SVD_DIR`, `P5_CKPT`, `P5_BACKBONE`, `DATAMAPS_PATH`).
    package var paths: BundlePaths
    /// The settings of P5 (`P5_MAX_LEN`, `P5_GEN_MAX_LEN`, `P5_BATCH`).
    package var p5 = P5Settings()
    /// Where the bounds of verified precision are kept; `nil` for nowhere.
    package var calibrations: String?
    /// What an SVD score is made of.
    package var scoreFormula = ScoreFormula.factors
    /// The shared secret of `/recommend` (`WEBHOOK_SECRET`), `nil` where anybody may ask.
    package var secret: WebhookSecret?
    /// The database (`DATABASE_URL`), `nil` where none is named.
    package var database: PostgresAddress?
    /// When the service calls itself ready, and what it loads when.
    package var strategy = InitialisationStrategy.gated
    /// What the first request that wants P5 gets under the strategy `lazy`.
    package var lazyFirstRequest = Initialisation.LazyFirstRequest.answeredFromSVD
    /// The variables that the environment stage requires.
    package var requiredEnvironment = ServiceConfiguration.defaultRequiredEnvironment
    /// The names of the variables that are set and not empty.
    package var presentEnvironment: Set<String> = []
    /// The limits of requests and connections.
    package var limits = ServiceLimits()
    /// The most answers that the result cache keeps, 0 for no cache.
    package var cacheSize = 0
    /// The longest time for which a change of the catalogue may go unseen; zero to read it for every request.
    package var catalogueRefresh = CatalogueCache.defaultBound
    /// How often SVD rows are made for active sessions that have none, `nil` for never.
    package var precomputeInterval: Duration?
    /// How the service plays a scenario (`COLDSTART_REHEARSAL`), `nil` where it simply serves.
    package var rehearsal: Rehearsal?

    /// Takes the shared secret and the database's password out of texts.
    package var redaction: Redaction {
        (database?.redaction ?? Redaction()).union(secret.map { [$0.text] } ?? [])
    }

    /// Creates the configuration of a bundle, with defaults for all else.
    package init(paths: BundlePaths) {
        self.paths = paths
    }
}

/// The limits of a service's requests, connections and end.
package struct ServiceLimits: Hashable, Sendable {
    /// The longest body of a request in bytes.
    package var bodyBytes = 64 * 1024
    /// How long the work of a request may take.
    package var requestTime = Duration.seconds(60)
    /// How long a client may take to send a request, and an idle connection may stay.
    package var receiveTime = Duration.seconds(30)
    /// The most connections from clients at a time.
    package var connections = 1024
    /// The most connections to the database at a time.
    package var databaseConnections = 8
    /// How long requests in flight may go on once the service is told to stop, a second less than they get to end then;
    /// platforms kill after 10 s.
    package var drainTime = Duration.seconds(8)

    /// Creates the default limits.
    package init() {}
}
