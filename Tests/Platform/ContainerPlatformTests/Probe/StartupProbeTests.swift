import Testing

@testable import ContainerPlatform

@Suite struct StartupProbeTests {
    private func probe(_ configuration: ProbeConfiguration, jitter: Duration = .zero) -> StartupProbe {
        StartupProbe(configuration: configuration, jitter: jitter)
    }

    @Test("the first attempt begins after the delay and the jitter, and carries its deadline")
    func firstAttempt() {
        var probe = probe(Given.http(delay: 5, timeout: 2), jitter: .milliseconds(230))
        #expect(probe.nextWakeUp == .milliseconds(5230))
        #expect(probe.handle(.timeReached, at: .milliseconds(5229)) == nil)
        let action = probe.handle(.timeReached, at: .milliseconds(5230))
        #expect(action == .startAttempt(number: 1, deadline: .milliseconds(7230)))
        #expect(probe.nextWakeUp == .milliseconds(7230))
        #expect(probe.isAttempting)
    }

    @Test("a failure waits for the next whole period, a success ends the probe")
    func failureThenSuccess() {
        var probe = probe(Given.http(timeout: 3, period: 10))
        _ = probe.handle(.timeReached, at: .zero)
        let failed = probe.handle(.attemptEnded(.refused), at: .zero)
        #expect(failed == .attemptFailed(ProbeAttempt(number: 1, started: .zero, ended: .zero, saw: .refused)))
        #expect(probe.nextWakeUp == .seconds(10))
        _ = probe.handle(.timeReached, at: .seconds(10))
        let ended = probe.handle(.attemptEnded(.status(200)), at: .seconds(11))
        #expect(
            ended
                == .instanceStarted(
                    ProbeAttempt(number: 2, started: .seconds(10), ended: .seconds(11), saw: .status(200))
                )
        )
        #expect(probe.nextWakeUp == nil)
        #expect(probe.handle(.timeReached, at: .seconds(20)) == nil)
        #expect(probe.handle(.processExited, at: .seconds(20)) == nil)
        #expect(probe.attempts == 2)
    }

    @Test("the threshold fails the instance at the moment of the last failure")
    func threshold() {
        var probe = probe(Given.http(period: 10, threshold: 3))
        for second in [0, 10] {
            _ = probe.handle(.timeReached, at: .seconds(second))
            _ = probe.handle(.attemptEnded(.status(503)), at: .seconds(second))
        }
        _ = probe.handle(.timeReached, at: .seconds(20))
        let last = ProbeAttempt(number: 3, started: .seconds(20), ended: .seconds(20), saw: .status(503))
        #expect(probe.handle(.attemptEnded(.status(503)), at: .seconds(20)) == .instanceFailed(failures: 3, last: last))
        #expect(probe.nextWakeUp == nil)
    }

    @Test("the deadline fails an attempt, and a result at the deadline still counts")
    func deadline() {
        var late = probe(Given.tcp(timeout: 4, period: 4, threshold: 2))
        _ = late.handle(.timeReached, at: .zero)
        #expect(late.handle(.timeReached, at: .seconds(3)) == nil)
        let timedOut = ProbeAttempt(number: 1, started: .zero, ended: .seconds(4), saw: .deadlineExceeded)
        #expect(late.handle(.timeReached, at: .seconds(4)) == .attemptFailed(timedOut))
        #expect(late.nextWakeUp == .seconds(4), "where timeout equals period the next attempt follows at once")

        var edge = probe(Given.tcp(timeout: 4, period: 4))
        _ = edge.handle(.timeReached, at: .zero)
        let connected = ProbeAttempt(number: 1, started: .zero, ended: .seconds(4), saw: .connected)
        #expect(edge.handle(.attemptEnded(.connected), at: .seconds(4)) == .instanceStarted(connected))
    }

    @Test("a result after the deadline is a timeout whatever it says")
    func resultAfterDeadline() {
        var probe = probe(Given.tcp(timeout: 1, threshold: 1))
        _ = probe.handle(.timeReached, at: .zero)
        let ended = ProbeAttempt(number: 1, started: .zero, ended: .milliseconds(1001), saw: .deadlineExceeded)
        #expect(
            probe.handle(.attemptEnded(.connected), at: .milliseconds(1001))
                == .instanceFailed(failures: 1, last: ended)
        )
    }

    @Test("an exit cancels the attempt under way and fails the instance below the threshold")
    func exitDuringAttempt() {
        var probe = probe(Given.tcp(threshold: 5))
        _ = probe.handle(.timeReached, at: .zero)
        let last = ProbeAttempt(number: 1, started: .zero, ended: .milliseconds(500), saw: .cancelled)
        #expect(probe.handle(.processExited, at: .milliseconds(500)) == .instanceFailed(failures: 1, last: last))
    }

    @Test("an exit between attempts fails the instance with the failures so far")
    func exitBetweenAttempts() {
        var probe = probe(Given.http(threshold: 5))
        _ = probe.handle(.timeReached, at: .zero)
        _ = probe.handle(.attemptEnded(.refused), at: .zero)
        #expect(probe.handle(.processExited, at: .seconds(3)) == .instanceFailed(failures: 1, last: nil))
    }

    @Test("a driver that is late keeps to the grid of periods and never overlaps attempts")
    func lateDriver() {
        var probe = probe(Given.http(timeout: 1, period: 2, threshold: 9))
        _ = probe.handle(.timeReached, at: .milliseconds(300))
        _ = probe.handle(.timeReached, at: .seconds(5))
        #expect(probe.nextWakeUp == .seconds(6))
    }

    @Test(
        "2xx and 3xx are success, nothing else",
        arguments: [(199, false), (200, true), (299, true), (302, true), (399, true), (400, false), (503, false)]
    )
    func statuses(code: Int, isSuccess: Bool) {
        #expect(ProbeSighting.status(code).isSuccess == isSuccess)
    }
}
