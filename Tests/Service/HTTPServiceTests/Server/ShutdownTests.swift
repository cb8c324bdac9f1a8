import Domain
import HTTPService
import Logging
import Testing

/// How the service ends.
@Suite(.timeLimit(.minutes(10)))
struct ShutdownTests {
    @Test("requests in flight are answered before the end")
    func drains() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            service.store.change { $0.delay = .milliseconds(300) }
            async let answer = service.recommend()
            try await service.store.waitForReads(1)
            await service.server.stop()
            #expect(try await answer.status == 200)
            #expect(service.store.writes == 1)
        }
    }

    @Test("a request that never ends does not hold up the end, and an idle connection neither")
    func doesNotWaitForEver() async throws {
        var configuration = shippedConfiguration()
        configuration.limits.drainTime = .milliseconds(200)
        let clock = ContinuousClock()
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            service.store.change { $0.delay = .seconds(60) }
            let stuck = Task { try await service.recommend() }
            let idle = Task { try await service.client.exchange([]) }
            try await service.store.waitForReads(1)
            // How long the start took, beside all other tests, is not the question.
            let stop = clock.now
            await service.server.stop()
            _ = await stuck.result
            _ = await idle.result
            #expect(stop.duration(to: clock.now) < .seconds(20))
            #expect(service.store.writes == 0)
        }
    }

    @Test("it ends while a blocking start hangs")
    func endsWhileLoading() async throws {
        var configuration = shippedConfiguration()
        configuration.strategy = .blocking
        let gate = ServiceModelsTests.Gate()
        let server = RecommendationServer(
            configuration,
            generator: SystemRandomNumberGenerator(),
            logger: .init(label: "test") { _ in ServiceLogHandler(format: .text, output: LogOutput { _ in }) },
            store: MemoryStore(),
            load: { stage, _ in gate.pass(stage) },
            onListening: { _ in Issue.record("a blocking start listened before its end") }
        )
        let running = Task { try await server.run() }
        try await Task.sleep(for: .milliseconds(50))
        await server.stop()
        try await running.value
        gate.release(.environment, .svd, .datamaps, .tokenizer, .checkpoint)
    }

    @Test("a port that is taken is an error that names it")
    func portTaken() async throws {
        try await withService { service in
            var configuration = shippedConfiguration()
            configuration.port = service.client.port
            let second = RecommendationServer(
                configuration,
                generator: SystemRandomNumberGenerator(),
                logger: .init(label: "test") { _ in ServiceLogHandler(format: .text, output: LogOutput { _ in }) },
                store: MemoryStore(),
                load: withoutP5
            )
            let error = await #expect(throws: RecommendationServer.ListenError.self) { try await second.run() }
            #expect(error?.description.contains("127.0.0.1:\(configuration.port)") == true)
        }
    }

    @Test("requests of different sessions run side by side")
    func runsSideBySide() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            service.store.change { $0.isHeld = true }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 { group.addTask { try await service.recommend().status } }
                // All have begun before one ends: one after the other they would never get here.
                try await service.store.waitForReads(16)
                service.store.change { $0.isHeld = false }
                for try await status in group { #expect(status == 200) }
            }
        }
    }
}
