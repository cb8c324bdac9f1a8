import ContainerPlatform
import Observations
import Testing

@testable import ServiceUnderTest

extension ProcessSuite {
    /// Instances that are no service at all, under real probes.
    struct ProcessDriverTests {
        @Test("an exit before the probe has passed cancels the attempt and fails the start")
        func exits() async throws {
            let (result, _) = try await ProcessHarness().run(script: "sleep 0.05; exit 3")
            guard case .exited(_, .code(3)) = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
            #expect(result.timeline.entries.contains { $0.event == .probeFailed(failures: 1, saw: .cancelled) })
            #expect(result.summary.attempts == 1)
        }

        @Test("a TCP attempt goes on until its timeout, and SIGTERM ends what heeds it")
        func neverListens() async throws {
            let (result, _) = try await ProcessHarness().run(script: "exec sleep 300")
            let failed = ProbeSighting.deadlineExceeded
            #expect(result.timeline.entries.contains { $0.event == .probeFailed(failures: 1, saw: failed) })
            #expect(result.timeline.entries.contains { $0.event == .exited(.signal(15)) })
            guard case .killed(let at, 1) = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
            #expect(at >= .milliseconds(1220))
        }

        @Test("what ignores SIGTERM gets SIGKILL once its grace is over")
        func ignoresTermination() async throws {
            let harness = ProcessHarness(speed: 40)
            let (result, _) = try await harness.run(script: "trap '' TERM; sleep 300 & while :; do wait; done")
            let ends = result.timeline.entries.compactMap { entry -> TimelineEvent? in
                switch entry.event {
                case .signal, .exited: entry.event
                default: nil
                }
            }
            #expect(ends == [.signal(15), .signal(9), .exited(.signal(9))])
            let termination = try #require(result.process.termination)
            #expect(termination.exit == nil && termination.waited >= .seconds(10))
        }

        @Test("how long a service takes from SIGTERM to its end is seen")
        func terminates() async throws {
            let harness = ProcessHarness(speed: 2)
            let (result, _) = try await harness.run(
                script: "trap 'sleep 0.2; exit 4' TERM; while :; do sleep 0.01; done"
            )
            let termination = try #require(result.process.termination)
            #expect(termination.exit == .code(4))
            #expect(termination.waited >= .milliseconds(400))
        }

        @Test("a process that ended by itself was not told to end")
        func notTold() async throws {
            let (result, _) = try await ProcessHarness().run(script: "exit 3")
            #expect(result.process.termination == nil)
        }

        @Test("an HTTP attempt is one try: a port that nothing listens on fails it at once")
        func refused() async throws {
            var harness = ProcessHarness()
            harness.platform = "{probe: {type: http, path: /health, timeout: 5s, period: 5s, failure_threshold: 1}}"
            let (result, _) = try await harness.run(script: "exec sleep 300")
            #expect(result.timeline.entries.contains { $0.event == .probeFailed(failures: 1, saw: .refused) })
            guard case .killed(let at, 1) = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
            #expect(at < .seconds(5))
        }

        @Test("a fault kills the group, and its receipt is how the process ended")
        func killed() async throws {
            var harness = ProcessHarness()
            harness.faults = "[{process: killed, at: 500ms}]"
            let (result, receipts) = try await harness.run(script: "sleep 300")
            #expect(receipts.map(\.fault) == [1])
            #expect(receipts.first?.evidence.contains("it ended on signal 9") ?? false)
            guard case .exited(_, .signal(9)) = result.summary.outcome else {
                Issue.record("\(result.summary.outcome)")
                return
            }
        }

        @Test("a fault stops the group, and its receipt is the state of every member")
        func stopped() async throws {
            var harness = ProcessHarness()
            harness.faults = "[{process: stopped, at: 500ms, for: 300ms}]"
            let (result, receipts) = try await harness.run(script: "sleep 300 & wait")
            #expect(receipts.first?.evidence.contains(" T, ") ?? false)
            #expect(result.log.contains { $0.text.hasPrefix("SIGCONT") && !$0.text.contains(" T") })
        }

        @Test("a group that holds more memory than it may is killed with the platform's words")
        func memoryLimit() async throws {
            var harness = ProcessHarness()
            harness.faults = "[{process: memory_limit, limit: 1MiB}]"
            let (result, receipts) = try await harness.run(script: "sleep 300 & sleep 300 & wait")
            #expect(receipts.first?.evidence.hasPrefix("Memory limit of 1 MiB exceeded with ") ?? false)
            #expect(!result.summary.isReady)
        }

        @Test("secrets stand in no line of the log")
        func secrets() async throws {
            let (result, _) = try await ProcessHarness()
                .run(script: "echo the password is hunter22; echo bye >&2; exit 1")
            #expect(result.log.contains { $0.text == "the password is ***" && $0.source == .output })
            #expect(result.log.contains { $0.text == "bye" && $0.source == .errors })
        }
    }
}
