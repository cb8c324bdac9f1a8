import Testing

@testable import ContainerPlatform

/// Revisions of Knative in virtual time.
@Suite struct KnativeTests {
    private func simulate(
        _ process: StagedProcess,
        isAggressive: Bool = true,
        successes: Int = 1,
        requests: [Duration] = [],
        _ change: (inout PlatformProfile) -> Void = { _ in }
    ) -> InstanceSimulation<StagedProcess>.Result {
        var readiness = Given.tcp(timeout: isAggressive ? 10 : 1, period: isAggressive ? 1 : 10)
        readiness.isAggressive = isAggressive
        readiness.successThreshold = successes
        var profile = PlatformProfile.knative
        change(&profile)
        var plan = InstancePlan(
            cpu: CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false),
            profile: profile,
            requests: requests
        )
        plan.hasStartupProbe = false
        plan.readiness = readiness
        return InstanceSimulation(plan: plan, process: process).run(seed: 1)
    }

    @Test(
        "aggressive probing notices within 50 ms, single tries only at the next period",
        arguments: [0.31, 4.02, 17.77]
    )
    func noticesSoon(seconds: Double) throws {
        let soon = simulate(Given.blocking(seconds: seconds))
        #expect(try #require(soon.summary.detectionLag) <= .milliseconds(51))
        let late = simulate(Given.blocking(seconds: seconds), isAggressive: false)
        #expect(try #require(late.summary.detectionLag) > .seconds(2))
    }

    @Test("the kubelet's attempt runs out after 10 s and the next goes on asking")
    func manyAttempts() {
        let result = simulate(Given.blocking(seconds: 24))
        let attempts = result.attempts
        #expect(attempts.map(\.saw) == [.deadlineExceeded, .deadlineExceeded, .connected])
        #expect(attempts.map(\.started) == [.zero, .seconds(10), .seconds(20)])
    }

    @Test("an aggressive attempt needs its successes in a row, 50 ms apart")
    func successes() throws {
        let result = simulate(Given.blocking(seconds: 1), successes: 3)
        let lag = try #require(result.summary.detectionLag)
        #expect(lag >= .milliseconds(100) && lag <= .milliseconds(152))
        #expect(result.attempts.count == 1)
    }

    @Test("requests wait for the first ready instance")
    func waits() {
        let result = simulate(Given.blocking(seconds: 3), requests: [.seconds(1)])
        #expect(result.requests[0].outcome == .full)
        #expect(result.requests[0].admitted.map { $0 > .seconds(3) } == true)
    }

    @Test("a revision that is not ready within the progress deadline is given up, and taken away 30 s later")
    func progressDeadline() {
        let result = simulate(Given.blocking(seconds: 700), requests: [.seconds(500)])
        #expect(result.summary.outcome == .givenUp(at: .seconds(600)))
        #expect(result.moment { $0 == .progressDeadlineExceeded } == .seconds(600))
        #expect(result.moment { $0 == .signal(15) } == .seconds(630))
        #expect(result.requests[0].status == 503)
        #expect(result.summary.earlierLives.isEmpty)
    }

    @Test("a revision that is ready in time is not given up later")
    func meetsDeadline() {
        let result = simulate(Given.blocking(seconds: 20), requests: [.seconds(50)]) {
            $0.progressDeadline = .seconds(30)
        }
        #expect(result.summary.isReady)
        #expect(result.requests[0].outcome == .full)
        #expect(result.moment { $0 == .progressDeadlineExceeded } == nil)
    }
}
