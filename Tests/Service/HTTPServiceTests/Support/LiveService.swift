import ColdstartTestSupport
import Domain
import HTTPService
import Logging
import ModelFiles
import RecommendationEngine
import Synchronization

/// A running service with everything that it logged.
struct LiveService {
    let client: RawClient
    let server: RecommendationServer
    let store: MemoryStore
    let log: LogLines

    /// Asks for recommendations.
    func recommend(_ body: String = recommendBody, headers: [String: String] = [:]) async throws -> RawClient.Answer {
        try await client.request("POST", "/recommend", headers: headers, body: body)
    }

    /// Waits until the service says that it is in a state.
    func wait(for status: String) async throws {
        for _ in 0..<2_000 {
            if try await client.request("GET", "/health").body.contains("\"status\":\"\(status)") { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Unreached(status: status)
    }

    struct Unreached: Error {
        let status: String
    }
}

/// The usual request of the visitor.
let recommendBody = #"{"session_id": "\#(visitor)"}"#

/// The lines of a log.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0.append(line) } }
}

/// The configuration of the shipped bundle on a free port, with the database's variable set.
func shippedConfiguration() -> ServiceConfiguration {
    var configuration = ServiceConfiguration(
        paths: BundlePaths(directory: Fixtures.packageDirectory + "/scenarios/bundle")
    )
    configuration.host = "127.0.0.1"
    configuration.port = 0
    configuration.presentEnvironment = ["DATABASE_URL"]
    configuration.limits.drainTime = .seconds(5)
    return configuration
}

/// Loads the real files but fails the last stage, so that SVD answers alone and quickly.
let withoutP5: ServiceModels.StageLoader = { stage, models in
    if stage == .checkpoint { throw StageFailure(description: "no P5 in this test") }
    try models.load(stage, from: shippedConfiguration().paths)
}

struct StageFailure: Error, CustomStringConvertible {
    let description: String
}

/// Runs a service around a test.
func withService(
    _ configuration: ServiceConfiguration = shippedConfiguration(),
    store: MemoryStore = MemoryStore(),
    load: ServiceModels.StageLoader? = withoutP5,
    format: ServiceLogHandler.Format = .text,
    _ body: (LiveService) async throws -> Void
) async throws {
    let log = LogLines()
    let output = LogOutput(redaction: configuration.redaction) { log.append($0) }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = RecommendationServer(
        configuration,
        generator: SplitMix64(seed: 1),
        logger: Logger(label: "test") { _ in ServiceLogHandler(format: format, level: .trace, output: output) },
        store: store,
        load: load,
        onListening: { port.yield($0) }
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        for await number in ports {
            try await body(LiveService(client: RawClient(port: number), server: server, store: store, log: log))
            break
        }
        await server.stop()
        try await group.waitForAll()
    }
}
