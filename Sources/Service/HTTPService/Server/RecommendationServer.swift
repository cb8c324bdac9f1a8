package import Domain
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import P5
import PostgresClient
import PostgresStore
package import RecommendationEngine
import ServiceLifecycle
package import UnixSignals

/// The recommendation service as it runs: models that load, a port, a database, and an orderly end.
package final class RecommendationServer: Sendable {
    /// The service cannot accept connections.
    package struct ListenError: Error, Hashable, CustomStringConvertible {
        /// What was tried and why it failed.
        package let description: String
    }

    /// What is counted and measured.
    package let metrics: ServiceMetrics

    /// What verified precision has done so far; `nil` where P5 has not loaded, or does all in float32.
    package var precision: PrecisionReport? { models.precision }

    private let models: ServiceModels
    private let group: ServiceGroup

    /// Creates a server that does nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: How it runs.
    ///   - generator: Draws the model that begins each display list.
    ///   - logger: Its log.
    ///   - store: The database, `nil` for the one of the configuration.
    ///   - load: What runs a stage of the initialisation, `nil` for the real files.
    ///   - signals: The signals that stop it.
    ///   - onListening: Called with the port once connections are accepted.
    package init(
        _ configuration: ServiceConfiguration,
        generator: any RandomNumberGenerator & Sendable,
        logger: Logger,
        store: (any RecommendationStore)? = nil,
        load: ServiceModels.StageLoader? = nil,
        signals: [UnixSignal] = [],
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) {
        let metrics = ServiceMetrics()
        let models = ServiceModels(configuration: configuration, metrics: metrics, logger: logger, load: load)
        let pool = configuration.database.map {
            PostgresPool($0, size: configuration.limits.databaseConnections)
        }
        let cache = configuration.cacheSize > 0 ? BundleCache(capacity: configuration.cacheSize) : nil
        let pipeline = (store ?? pool.map { PostgresRecommendationStore(pool: $0) })
            .map { store in
                RecommendationPipeline(
                    store: store,
                    catalogues: Self.catalogues(of: store, refresh: configuration.catalogueRefresh),
                    results: cache
                ) { try models.recommender(in: $0, threads: $1) }
            }
        let handler = RecommendationHandler(
            models: models,
            pipeline: pipeline,
            cores: CoreBudget(cores: configuration.p5.threadCount),
            starts: DisplayStarts(generator),
            metrics: metrics,
            logger: logger
        )
        let responder = ServiceResponder(
            configuration: configuration,
            redaction: configuration.redaction,
            models: models,
            handler: handler,
            metrics: metrics,
            logger: logger,
            busyHealth: configuration.rehearsal?.healthWaits == true ? BusyHealth() : nil
        )
        var services: [any Service] = [models]
        // The first to start is the last to be told to stop.
        if let rehearsal = configuration.rehearsal, let termination = rehearsal.termination {
            services.insert(RehearsedEnd(pace: rehearsal.pace(of: termination.seconds)), at: 0)
        }
        if let cache { services.append(CacheIdentification(cache: cache, paths: configuration.paths, logger: logger)) }
        if let interval = configuration.precomputeInterval, let pool, let pipeline {
            services.append(
                Precomputer(
                    interval: interval,
                    models: models,
                    pool: pool,
                    pipeline: pipeline,
                    metrics: metrics,
                    logger: logger
                )
            )
        }
        services.append(
            HTTPListener(
                configuration: configuration,
                models: models,
                responder: responder,
                logger: logger,
                onListening: onListening
            )
        )
        // Without a name the whole of a service would be described, configuration and all, which takes milliseconds of
        // the start.
        let named = services.enumerated()
            .map { ServiceGroupConfiguration.ServiceConfiguration(service: $1, serviceName: "service \($0)") }
        var group = ServiceGroupConfiguration(
            services: named,
            gracefulShutdownSignals: signals,
            logger: Logger(label: "coldstart.lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        group.maximumGracefulShutdownDuration =
            configuration.limits.drainTime + .seconds(configuration.rehearsal?.termination?.seconds ?? 0)
        self.models = models
        self.group = ServiceGroup(configuration: group)
        self.metrics = metrics
    }

    /// Where requests get the catalogue: from a cache, unless each is to read it.
    private static func catalogues(
        of store: any RecommendationStore,
        refresh: Duration
    ) -> any CatalogueSource {
        refresh > .zero ? CatalogueCache(store: store, bound: refresh) : UncachedCatalogue(store: store)
    }

    /// Runs until it is told to stop and the requests in flight have been answered, or their time is over.
    ///
    /// - Throws: ``ListenError`` where the port cannot be listened on.
    package func run() async throws {
        try await group.run()
    }

    /// Tells the server to stop; requests in flight are answered.
    package func stop() async {
        await group.triggerGracefulShutdown()
    }
}

/// Accepts connections, from the moment at which the strategy allows it.
private struct HTTPListener: Service {
    let configuration: ServiceConfiguration
    let models: ServiceModels
    let responder: ServiceResponder
    let logger: Logger
    let onListening: @Sendable (Int) -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await models.waitUntilListening() }
        } catch is CancellationError {
            return
        }
        let limits = configuration.limits
        let metrics = responder.metrics
        let host = configuration.host
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                ServiceChannel(responder: responder, limits: limits) { metrics.refused(status: $0) }
            },
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                logger.notice("listening", metadata: ["host": "\(host)", "port": "\(port)"])
                onListening(port)
            },
            logger: Logger(label: "coldstart.http", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        do {
            try await application.run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw RecommendationServer.ListenError(
                description: "cannot listen on \(host):\(configuration.port): \(error); is the port in use?"
            )
        }
    }
}
