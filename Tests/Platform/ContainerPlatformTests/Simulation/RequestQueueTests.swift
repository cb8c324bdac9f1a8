import Testing

@testable import ContainerPlatform

@Suite struct RequestQueueTests {
    private let probe = Given.http(period: 10, threshold: 3)

    @Test("a request that arrives while the instance starts is delivered the moment the probe succeeds")
    func queued() {
        let result = simulate(Given.blocking(seconds: 12), probe, requests: [.seconds(1), .seconds(25)])
        #expect(result.requests[0].delivered == .seconds(20))
        #expect(result.requests[0].outcome == .served(RequestState("full", quality: .full)))
        #expect(result.requests[0].latency == .milliseconds(19_100))
        #expect(result.requests[1].latency == .milliseconds(100))
        #expect(result.summary.firstFull?.request == 0)
        #expect(result.summary.firstFull?.moment == .milliseconds(20_100))
    }

    @Test("when the start fails a queued request gets 503 at the kill and later ones 500 at once")
    func failedStart() {
        let requests: [Duration] = [.seconds(3), .seconds(20), .seconds(20) + .nanoseconds(1), .seconds(60)]
        let result = simulate(Given.blocking(seconds: 100), probe, requests: requests)
        #expect(result.summary.outcome == .killed(at: .seconds(20), failures: 3))
        let readiness = RequestOutcome.refusedByPlatform(
            status: 503,
            text: "The request failed because the instance failed the readiness check."
        )
        let start = RequestOutcome.refusedByPlatform(
            status: 500,
            text: "The request failed because the instance could not start successfully."
        )
        #expect(result.requests.map(\.outcome) == [readiness, readiness, start, start])
        #expect(result.requests.map(\.latency) == [.seconds(17), .zero, .zero, .zero])
        #expect(result.requests.allSatisfy { $0.delivered == nil })
    }

    @Test("the request timeout counts the wait for the start")
    func timeout() {
        var profile = Given.exact
        profile.requestTimeout = .seconds(30)
        let process = Given.blocking(seconds: 95)
        let probe = Given.http(period: 10, threshold: 20)
        let result = simulate(process, probe, profile: profile, requests: [.seconds(5), .seconds(80)])
        #expect(result.requests.map(\.status) == [504, 200])
        #expect(result.requests.map(\.ended) == [.seconds(35), .milliseconds(100_100)])
    }

    @Test("a request that is served beyond the timeout gets 504 and frees its place")
    func timeoutInService() {
        var profile = Given.exact
        profile.requestTimeout = .seconds(30)
        profile.concurrency = 1
        var process = StagedProcess(stages: [])
        process.requestCPU = .seconds(20)
        let result = simulate(process, probe, profile: profile, requests: [.zero, .seconds(1), .seconds(2)])
        #expect(result.requests.map(\.status) == [200, 504, 504])
        #expect(result.requests.map(\.delivered) == [.zero, .seconds(20), .seconds(31)])
        #expect(result.requests.map(\.ended) == [.seconds(20), .seconds(31), .seconds(32)])
    }

    @Test("requests beyond the concurrency wait for a place, in the order of arrival")
    func concurrency() {
        var profile = Given.exact
        profile.concurrency = 2
        var process = StagedProcess(stages: [])
        process.requestCPU = .seconds(1)
        let result = simulate(process, probe, profile: profile, requests: Array(repeating: .zero, count: 5))
        #expect(result.requests.map(\.ended) == [1, 1, 2, 2, 3].map { .seconds($0) })
    }

    @Test("a process may keep a request until a stage has ended, and that lends the stage CPU")
    func waiting() {
        var process = Given.progressive(svd: 4, p5: 6)
        process.keepsRequestsWaiting = true
        let result = simulate(process, probe, requests: [.seconds(50)])
        #expect(result.requests[0].admitted == .seconds(54))
        #expect(result.requests[0].outcome == .served(RequestState("partial", quality: .partial)))
        #expect(result.summary.firstWithRows?.moment == .milliseconds(54_100))
        #expect(result.summary.firstFull == nil)
    }

    @Test("a probe on another port lets requests through to a port where nobody listens: 503")
    func otherPort() {
        let result = simulate(
            Given.blocking(seconds: 1, port: 9000),
            Given.http(period: 10, port: 9000),
            requests: [.seconds(20)]
        )
        #expect(result.summary.isReady)
        #expect(result.requests[0].status == 503)
    }

    @Test("a crash in service cuts what is in flight and later requests go elsewhere")
    func crash() {
        var process = Given.progressive(svd: 4, p5: 6)
        process.stages[0].ending = .fails
        process.requestCPU = .seconds(60)
        let result = simulate(process, probe, requests: [.seconds(1), .seconds(90)])
        #expect(result.summary.isReady)
        #expect(result.requests[0].outcome == .cut(status: 503, text: PlatformLog.connectionError))
        #expect(result.requests[0].ended == .seconds(5))
        #expect(result.requests[1].outcome == .elsewhere)
    }

    @Test("a request that the horizon overtakes is unanswered")
    func horizon() {
        var process = StagedProcess(stages: [])
        process.requestCPU = .seconds(60)
        let result = simulate(process, probe, requests: [.seconds(1), .seconds(90)], horizon: .seconds(30))
        #expect(result.requests.map(\.outcome) == [.unanswered, .unanswered])
        #expect(result.requests[0].admitted == .seconds(1))
    }
}
