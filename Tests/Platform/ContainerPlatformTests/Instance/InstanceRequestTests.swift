import Testing

@testable import ContainerPlatform

@Suite struct InstanceRequestTests {
    @Test
    func `no more are in flight than the concurrency allows, and each end lets the next in`() {
        var it = InstanceHarness.serving { $0.concurrency = 2 }
        #expect(
            it.after(.arrival(0, 1), .arrival(1, 1), .arrival(2, 1), .arrival(3, 1), at: 1) == [
                .deliver(0), .deliver(1),
            ]
        )
        it.after(.requestSent(0), .requestSent(1), at: 1)
        #expect(it.instance.inFlight == 2)
        #expect(it.after(.answerCame(1, .full), at: 2) == [.ended(1), .deliver(2)])
        #expect(it.after(.connectionRefused(0), at: 3) == [.ended(0), .deliver(3)])
        #expect(it.outcomes == [.noConnection, .full, .unanswered, .unanswered])
    }

    @Test
    func `a request that was chosen and not sent is in flight, and goes elsewhere when the process ends`() {
        var it = InstanceHarness.serving()
        it.after(.arrival(0, 1), .arrival(1, 1), at: 1)
        it.after(.requestSent(0), at: 1)
        #expect(it.instance.inFlight == 2)
        #expect(it.instance.requests.map(\.delivered) == [.seconds(1), nil])
        #expect(it.after(.processExited(.code(3)), at: 2).prefix(2) == [.ended(0), .ended(1)])
        #expect(it.outcomes == [.cut, .elsewhere])
        #expect(it.instance.inFlight == 0)
    }

    @Test
    func `a request that has its outcome keeps it`() {
        var it = InstanceHarness.serving { $0.requestTimeout = .seconds(30) }
        it.after(.arrival(0, 1), .requestSent(0), at: 1)
        #expect(it.reach(31) == [.ended(0)])
        #expect(it.after(.answerCame(0, .full), .connectionLost(0), .requestSent(0), at: 32) == [])
        #expect(it.outcomes == [.timedOut])
        #expect(it.instance.summary.firstFull == nil)
        #expect(it.instance.inFlight == 0)
    }

    @Test
    func `the wait for the start counts towards the timeout, in the order of arrival`() {
        var it = InstanceHarness(Given.tcp(timeout: 240, period: 240)) { $0.requestTimeout = .seconds(30) }
        it.reach(0)
        it.after(.arrival(0, 1), .arrival(1, 2), at: 2)
        #expect(it.instance.nextWakeUp == .seconds(31))
        #expect(it.reach(31) == [.ended(0)])
        #expect(it.instance.nextWakeUp == .seconds(32))
        #expect(it.after(.attemptEnded(.connected), at: 31.5) == [.deliver(1)])
    }

    @Test
    func `the first answers with rows are remembered by what they are worth`() {
        var it = InstanceHarness.serving()
        for index in 0..<4 { it.after(.arrival(index, 1), .requestSent(index), at: 1) }
        it.after(.answerCame(0, .served(RequestState("nothing", quality: .none))), at: 2)
        it.after(.answerCame(1, .refused(status: 500, text: "P5 failed")), at: 3)
        it.after(.answerCame(2, .served(RequestState("svd_only", quality: .partial))), at: 4)
        it.after(.answerCame(3, .full), at: 5)
        #expect(it.instance.summary.firstWithRows == .init(request: 2, moment: .seconds(4)))
        #expect(it.instance.summary.firstFull == .init(request: 3, moment: .seconds(5)))
    }

    @Test
    func `a lost connection is cut, whatever the process does next`() {
        var it = InstanceHarness.serving()
        it.after(.arrival(0, 1), .requestSent(0), .connectionLost(0), at: 1)
        it.after(.processExited(.code(1)), at: 1)
        it.after(.arrival(1, 2), at: 2)
        #expect(it.outcomes == [.cut, .elsewhere])
    }
}
