import ContainerPlatform
import Domain
import Observations
import Synchronization
import Testing

@testable import ServiceUnderTest

extension ProcessSuite {
    /// The platform's decisions about requests, CPU and the end, for a real process on a real clock.
    struct ScriptedServiceTests {
        private static let probe = "probe: {type: tcp, timeout: 20s, period: 20s, failure_threshold: 1}"

        private func harness(requests: String, platform: String = "") -> ProcessHarness {
            var harness = ProcessHarness()
            harness.platform = "{\(Self.probe)\(platform)}"
            harness.requests = requests
            harness.simulatedEnd = .seconds(6)
            return harness
        }

        @Test("requests before the start wait for it, and get their answers after it")
        func queued() async throws {
            let harness = harness(requests: "[{at: 200ms, session: [1, 2]}]")
            let (result, _) = try await harness.serve(["LISTENS_AFTER": "0.2"])
            #expect(result.answers.map(\.status) == [200, 200])
            let ready = try #require(result.moment { if case .probeSucceeded = $0 { true } else { false } })
            for answer in result.answers {
                #expect(answer.arrivedAt == .milliseconds(200))
                #expect(try #require(answer.takenAt) >= ready)
            }
            #expect(result.summary.firstFull != nil && result.finalHealth == .readyFull)
        }

        @Test("a run says what it waits for: the start, a request, its answer")
        func progress() async throws {
            var harness = harness(requests: "[{at: 8s, session: 1}]")
            let said = Mutex<[String]>([])
            harness.progress = { text in said.withLock { $0.append(text) } }
            let (result, _) = try await harness.serve(["LISTENS_AFTER": "0.1", "ANSWERS": "200:0.5"])
            #expect(result.answers.map(\.status) == [200])
            #expect(said.withLock { Array($0.prefix(3)) } == ["the startup probe", "1 request", "1 answer"])
        }

        @Test("no more requests are with the service than the concurrency allows")
        func concurrency() async throws {
            let (result, _) = try await harness(requests: "[{at: 2s, session: all}]").serve(["ANSWERS": "200:0.2"])
            #expect(result.answers.map(\.status) == Array(repeating: 200, count: 90))
            #expect(result.mostInFlight == PlatformProfile.cloudRun.concurrency)
        }

        @Test("a session's next request is sent when what the last one left has been read, another session's at once")
        func oneSession() async throws {
            var harness = harness(
                requests: "[{at: 2s, session: 1}, {at: 5s, session: 1}, {at: 5s, session: 2}]"
            )
            harness.rowsTime = .milliseconds(600)
            let (result, _) = try await harness.serve()
            #expect(result.answers.map(\.status) == [200, 200, 200])
            let taken = try result.answers.map { try #require($0.takenAt) }
            let read = result.answers[0].finishedAt + harness.rowsTime * harness.speed
            #expect(taken[1] >= read)
            #expect(taken[2] < read)
        }

        @Test("a start that fails refuses those that wait with 503 and those that come with 500")
        func failedStart() async throws {
            var harness = harness(requests: "[{at: 100ms, session: 1}, {at: 4s, session: 2}]")
            harness.platform = "{probe: {type: tcp, timeout: 1s, period: 1s, failure_threshold: 1}}"
            let (result, _) = try await harness.serve(["LISTENS_AFTER": "never"])
            #expect(result.answers.map(\.status) == [503, 500])
            #expect(
                result.outcomes == [
                    .refusedByPlatform(status: 503, text: PlatformLog.readinessCheckFailed),
                    .refusedByPlatform(status: 500, text: PlatformLog.couldNotStart),
                ]
            )
            #expect(result.answers.allSatisfy { $0.takenAt == nil })
        }

        @Test("a request that outlives its time is answered 504, the wait for the start included")
        func timeout() async throws {
            let harness = harness(
                requests: "[{at: 100ms, session: 1}, {at: 3s, session: 2}]",
                platform: ", request_timeout: 2s"
            )
            let (result, _) = try await harness.serve(["LISTENS_AFTER": "0.25", "ANSWERS": "200:10,200:0"])
            #expect(result.answers.map(\.status) == [504, 200])
            #expect(result.outcomes.first == .refusedByPlatform(status: 504, text: PlatformLog.requestTimedOut))
            let end = try #require(result.answers.first).finishedAt
            #expect(end >= .milliseconds(2100) && end < .milliseconds(2600))
        }

        @Test("a connection that breaks is answered 503 by the platform, the service's refusal is its own")
        func cut() async throws {
            let harness = harness(requests: "[{at: 2s, session: 1}, {at: 3s, session: 2}, {at: 4s, session: 3}]")
            let (result, _) = try await harness.serve(["ANSWERS": "cut:0.02,409:0,200:0"])
            #expect(
                result.outcomes == [
                    .cut(status: 503, text: PlatformLog.connectionError),
                    .refused(status: 409, text: "as the script says"),
                    .served(RequestState(.full)),
                ]
            )
        }

