import Domain
import HTTPService
import Logging
import RecommendationEngine
import Synchronization
import Testing

import class Foundation.Thread

/// What the service says and does while its stages go by, with stages that wait for the test.
struct ServiceModelsTests {
    /// Lets stages through one by one; stages run on threads of their own and may wait.
    final class Gate: Sendable {
        private let open = Mutex<Set<InitialisationStage>>([])

        func release(_ stages: InitialisationStage...) { open.withLock { $0.formUnion(stages) } }

        func pass(_ stage: InitialisationStage) {
            while !open.withLock({ $0.contains(stage) }) { pause() }
        }
    }

    private func withModels(
        _ strategy: InitialisationStrategy,
        waits: Bool = false,
        _ body: (ServiceModels, Gate, LogLines) async throws -> Void
    ) async throws {
        var configuration = shippedConfiguration()
        configuration.strategy = strategy
        configuration.lazyFirstRequest = waits ? .waits : .answeredFromSVD
        let gate = Gate()
        let log = LogLines()
        let paths = configuration.paths
        let models = ServiceModels(
            configuration: configuration,
            metrics: ServiceMetrics(),
            logger: Logger(label: "test") { _ in
                ServiceLogHandler(format: .text, output: LogOutput { log.append($0) })
            },
            load: { stage, models in
                gate.pass(stage)
                try models.load(stage, from: paths)
            }
        )
        let running = Task { try await models.run() }
        try await body(models, gate, log)
        gate.release(.environment, .svd, .datamaps, .tokenizer, .checkpoint)
        running.cancel()
        _ = try? await running.value
    }

    private func wait(_ models: ServiceModels, until condition: (ServiceModels) -> Bool) async throws {
        while !condition(models) { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("blocking listens only once everything has loaded", .timeLimit(.minutes(10)))
    func blocking() async throws {
        try await withModels(.blocking) { models, gate, _ in
            let listening = Task { try await models.waitUntilListening() }
            gate.release(.environment, .svd, .datamaps, .tokenizer)
            try await wait(models) { $0.movieCount > 0 }
            #expect(models.health == .booting)
            gate.release(.checkpoint)
            try await listening.value
            #expect(models.health == .readyFull)
            #expect(try await models.admit() == .full)
        }
    }

    @Test("progressive says yes before it can rank anything", .timeLimit(.minutes(10)))
    func progressive() async throws {
        try await withModels(.progressive) { models, gate, _ in
            #expect(models.health == .booting)
            gate.release(.environment)
            try await models.waitUntilListening()
            #expect(models.health == .readyBasic)
            #expect(try await models.admit() == .nothing)
            gate.release(.svd, .datamaps)
            try await wait(models) { $0.movieCount > 0 }
            #expect(try await models.admit() == .svdOnly)
            gate.release(.tokenizer, .checkpoint)
            try await wait(models) { $0.health == .readyFull }
        }
    }

    @Test("gated refuses with a time to come again until SVD serves", .timeLimit(.minutes(10)))
    func gated() async throws {
        try await withModels(.gated) { models, gate, _ in
            gate.release(.environment)
            try await models.waitUntilListening()
            await #expect(throws: ServiceError(status: 503, detail: "warming up", retryAfter: 1)) {
                try await models.admit()
            }
            gate.release(.svd, .datamaps)
            try await wait(models) { $0.health.isReady }
            #expect(models.health == .readyBasic)
            #expect(try await models.admit() == .svdOnly)
        }
    }

    @Test(
        "lazy loads P5 for the first request, which waits or does not",
        .timeLimit(.minutes(10)),
        arguments: [true, false]
    )
    func lazy(waits: Bool) async throws {
        try await withModels(.lazy, waits: waits) { models, gate, _ in
            gate.release(.environment, .svd, .datamaps)
            try await wait(models) { $0.health.isReady }
            try models.refuseUnlessServing()
            let first = Task { try await models.admit() }
            if !waits { #expect(try await first.value == .svdOnly) }
            gate.release(.tokenizer, .checkpoint)
            if waits { #expect(try await first.value == .full) }
            try await wait(models) { $0.health == .readyFull }
        }
    }

    @Test("a request that is cancelled does not wait for P5", .timeLimit(.minutes(10)))
    func cancelsWait() async throws {
        try await withModels(.lazy, waits: true) { models, gate, _ in
            gate.release(.environment, .svd, .datamaps)
            try await wait(models) { $0.health.isReady }
            let first = Task { try await models.admit() }
            try await Task.sleep(for: .milliseconds(5))
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
        }
    }

    @Test("a missing variable is named by the status and the log", .timeLimit(.minutes(10)))
    func missingVariable() async throws {
        var configuration = shippedConfiguration()
        configuration.requiredEnvironment = ["DATABASE_URL", "SUPABASE_URL", "OTHER"]
        let log = LogLines()
        let models = ServiceModels(
            configuration: configuration,
            metrics: ServiceMetrics(),
            logger: Logger(label: "test") { _ in
                ServiceLogHandler(format: .json, output: LogOutput { log.append($0) })
            }
        )
        let running = Task { try await models.run() }
        try await models.waitUntilListening()
        let status = "init_error: required environment variables are missing: SUPABASE_URL, OTHER"
        #expect(models.health == .failed(text: status))
        try await wait(models) { _ in !log.all.isEmpty }
        #expect(log.all[0].contains("\"trace\":[\"environment failed after"))
        running.cancel()
        _ = try? await running.value
    }
}

/// Gives a thread's time away.
func pause() {
    Thread.sleep(forTimeInterval: 0.001)
}
