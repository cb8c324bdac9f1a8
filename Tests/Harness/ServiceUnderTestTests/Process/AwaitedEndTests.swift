import ContainerPlatform
import Domain
import Observations
import Testing

@testable import ServiceUnderTest

extension ProcessSuite {
    /// Until when a run waits for a service that loads in the background.
    struct AwaitedEndTests {
        private func harness(checkpoint: String, expect: String = "{startup: {outcome: ready}}") -> ProcessHarness {
            var harness = ProcessHarness()
            harness.strategy = "progressive"
            // Without requests there is CPU too, or nothing would load.
            harness.platform =
                "{cpu: {limit: 1, billing: instance}, probe: {type: tcp, timeout: 1s, period: 1s, failure_threshold: 5}}"
            harness.stages = "{boot: 100ms, svd: 0s, datamaps: 0s, tokenizer: 0s, checkpoint: \(checkpoint)}"
            harness.requests = "[{at: 2s, session: 1}]"
            harness.expect = expect
            harness.simulatedEnd = nil
            return harness
        }

        private func end(checkpoint: String, expect: String) throws -> AwaitedEnd {
            let plan = try harness(checkpoint: checkpoint, expect: expect).plan()
            return AwaitedEnd(plan, plan.simulation.run(seed: 1))
        }

        @Test(
            "a long load is waited for where something is expected of it",
            arguments: ["startup: {ready_full: {from: 1h}}", "startup: {outcome: init_error}"]
        )
        func expected(expectation: String) throws {
            let end = try end(checkpoint: "23h", expect: "{\(expectation)}")
            #expect(end.awaitsLastWord && end.simulated > .seconds(3600))
        }

        @Test(
            "a long load that nothing is expected of is not waited for",
            arguments: ["{startup: {outcome: ready, ready_basic: {to: 2s}}}", "{startup: {probe_truth_gap: {to: 5s}}}"]
        )
        func notExpected(expect: String) throws {
            let end = try end(checkpoint: "23h", expect: expect)
            #expect(!end.awaitsLastWord)
            #expect(end.simulated >= .seconds(2) && end.simulated < .seconds(60))
        }

        @Test("a load that ends soon is waited for without being expected")
        func soon() throws {
            let end = try end(checkpoint: "200s", expect: "{rows: none}")
            #expect(end.awaitsLastWord && end.simulated >= .seconds(200))
        }

        @Test("a run ends with its last answer while a stage of 23 hours loads, and its log says so")
        func ends() async throws {
            let (result, _) = try await harness(checkpoint: "23h").serve(["HEALTH": "0:ready_basic"])
            #expect(result.answers.map(\.status) == [200])
            #expect(result.finalHealth == .readyBasic)
            #expect(result.summary.ended < .seconds(60))
            #expect(result.log.contains { $0.text.hasPrefix("the run ends while the service loads") })
        }
    }
}
