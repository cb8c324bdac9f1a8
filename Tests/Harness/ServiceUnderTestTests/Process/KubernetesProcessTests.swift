import ColdstartTestSupport
import ContainerPlatform
import Observations
import Testing

@testable import ServiceUnderTest

extension ProcessSuite {
    /// Real processes under a kubelet's probes: restarts, liveness, readiness, the queue-proxy's questions.
    struct KubernetesProcessTests {
        private func harness(_ platform: String, requests: String = "[]") -> ProcessHarness {
            var harness = ProcessHarness()
            harness.platform = "{profile: kubernetes, \(platform)}"
            harness.requests = requests
            harness.simulatedEnd = .seconds(4)
            return harness
        }

        private func events(_ result: ProcessDriver.Result) -> [TimelineEvent] {
            result.timeline.entries.compactMap { entry in
                switch entry.event {
                case .probeFailed, .containerStarted, .exited, .traffic, .probeFound, .progressDeadlineExceeded:
                    entry.event
                default: nil
                }
            }
        }

        @Test("a TCP attempt on a closed port fails at once, and a new process is started after the old one's end")
        func restarts() async throws {
            var harness = harness("probe: {type: tcp, timeout: 5s, period: 2s, failure_threshold: 1}, watch: 9s")
            // A tick is then 600 ms of a busy machine.
            harness.speed = 3
            let (result, _) = try await harness.run(script: "exec sleep 300")
            #expect(
                events(result).prefix(3) == [
                    .probeFailed(failures: 1, saw: .refused), .exited(.signal(15)), .containerStarted(life: 2),
                ]
            )
            let lives = result.summary.earlierLives
            #expect(lives.count >= 2)
            #expect(lives.allSatisfy { $0.failedProbe == .startup && $0.exit == .signal(15) })
            let first = try #require(lives.first?.ended)
            #expect(first < .seconds(1.9), "the first attempt is that of the launch, not of the next tick")
            guard case .killed = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
        }

        @Test("a process that exits is started again, and what it wrote in each life is in the log")
        func crashes() async throws {
            let harness = harness("watch: 4s")
            let (result, _) = try await harness.run(script: "echo hello; exit 3")
            #expect(result.summary.earlierLives.count == 2, "at once, then only after ten seconds")
            #expect(result.log.count { $0.text == "hello" } == 2)
        }

        @Test("a container that becomes ready in a later life serves")
        func laterLife() async throws {
            let folder = try TemporaryFolder()
            let harness = harness(
                "readiness: {type: tcp, timeout: 1s, period: 1s}, watch: 60s",
                requests: "[{at: 20s, session: 1}]"
            )
            let (result, _) = try await harness.serve(["EXITS_UNLESS": folder.path + "/second", "EXITS": "0.2:3"])
            #expect(result.summary.earlierLives.count == 1)
            #expect(result.answers.map(\.status) == [200])
            #expect(result.summary.isReady)
        }

        @Test("aggressive questions notice the port while one attempt of the kubelet lasts")
        func aggressive() async throws {
            var harness = harness("watch: 60s", requests: "[{at: 100ms, session: 1}]")
            harness.platform = "{profile: knative}"
            harness.speed = 2
            let (result, _) = try await harness.serve(["LISTENS_AFTER": "0.5"])
            #expect(result.answers.map(\.status) == [200], "it waited")
            #expect(result.timeline.entries.count { if case .attempt = $0.event { true } else { false } } >= 1)
            let lag = try #require(result.summary.detectionLag)
            #expect(lag < .milliseconds(400))
        }

        @Test("an unknown port is tried three times a tick, and neither ends the process nor lets it start")
        func unknownPort() async throws {
            let harness = harness("probe: {type: http, port: web, period: 2s, failure_threshold: 1}, watch: 7s")
            let (result, _) = try await harness.serve()
            let attempts = result.timeline.entries.compactMap { entry -> ProbeSighting? in
                if case .attempt(let attempt) = entry.event { attempt.saw } else { nil }
            }
            #expect(attempts.count >= 3 && attempts.allSatisfy { $0 == .unknownPort("web") })
            #expect(result.summary.outcome == .undecided)
            #expect(result.summary.earlierLives.isEmpty)
            #expect(result.summary.probeCouldPass == nil)
        }

        @Test("a revision that never listens is given up at its progress deadline, and taken away later")
        func deadline() async throws {
            var harness = harness("", requests: "[{at: 1s, session: 1}]")
            harness.platform = "{profile: knative, progress_deadline: 5s, request_timeout: 60s}"
            harness.speed = 40
            let (result, _) = try await harness.run(script: "exec sleep 300")
            #expect(result.answers.map(\.status) == [503])
            guard case .givenUp(let at) = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
            #expect(at >= .seconds(5))
            #expect(events(result).last == .exited(.signal(15)))
        }

        @Test("a failed liveness probe restarts the process, and its request is cut")
        func liveness() async throws {
            let harness = harness(
                "liveness: {type: http, path: /health, timeout: 1s, period: 2s, failure_threshold: 1}, watch: 20s",
                requests: "[{at: 3s, session: 1}]"
            )
            let (result, _) = try await harness.serve(["HEALTH": "0:ready_full,0.5:silent", "ANSWERS": "200:5"])
            #expect(result.summary.earlierLives.first?.failedProbe == .liveness)
            #expect(result.answers.map(\.status) == [503])
        }
    }
}
