import Testing

@testable import ContainerPlatform

/// No step looks at all requests: with a look at each of 100,000 for every event these would take hours.
@Suite struct ReplayScaleTests {
    private let count = 100_000

    @Test(.timeLimit(.minutes(10)), arguments: [1, 80])
    func `a hundred thousand requests are simulated in time that grows with their number`(concurrency: Int) {
        var profile = Given.exact
        profile.concurrency = concurrency
        var process = StagedProcess(stages: [])
        process.requestCPU = .milliseconds(1)
        let cpu = CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false)
        let requests = (0..<count).map { Duration.milliseconds(2 * $0) }
        let result = simulate(process, Given.http(), cpu: cpu, profile: profile, requests: requests)
        #expect(result.requests.allSatisfy { $0.latency == .milliseconds(1) })
        #expect(result.timeline.entries.count > 4 * count)
    }

    @Test(.timeLimit(.minutes(10)))
    func `requests that pile up behind one that hangs are refused one by one, in their order`() {
        var it = InstanceHarness.serving {
            $0.concurrency = 2
            $0.requestTimeout = .seconds(count)
        }
        it.after(.arrival(0, 0), .requestSent(0), at: 0)
        for index in 1..<count {
            it.after(.arrival(index, 0), .requestSent(index), .answerCame(index, .full), at: 0)
        }
        for index in count..<2 * count { it.after(.arrival(index, 1), at: 1) }
        #expect(it.reach(.init(count)).prefix(2) == [.ended(0), .deliver(count + 1)])
        #expect(it.after(.processExited(.code(1)), at: .init(count)).count == count + 1)
        #expect(it.instance.inFlight == 0)
    }
}
