import Domain
import HTTPService
import ModelFiles
import RecommendationEngine
import Testing

/// A service that plays a scenario.
@Suite(.timeLimit(.minutes(10)))
struct RehearsalTests {
    private func configuration(_ rehearsal: Rehearsal) -> ServiceConfiguration {
        var configuration = shippedConfiguration()
        configuration.strategy = .progressive
        configuration.rehearsal = rehearsal
        return configuration
    }

    @Test("stages take their time, and a stage fails with the message that was written for it")
    func stages() async throws {
        var rehearsal = Rehearsal()
        rehearsal[stage: .svd].seconds = 0.05
        rehearsal[stage: .tokenizer].fails = "no such piece"
        let clock = ContinuousClock()
        let start = clock.now
        try await withService(configuration(rehearsal), load: nil) { service in
            try await service.wait(for: "ready_basic")
            for _ in 0..<1_000 where !service.log.all.contains(where: { $0.contains("initialisation failed") }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(start.duration(to: clock.now) >= .milliseconds(50))
            #expect(service.log.all.contains { $0.contains("initialisation failed") && $0.contains("no such piece") })
            let answer = try await service.recommend()
            #expect(answer.status == 200)
            #expect(answer.headers["coldstart-state"] == "svd_only")
        }
    }

    @Test("P5 fails in the request that is meant, and the display list begins with the model that is asked for")
    func requests() async throws {
        var rehearsal = Rehearsal()
        rehearsal.scoringFails = [.init(request: 2, message: "out of memory")]
        rehearsal.serving = .init(full: 0.1)
        try await withService(configuration(rehearsal), load: nil) { service in
            try await service.wait(for: "ready_full")
            let clock = ContinuousClock()
            let start = clock.now
            let first = try await service.recommend(
                headers: ["Coldstart-Request": "1", "Coldstart-Display-Start": "p5"]
            )
            #expect(start.duration(to: clock.now) >= .milliseconds(100))
            #expect(first.headers["coldstart-state"] == "full")
            #expect(first.body.contains(#""display_sequence":[["p5","#))
            let second = try await service.recommend(
                headers: ["Coldstart-Request": "2", "Coldstart-Display-Start": "svd"]
            )
            #expect(second.body.contains(#""p5_top_saved":0"#))
            #expect(second.headers["coldstart-notes"]?.contains("out%20of%20memory") == true)
        }
    }

    @Test("a service that plays nothing looks at none of the headers and sends none")
    func withoutRehearsal() async throws {
        try await withService(shippedConfiguration()) { service in
            try await service.wait(for: "ready_basic")
            let answer = try await service.recommend(headers: ["Coldstart-Request": "1"])
            #expect(answer.status == 200)
            #expect(!answer.headers.keys.contains { $0.hasPrefix("coldstart") })
        }
    }

    @Test(
        "a rehearsal that cannot be played is refused by the variable's name",
        arguments: [
            "{", #"{"stages":{"warmup":{"seconds":1}}}"#, #"{"boot":-1}"#, #"{"boot":1e300}"#, #"{"boot":"2s"}"#,
        ]
    )
    func refuses(_ text: String) {
        #expect {
            try ServiceConfiguration(environment: [Rehearsal.variable: text])
        } throws: {
            "\($0)".hasPrefix("COLDSTART_REHEARSAL: found")
        }
    }
}
