import Testing

@testable import ContainerPlatform

/// What happens at one moment, or is noticed at one time by a driver that comes late, is taken in one order.
@Suite struct InstanceOrderTests {
    @Test
    func `the end of the boost comes before an answer of its moment`() {
        let cpu = CPUAllocation(limit: 1, startupBoost: true)
        var it = InstanceHarness.serving(cpu: cpu)
        it.after(.arrival(0, 1), .requestSent(0), at: 1)
        it.after(.answerCame(0, .full), at: 10)
        it.allocate(at: 10)
        #expect(
            it.lines.suffix(3) == [
                "10.000 cpu startup boost ended", "10.000 request 0 served 200 (full) after 9.000 s",
                "10.000 cpu withdrawn",
            ]
        )
    }

    @Test(arguments: [0, 0.3])
    func `an answer that is noticed with its timeout counts`(late: Double) {
        var it = InstanceHarness.serving { $0.requestTimeout = .seconds(30) }
        it.after(.arrival(0, 1), .requestSent(0), at: 1)
        it.after(.answerCame(0, .full), at: 31 + late)
        it.reach(31 + late)
        #expect(it.outcomes == [.full])
    }

    @Test(arguments: [0, 0.3])
    func `a request that arrives at the moment of a kill still waited for it`(late: Double) {
        var it = InstanceHarness(Given.http(timeout: 1, period: 10, threshold: 1))
        #expect(it.reach(0) == [.startAttempt(number: 1, deadline: .seconds(1))])
        it.after(.arrival(0, 1), at: 1 + late)
        it.reach(1 + late)
        it.after(.arrival(1, 1 + late), at: 1 + late)
        #expect(it.outcomes == [.notReady, .notStarted])
        #expect(it.instance.summary.outcome == .killed(at: .seconds(1 + late), failures: 1))
    }

    @Test
    func `a result that comes at its deadline counts, later it is a timeout`() {
        for (moment, phase) in [(1.0, Instance.Phase.serving), (1.001, .stopping)] {
            var it = InstanceHarness(Given.http(timeout: 1, period: 10, threshold: 1))
            it.reach(0)
            it.after(.attemptEnded(.status(200)), at: moment)
            #expect(it.instance.phase == phase)
        }
    }

    @Test
    func `the notice of an exit comes before the next attempt`() {
        var it = InstanceHarness(delays: PlatformDelays(exitNotice: .seconds(3)))
        it.reach(0)
        it.after(.attemptEnded(.refused), at: 0)
        it.after(.processExited(.code(1)), at: 7)
        #expect(it.reach(10) == [.instanceEnded])
        #expect(it.instance.summary.outcome == .exited(at: .seconds(10), .code(1)))
        #expect(it.instance.summary.attempts == 1)
    }

    @Test
    func `a request that has waited too long at the moment of a stop gets its timeout`() {
        var it = InstanceHarness { $0.requestTimeout = .seconds(5) }
        it.reach(0)
        it.after(.arrival(0, 0), .arrival(1, 1), at: 1)
        it.after(.stopRequested, at: 5)
        #expect(it.outcomes == [.timedOut, .elsewhere])
    }

    @Test
    func `a process that ends at the end of its grace is not killed`() {
        for late in [0, 0.3] {
            var it = InstanceHarness.serving()
            it.after(.stopRequested, at: 20)
            it.after(.processExited(.code(0)), at: 30 + late)
            #expect(it.reach(31) == [])
            #expect(!it.lines.contains { $0.contains("SIGKILL") })
            #expect(it.instance.exit == .code(0))
        }
    }

    @Test
    func `a driver that comes late finds everything taken that was due before its event`() {
        let cpu = CPUAllocation(limit: 1, billing: .requestBased, startupBoost: true)
        var it = InstanceHarness.serving(cpu: cpu) { $0.requestTimeout = .seconds(30) }
        it.after(.arrival(0, 5), .requestSent(0), at: 5)
        // Boost due at 10 s, timeout at 35 s; nobody asked until 40 s.
        let actions = it.after(.stopRequested, at: 40)
        #expect(actions == [.ended(0), .setCPU(millicores: 1000), .signal(15)])
        #expect(
            it.lines.suffix(5) == [
                "40.000 cpu startup boost ended", "40.000 request 0 refused 504 by the platform after 35.000 s",
                "40.000 platform shuts down the instance, disabled by its owner", "40.000 cpu 1 vCPU allocated",
                "40.000 signal SIGTERM",
            ]
        )
    }

    @Test
    func `a request that is noticed late counts from its planned moment`() {
        var it = InstanceHarness.serving()
        it.after(.arrival(0, 5), .requestSent(0), at: 5.25)
        it.after(.answerCame(0, .full), at: 6)
        #expect(it.instance.requests[0].arrived == .seconds(5))
        #expect(it.instance.requests[0].delivered == .milliseconds(5250))
        #expect(it.instance.requests[0].latency == .seconds(1))
    }
}
