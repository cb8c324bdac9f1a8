import Domain
import Testing

@testable import ContainerPlatform

@Suite struct InstanceStartTests {
    @Test
    func `attempts begin at their moments and the first success opens the queue`() {
        var it = InstanceHarness()
        #expect(it.instance.nextWakeUp == .zero)
        #expect(it.reach(0) == [.startAttempt(number: 1, deadline: .seconds(1))])
        it.after(.arrival(0, 0.5), at: 0.5)
        #expect(it.reach(1) == [.abandonAttempt()], "the deadline has passed")
        #expect(it.instance.nextWakeUp == .seconds(10))
        #expect(it.reach(10) == [.startAttempt(number: 2, deadline: .seconds(11))])
        #expect(it.after(.attemptEnded(.status(204)), at: 10.5) == [.deliver(0)])
        #expect(it.instance.phase == .serving)
        #expect(it.instance.summary.outcome == .ready(at: .milliseconds(10_500)))
        #expect(it.instance.summary.attempts == 2)
    }

    @Test
    func `a result of an attempt that is over changes nothing`() {
        var it = InstanceHarness()
        it.reach(0)
        it.reach(1)
        #expect(it.after(.attemptEnded(.status(200)), at: 2) == [])
        #expect(it.instance.phase == .starting)
    }

    @Test
    func `an exit cancels the attempt under way once it is noticed, and nothing is signalled`() {
        var it = InstanceHarness(Given.tcp(timeout: 5), delays: PlatformDelays(exitNotice: .milliseconds(100)))
        it.reach(0)
        #expect(it.after(.processExited(.signal(9)), at: 2) == [.abandonAttempt()])
        #expect(it.instance.phase == .starting)
        #expect(it.instance.nextWakeUp == .milliseconds(2100))
        it.after(.arrival(0, 2.05), at: 2.05)
        #expect(it.reach(2.1) == [.ended(0), .instanceEnded])
        #expect(it.instance.phase == .ended)
        #expect(it.outcomes == [.notReady])
        #expect(it.instance.summary.outcome == .exited(at: .seconds(2.1), .signal(9)))
    }

    @Test
    func `what the service says dates the figures, and saying it again changes nothing`() {
        var it = InstanceHarness()
        it.after(.listening(port: 8080), .probeCouldPass, at: 2)
        it.after(.healthSeen(ServiceHealth(.readyBasic, recommends: true)), at: 3)
        it.after(.healthSeen(ServiceHealth(.readyFull, recommends: true)), at: 4)
        let before = it.instance.timeline
        it.after(
            .listening(port: 8080),
            .probeCouldPass,
            .healthSeen(ServiceHealth(.readyFull, recommends: true)),
            at: 5
        )
        #expect(it.instance.timeline == before)
        let summary = it.instance.summary
        #expect(summary.listening == .seconds(2) && summary.probeCouldPass == .seconds(2))
        #expect(summary.readyBasic == .seconds(3) && summary.readyFull == .seconds(4))
    }

    @Test
    func `the truth gap lasts from the probe's yes until there are rows, and may stay open`() {
        var it = InstanceHarness()
        it.after(.healthSeen(ServiceHealth(.readyBasic)), at: 0)
        it.reach(0)
        it.after(.attemptEnded(.status(200)), at: 0)
        it.after(.healthSeen(ServiceHealth(.readyBasic, recommends: true)), at: 7)
        #expect(it.instance.summary.truthGap == .seconds(7))
        it.after(.healthSeen(ServiceHealth(.failed(text: "init_error: lost"))), at: 9)
        it.instance.finish(at: .seconds(12))
        #expect(it.instance.summary.truthGap == .seconds(10))
        #expect(it.instance.summary.truthGapIsOpen)
        #expect(it.instance.summary.ended == .seconds(12))
    }

    @Test
    func `without a first attempt there is no probe`() {
        var it = InstanceHarness(delays: PlatformDelays(firstAttempt: .never))
        #expect(it.reach(1_000_000) == [])
        #expect(it.instance.summary.attempts == 0)
    }
}
