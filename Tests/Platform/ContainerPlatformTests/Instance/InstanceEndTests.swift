import Testing

@testable import ContainerPlatform

@Suite struct InstanceEndTests {
    @Test
    func `a stop by the owner while starting ends the attempts for good`() {
        var it = InstanceHarness(Given.tcp(timeout: 60, period: 60))
        it.reach(0)
        it.after(.arrival(0, 1), at: 1)
        #expect(it.after(.stopRequested, at: 5) == [.abandonAttempt(), .ended(0), .signal(15)])
        // The port opens while the process shuts down: nothing comes of it.
        it.after(.listening(port: 8080), .probeCouldPass, .attemptEnded(.connected), at: 6)
        #expect(it.instance.summary.outcome == .stopped(at: .seconds(5)))
        #expect(it.instance.summary.probeCouldPass == nil)
        #expect(it.instance.phase == .stopping)
        it.after(.arrival(1, 7), at: 7)
        #expect(it.outcomes == [.elsewhere, .elsewhere])
    }

    @Test
    func `a process that ignores SIGTERM gets SIGKILL after the grace, and then ends`() {
        var it = InstanceHarness.serving()
        it.after(.arrival(0, 19), .requestSent(0), at: 19)
        it.after(.stopRequested, at: 20)
        #expect(it.instance.nextWakeUp == .seconds(30))
        #expect(it.reach(30) == [.signal(9)])
        #expect(it.instance.phase == .stopping, "it is gone once it is seen to be gone")
        #expect(it.reach(40) == [])
        it.after(.processExited(.signal(9)), at: 30)
        #expect(it.instance.phase == .ended)
        #expect(it.outcomes == [.cut])
    }

    @Test
    func `a failed start is stopped, refuses what waited, and what comes later`() {
        var it = InstanceHarness(Given.http(threshold: 1))
        it.reach(0)
        it.after(.arrival(0, 0), at: 0)
        #expect(it.after(.attemptEnded(.status(503)), at: 0) == [.ended(0), .signal(15)])
        it.after(.arrival(1, 1), at: 1)
        it.after(.processExited(.code(0)), at: 2)
        it.after(.arrival(2, 3), at: 3)
        #expect(it.outcomes == [.notReady, .notStarted, .notStarted])
        #expect(it.instance.summary.outcome == .killed(at: .zero, failures: 1))
    }

    @Test
    func `answers still come while the instance stops, and nothing new is delivered`() {
        var it = InstanceHarness.serving { $0.concurrency = 1 }
        it.after(.arrival(0, 1), .requestSent(0), .arrival(1, 1), at: 1)
        it.after(.stopRequested, at: 2)
        #expect(it.after(.answerCame(0, .full), at: 3) == [.ended(0)])
        #expect(it.outcomes == [.full, .elsewhere])
    }

    @Test
    func `an exit is taken once`() {
        var it = InstanceHarness.serving()
        it.after(.processExited(.code(1)), at: 1)
        #expect(it.after(.processExited(.signal(9)), .stopRequested, at: 2) == [])
        #expect(it.instance.exit == .code(1))
        #expect(it.instance.nextWakeUp == .never)
    }
}
