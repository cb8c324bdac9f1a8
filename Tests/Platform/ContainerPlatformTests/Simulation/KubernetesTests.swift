import Testing

@testable import ContainerPlatform

/// Instances under a kubelet, in virtual time.
@Suite struct KubernetesTests {
    /// Kubernetes without delays of its own, so that moments are round.
    private static func exact(_ change: (inout PlatformProfile) -> Void = { _ in }) -> PlatformProfile {
        var profile = PlatformProfile.kubernetes
        profile.connectionNotice = .zero
        profile.answerDelay = .zero
        change(&profile)
        return profile
    }

    private func simulate(
        _ process: StagedProcess,
        startup: ProbeConfiguration? = nil,
        liveness: ProbeConfiguration? = nil,
        readiness: ProbeConfiguration? = nil,
        profile: PlatformProfile = exact(),
        requests: [Duration] = [],
        stopAt: Duration? = nil,
        horizon: Duration? = nil,
        seed: UInt64 = 1
    ) -> InstanceSimulation<StagedProcess>.Result {
        var plan = InstancePlan(
            probe: startup ?? Given.http(),
            cpu: CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false),
            profile: profile,
            requests: requests,
            stopAt: stopAt,
            horizon: horizon
        )
        plan.hasStartupProbe = startup != nil
        plan.liveness = liveness
        plan.readiness = readiness
        return InstanceSimulation(plan: plan, process: process).run(seed: seed)
    }

    @Test("a TCP attempt on a closed port fails at once, whatever its timeout; on Cloud Run it waits")
    func refusedTCP() {
        let probe = Given.tcp(timeout: 240, period: 240, threshold: 1)
        let kubernetes = simulate(Given.blocking(seconds: 5), startup: probe, horizon: .seconds(1))
        #expect(kubernetes.attempts.first?.saw == .refused)
        #expect(kubernetes.attempts.first?.ended == .zero)
        let cloudRun = ContainerPlatformTests.simulate(Given.blocking(seconds: 5), probe)
        #expect(cloudRun.summary.outcome == .ready(at: .seconds(5)))
    }

    @Test("a start that fails is begun again in the same instance, at once and then with back-off")
    func restarts() {
        // The process ends at once on SIGTERM. The tick at which a life fails is not the next one's.
        let result = simulate(
            Given.blocking(seconds: 45),
            startup: Given.http(period: 10, threshold: 3),
            horizon: .seconds(279)
        )
        let lives = result.summary.earlierLives
        #expect(lives.map(\.began) == [0, 20, 50, 80, 110, 180].map { .seconds($0) })
        #expect(lives.map(\.ended) == [20, 50, 80, 110, 140, 200].map { .seconds($0) })
        #expect(lives.allSatisfy { $0.failedProbe == .startup && $0.exit == .signal(15) && $0.attempts == 3 })
        #expect(result.summary.outcome == .killed(at: .seconds(200), failures: 3))
        #expect(result.moment { $0 == .backsOff(until: .seconds(180)) } == .seconds(140))
    }

    @Test("the figures of a start are those of the life that became ready")
    func laterLife() {
        let result = simulate(Given.blocking(seconds: 25), startup: Given.http(period: 10, threshold: 3))
        #expect(result.summary.earlierLives.map(\.ended) == [.seconds(20)])
        #expect(result.summary.outcome == .ready(at: .seconds(50)))
        #expect(result.summary.attempts == 3)
        #expect(result.summary.probeCouldPass == .seconds(45))
        #expect(result.summary.detectionLag == .seconds(5))
    }

    @Test("a container that exits before its probe passes is started again")
    func exits() {
        var process = Given.blocking(seconds: 4)
        process.stages[0].ending = .fails
        let result = simulate(process, startup: Given.http(period: 3, threshold: 9), horizon: .seconds(30))
        #expect(result.summary.earlierLives.map(\.began) == [.zero, .seconds(4), .seconds(18)])
        #expect(result.summary.outcome == .exited(at: .seconds(22), .code(1)))
    }

    @Test("without probes a container is ready at once, and requests are refused while nothing listens")
    func noProbes() {
        let result = simulate(Given.blocking(seconds: 5), requests: [.seconds(1), .seconds(6)])
        #expect(result.summary.outcome == .ready(at: .zero))
        #expect(result.requests[0].outcome == .noConnection)
        #expect(result.requests[1].outcome == .full)
    }

    @Test("a request that comes before the instance is ready is refused at once: nothing queues")
    func refusedWhileStarting() {
        let result = simulate(
            Given.blocking(seconds: 5),
            readiness: Given.http(period: 2, threshold: 3),
            requests: [.seconds(3), .seconds(7)]
        )
        #expect(result.summary.outcome == .ready(at: .seconds(6)))
        #expect(result.requests[0].status == 503)
        #expect(result.requests[0].ended == .seconds(3))
        #expect(result.requests[1].outcome == .full)
    }

    @Test("readiness begins with the start and needs its successes in a row; a startup probe holds it back")
    func readinessAfterStartup() {
        var readiness = Given.http(period: 5)
        readiness.successThreshold = 2
        let result = simulate(
            Given.blocking(seconds: 12),
            startup: Given.http(period: 10, threshold: 3),
            readiness: readiness
        )
        #expect(result.attempts.first { $0.probe == .readiness }?.started == .seconds(20))
        #expect(result.summary.outcome == .ready(at: .seconds(25)))
        #expect(result.summary.detectionLag == .seconds(13))
    }

    @Test(
        "the grace is the probe's own, else the pod's, and never below 2 s",
        arguments: [
            (nil, 30), (Duration.seconds(5), 5), (.seconds(1), 2), (.zero, 2),
        ] as [(Duration?, Int)]
    )
    func grace(stated: Duration?, expected: Int) throws {
        var process = Given.blocking(seconds: 100)
        process.termination = .ignores
        var probe = Given.http(period: 10, threshold: 2)
        probe.terminationGrace = stated
        let result = simulate(process, startup: probe, horizon: .seconds(45))
        #expect(result.moment { $0 == .signal(15) } == .seconds(10))
        #expect(result.moment { $0 == .signal(9) } == .seconds(10 + expected))
        #expect(result.summary.earlierLives.first?.exit == .signal(9))
    }

    @Test("the owner's stop ends the instance for good, with the pod's grace")
    func stopped() {
        var process = Given.blocking(seconds: 1)
        process.termination = .ignores
        let result = simulate(process, startup: Given.http(period: 1), stopAt: .seconds(10))
        #expect(result.moment { $0 == .signal(9) } == .seconds(40))
        #expect(result.summary.earlierLives.isEmpty)
        #expect(result.summary.ended == .seconds(40))
    }

    @Test("a container counts its life from its own start: the workers' ticks go on", arguments: [0.0, 3.0])
    func containerCreation(seconds: Double) {
        let result = simulate(
            Given.blocking(seconds: 5),
            startup: Given.http(period: 10, threshold: 3),
            profile: Self.exact { $0.kubelet?.containerCreation = .seconds(seconds) }
        )
        #expect(result.summary.outcome == .ready(at: .seconds(10 - seconds)))
    }

    @Test("a kubelet younger than the period begins at random within it, an older one does not")
    func jitter() {
        func first(uptime: Int, seed: UInt64) -> Duration? {
            let profile = Self.exact { $0.kubelet?.uptime = .seconds(uptime) }
            let process = Given.blocking(seconds: 0)
            return simulate(process, startup: Given.http(period: 10), profile: profile, seed: seed).attempts.first?
                .started
        }
        #expect((1...20).allSatisfy { first(uptime: 10, seed: $0) == .zero })
        let drawn = Set((1...20).compactMap { first(uptime: 9, seed: $0) })
        #expect(drawn.count == 20)
        #expect(drawn.allSatisfy { $0 >= .zero && $0 < .seconds(10) })
        #expect(drawn.contains { $0 > .seconds(5) } && drawn.contains { $0 < .seconds(5) })
    }

    @Test("the kill margin of a startup probe ends with the attempt that would be the last")
    func killMargin() {
        let plan = InstancePlan(
            probe: Given.http(delay: 5, period: 10, threshold: 3),
            cpu: Given.plainCPU,
            profile: Self.exact { $0.kubelet?.containerCreation = .seconds(3) }
        )
        let simulation = InstanceSimulation(plan: plan, process: Given.blocking(seconds: 9))
        // Ticks at 7, 17 and 27 s.
        #expect(simulation.lastChance(seed: 1) == .seconds(27))
        #expect(simulation.killMargin(seed: 1) == KillMargin(factor: 3, isUnbounded: false, spare: .seconds(18)))
    }
}