        @Test("the end of a process cuts what it has, and what comes later goes elsewhere")
        func exit() async throws {
            let harness = harness(requests: "[{at: 3s, session: 1}, {at: 6s, session: 2}]")
            let (result, _) = try await harness.serve(["ANSWERS": "200:10", "EXITS": "0.5:3"])
            #expect(result.outcomes == [.cut(status: 503, text: PlatformLog.connectionError), .elsewhere])
            #expect(result.timeline.entries.contains { $0.event == .exited(.code(3)) })
        }

        @Test(
            "without a request CPU is withdrawn: the group is stopped, which is read back, and continued for the next"
        )
        func billing() async throws {
            var harness = harness(
                requests: "[{at: 1s, session: 1}, {at: 4s, session: 2}]",
                platform: ", cpu: {limit: 1, billing: request, startup_boost: false}"
            )
            harness.speed = 4
            let (result, _) = try await harness.serve(["ANSWERS": "200:0.1", "HEALTH": "0:ready_basic"])
            #expect(result.answers.map(\.status) == [200, 200])
            let harnessLines = result.log.filter { $0.source == .harness }.map(\.text)
            let stops = harnessLines.filter { $0.hasPrefix("the group was stopped") }
            #expect(!stops.isEmpty && stops.allSatisfy { $0.contains(" T") })
            #expect(harnessLines.contains { $0.hasPrefix("the group was continued") && !$0.contains(" T") })
            let withdrawals = result.timeline.entries.count { $0.event == .cpuWithdrawn }
            #expect(withdrawals >= 2)
        }

        @Test("the boost ends some time after the start, and with it the CPU beyond the limit")
        func boost() async throws {
            var harness = harness(
                requests: "[{at: 14s, session: 1}]",
                platform: ", cpu: {limit: 1, billing: instance, startup_boost: true}"
            )
            harness.speed = 20
            harness.simulatedEnd = .seconds(15)
            let (result, _) = try await harness.serve()
            let ready = try #require(result.moment { if case .probeSucceeded = $0 { true } else { false } })
            let ended = try #require(result.moment { $0 == .boostEnded })
            #expect(ended >= ready + .seconds(10))
            #expect(result.timeline.entries.contains { $0.event == .cpuAllocated(millicores: 1000) })
        }

        @Test("an order to end that is ignored is followed by SIGKILL after the grace")
        func ignored() async throws {
            var harness = harness(requests: "[{at: 2s, session: 1}]")
            harness.service = "on_sigterm: ignored"
            harness.speed = 40
            let (result, _) = try await harness.serve(["SIGTERM": "ignored"])
            let termination = try #require(result.process.termination)
            #expect(termination.exit == nil && termination.waited >= .seconds(10))
            #expect(result.answers.map(\.status) == [200])
        }

        @Test("the code that a service ends with when it is told to is seen")
        func ends() async throws {
            let (result, _) = try await harness(requests: "[{at: 2s, session: 1}]").serve(["SIGTERM": "7"])
            #expect(result.process.termination?.exit == .code(7))
        }

        @Test("a request waits for the rating that is given at its moment")
        func rating() async throws {
            var harness = harness(requests: "[{at: 2s, session: 1}]")
            harness.ratings = "[{at: 2s, session: 1, movie: 318, rating: 5}]"
            let (result, _) = try await harness.serve()
            #expect(result.answers.map(\.status) == [200])
            let taken = try #require(result.answers.first?.takenAt)
            #expect(taken >= .seconds(2) + ProcessHarness.ratingTime * harness.speed)
        }
    }
}

extension ProcessDriver.Result {
    /// The moment of the first event of a kind.
    fileprivate func moment(_ isMeant: (TimelineEvent) -> Bool) -> Duration? {
        timeline.entries.first { isMeant($0.event) }?.moment
    }

    /// What became of the requests, in their order.
    fileprivate var outcomes: [RequestOutcome] {
        var outcomes: [Int: RequestOutcome] = [:]
        for case .requestEnded(let index, let outcome, _) in timeline.entries.map(\.event) { outcomes[index] = outcome }
        return outcomes.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The most requests that were with the service at once.
    fileprivate var mostInFlight: Int {
        var (inFlight, most) = (0, 0)
        for entry in timeline.entries {
            switch entry.event {
            case .requestDelivered: inFlight += 1
            case .requestEnded: inFlight -= 1
            default: break
            }
            most = max(most, inFlight)
        }
        return most
    }
}
