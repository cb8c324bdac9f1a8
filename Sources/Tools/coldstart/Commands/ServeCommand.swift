import ArgumentParser
import Checks
import ContainerPlatform
import Domain
import HTTPService
import LinearAlgebra
import Logging
import ModelFiles
import P5
import RecommendationEngine
import SafeText
import Scenarios
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `coldstart serve`: the recommendation service itself, with any of the initialisation strategies.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the recommendation service: GET /health, POST /recommend, GET /metrics.",
        usage: "coldstart serve [<options>]",
        discussion: """
            The variables of the service: SVD_DIR, P5_CKPT, P5_BACKBONE, DATAMAPS_PATH (single paths of the bundle), \
            P5_CKPT_PREFIX, P5_MAX_LEN, P5_GEN_MAX_LEN, P5_BATCH, WEBHOOK_SECRET, PORT, and DATABASE_URL (a libpq URI \
            or key=value pairs). COLDSTART_REHEARSAL makes it play a scenario's times and faults, for tests. \
            SIGTERM and SIGINT stop it: requests in flight are answered first, for at most 9 s.

            EXAMPLES
              DATABASE_URL=postgresql://localhost/movies coldstart serve --bundle models
              coldstart serve --bundle models --strategy lazy \\
                  --lazy-first-request waits
              coldstart serve --precision verified --calibrations /var/cache/coldstart
              coldstart serve --require DATABASE_URL WEBHOOK_SECRET --log-format json
            """
    )

    @Option(help: ArgumentHelp("The folder of the model bundle.", valueName: "folder"))
    var bundle = BundlePaths.defaultDirectory

    @Option(help: ArgumentHelp("blocking, progressive, gated or lazy.", valueName: "name"))
    var strategy = InitialisationStrategy.gated

    @Option(
        help: ArgumentHelp(
            "What the first request gets under lazy: answered_from_svd or waits.",
            valueName: "name"
        )
    )
    var lazyFirstRequest = LazyFirstRequest.answeredFromSVD

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "0.0.0.0"

    @Option(help: ArgumentHelp("The port to listen on, 0 for any free one (default: PORT, or 8080).", valueName: "n"))
    var port: Int?

    @OptionGroup(title: "Engine")
    var engine: EngineArguments

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The variables without which initialisation fails.",
            valueName: "name"
        )
    )
    var require: [String] = ServiceConfiguration.defaultRequiredEnvironment

    @Flag(help: "Require no variable at all.")
    var requireNothing = false

    @Option(help: ArgumentHelp("text or json.", valueName: "name"))
    var logFormat = ServiceLogHandler.Format.text

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "name"),
        transform: { text in
            guard let level = Logger.Level(rawValue: text) else {
                throw ValidationError("found \"\(text)\", expected one of \(Logger.Level.names)")
            }
            return level
        }
    )
    var logLevel = Logger.Level.info

    @Option(help: ArgumentHelp("The longest body of a request in bytes.", valueName: "n"))
    var bodyLimit = ServiceLimits().bodyBytes

    @Option(help: ArgumentHelp("How long a request may take, such as 30s (default: 60s).", valueName: "time"))
    var requestTimeout: DurationArgument?

    @Option(help: ArgumentHelp("How long a client may take to send a request (default: 30s).", valueName: "time"))
    var receiveTimeout: DurationArgument?

    @Option(help: ArgumentHelp("The most connections to the database.", valueName: "n"))
    var pool = ServiceLimits().databaseConnections

    @Option(help: ArgumentHelp("The processor cores that P5 may use (default: all).", valueName: "n"))
    var cores: Int?

    @Option(help: ArgumentHelp("Makes the models that begin the display lists repeatable.", valueName: "n"))
    var displaySeed: UInt64?

    @Option(
        help: ArgumentHelp(
            "How long a change of the catalogue may go unseen; 0 reads it for every request (default: 1s).",
            valueName: "time"
        )
    )
    var catalogueRefresh: IntervalArgument?

    @Option(help: ArgumentHelp("Keep the rankings of this many sessions for repeated requests.", valueName: "n"))
    var cache = 0

    @Option(
        help: ArgumentHelp(
            "Make SVD rows for active sessions that have none, this often (default: never).",
            valueName: "time"
        )
    )
    var precompute: DurationArgument?

    func validate() throws {
        func check(_ name: String, _ value: Int?, in range: ClosedRange<Int>) throws {
            if let value, !range.contains(value) {
                throw ValidationError(
                    "\(name) is a number from \(range.lowerBound) to \(range.upperBound), found \(value)."
                )
            }
        }
        try engine.check()
        try check("--port", port, in: 0...65_535)
        try check("--body-limit", bodyLimit, in: 64...1_073_741_824)
        try check("--pool", pool, in: 1...1_000)
        try check("--cores", cores, in: 1...1_024)
        try check("--cache", cache, in: 0...1_000_000)
        if let name = require.first(where: { $0.isEmpty || $0.contains("=") }) {
            throw ValidationError("--require takes names of variables, found \"\(name)\".")
        }
    }

    func run() async throws {
        let configuration: ServiceConfiguration
        do {
            configuration = try serviceConfiguration()
        } catch {
            throw CommandEnd.usage("\(error)")
        }
        // OpenBLAS would start threads of its own for every ranking; requests are what runs side by side here.
        BLAS.setThreads(1)
        let output = LogOutput(redaction: .ofProcess.union(configuration.redaction))
        let logger = Logger(label: "coldstart") { _ in
            ServiceLogHandler(format: logFormat, level: logLevel, output: output)
        }
        let ignoresTermination = configuration.rehearsal?.termination?.ignored == true
        if ignoresTermination { signal(SIGTERM, SIG_IGN) }
        let signals: [UnixSignal] = (ignoresTermination ? [.sigint] : [.sigterm, .sigint])
            .filter { !SignalsIgnoredAtStart.contains($0.rawValue) }
        if configuration.rehearsal != nil {
            logger.warning("rehearsal: this service takes the times and has the faults that \(Rehearsal.variable) says")
        }
        let generator: any RandomNumberGenerator & Sendable =
            displaySeed.map { SplitMix64(seed: $0) } ?? SystemRandomNumberGenerator()
        let server = RecommendationServer(
            configuration,
            generator: generator,
            logger: logger,
            signals: signals
        )
        do {
            try await server.run()
            for line in server.precision?.lines ?? [] { logger.notice("\(line)") }
            logger.notice("stopped")
            if let violation = server.precision?.violation { throw CommandEnd.environment("\(violation)") }
        } catch let error as RecommendationServer.ListenError {
            throw CommandEnd.environment("\(error)")
        } catch let end as CommandEnd {
            throw end
        } catch {
            throw CommandEnd.environment("the service ended: \(error)")
        }
    }

    private func serviceConfiguration() throws(ConfigurationError) -> ServiceConfiguration {
        var configuration = try ServiceConfiguration(environment: processEnvironment, bundle: bundle)
        configuration.host = host
        configuration.port = port ?? configuration.port
        engine.apply(to: &configuration.p5)
        configuration.calibrations = engine.calibrations
        configuration.scoreFormula = engine.scoreFormula
        configuration.p5.threads = cores ?? configuration.p5.threads
        configuration.strategy = strategy
        configuration.lazyFirstRequest = lazyFirstRequest == .waits ? .waits : .answeredFromSVD
        configuration.requiredEnvironment = requireNothing ? [] : require
        configuration.limits.bodyBytes = bodyLimit
        configuration.limits.requestTime = requestTimeout?.duration ?? configuration.limits.requestTime
        configuration.limits.receiveTime = receiveTimeout?.duration ?? configuration.limits.receiveTime
        configuration.limits.databaseConnections = pool
        configuration.catalogueRefresh = catalogueRefresh?.duration ?? configuration.catalogueRefresh
        configuration.cacheSize = cache
        configuration.precomputeInterval = precompute?.duration
        return configuration
    }
}

extension InitialisationStrategy: ExpressibleByArgument {}
extension LazyFirstRequest: ExpressibleByArgument {}
extension ServiceLogHandler.Format: ExpressibleByArgument {}

extension Logger.Level {
    /// The levels' names, from the most talkative.
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
