import ContainerPlatform
import Observations
import Testing

@testable import ServiceUnderTest

extension ProcessSuite {
    /// Health checks of gRPC on a real process.
    struct GRPCProcessTests {
        private func attempts(_ result: ProcessDriver.Result) -> [ProbeSighting] {
            result.timeline.entries.compactMap { entry in
                if case .attempt(let attempt) = entry.event { attempt.saw } else { nil }
            }
        }

        private func harness(_ platform: String) -> ProcessHarness {
            var harness = ProcessHarness()
            harness.platform = "{\(platform)}"
            return harness
        }

        @Test("NOT_SERVING fails, SERVING starts the instance, and the name of the service comes through")
        func serves() async throws {
            let probe = "probe: {type: grpc, service: movies, period: 1s, failure_threshold: 30}"
            let (result, _) = try await harness(probe).serve(["GRPC": "0:NOT_SERVING,0.4:SERVING"])
            let seen = attempts(result)
            #expect(seen.contains(.health(status: 2)))
            #expect(seen.last == .health(status: 1))
            #expect(result.summary.isReady)
            #expect(result.summary.probeCouldPass != nil)
            // Two bytes and the name.
            #expect(result.log.contains { $0.text == "checks 8" })
            #expect(!result.log.contains { $0.text == "misses its PING" })
        }

        @Test("a status of gRPC fails the attempt, one without an answer runs out of time")
        func fails() async throws {
            let probe = "probe: {type: grpc, timeout: 2s, period: 2s, failure_threshold: 2}"
            let (unimplemented, _) = try await harness(probe).serve(["GRPC": "0:12"])
            #expect(attempts(unimplemented).last == .callFailed(code: 12))
            #expect(unimplemented.summary.probeCouldPass == nil)
            let (silent, _) = try await harness(probe).serve(["GRPC": "0:silent"])
            #expect(attempts(silent).last == .deadlineExceeded)
        }

        @Test("a server of HTTP/1 is no server of gRPC: at once on Cloud Run, after the timeout under a kubelet")
        func otherProtocol() async throws {
            let probe = "probe: {type: grpc, timeout: 2s, period: 2s, failure_threshold: 2}"
            let (cloudRun, _) = try await harness(probe).serve()
            #expect(attempts(cloudRun).last == .notGRPC)
            let short = "probe: {type: grpc, timeout: 1s, period: 1s, failure_threshold: 2}, watch: 6s"
            let (kubelet, _) = try await harness("profile: kubernetes, \(short)").serve()
            #expect(attempts(kubelet).first == .deadlineExceeded)
            #expect(kubelet.summary.earlierLives.first?.failedProbe == .startup)
        }

        @Test("under a kubelet one attempt dials again until the port is open")
        func redials() async throws {
            let probe = "probe: {type: grpc, timeout: 30s, period: 30s, failure_threshold: 1}, watch: 60s"
            let (result, _) = try await harness("profile: kubernetes, \(probe)")
                .serve(["GRPC": "0:SERVING", "LISTENS_AFTER": "0.3"])
            #expect(attempts(result) == [.health(status: 1)])
            #expect(result.summary.isReady)
        }

        @Test("an attempt that asks again and again sees the server serve")
        func aggressive() async throws {
            var harness = harness("profile: knative, readiness: {type: grpc}")
            harness.speed = 2
            let (result, _) = try await harness.serve(["GRPC": "0:NOT_SERVING,0.5:SERVING"])
            #expect(attempts(result).last == .health(status: 1))
            #expect(result.summary.isReady)
        }
    }
}
