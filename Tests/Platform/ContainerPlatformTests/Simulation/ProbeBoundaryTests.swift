import Testing

@testable import ContainerPlatform

@Suite struct ProbeBoundaryTests {
    @Test("an HTTP service that is ready exactly at a tick is seen at that tick, a nanosecond later at the next")
    func readyAtTick() {
        let probe = Given.http(period: 10, threshold: 3)
        #expect(simulate(Given.blocking(seconds: 10), probe).summary.outcome == .ready(at: .seconds(10)))
        #expect(simulate(Given.blocking(seconds: 10), probe).summary.detectionLag == .zero)
        var later = Given.blocking(seconds: 10)
        later.stages[0].cpu += .nanoseconds(1)
        #expect(simulate(later, probe).summary.outcome == .ready(at: .seconds(20)))
        #expect(simulate(later, probe).summary.detectionLag == .seconds(10) - .nanoseconds(1))
    }

    @Test("the last chance of an HTTP service is the start of the last attempt, not threshold times period")
    func lastAttempt() {
        let probe = Given.http(delay: 5, period: 10, threshold: 3)
        #expect(simulate(Given.blocking(seconds: 25), probe).summary.outcome == .ready(at: .seconds(25)))
        let late = simulate(Given.blocking(seconds: 25.001), probe)
        #expect(late.summary.outcome == .killed(at: .seconds(25), failures: 3))
    }

    @Test("a TCP port that opens exactly at the deadline is seen, a nanosecond later it is not")
    func tcpDeadline() {
        #expect(simulate(Given.blocking(seconds: 240), .cloudRunDefault).summary.outcome == .ready(at: .seconds(240)))
        var later = Given.blocking(seconds: 240)
        later.stages[0].cpu += .nanoseconds(1)
        let result = simulate(later, .cloudRunDefault)
        #expect(result.summary.outcome == .killed(at: .seconds(240), failures: 1))
    }

    @Test("a TCP port that opens less than the notice before the deadline is missed")
    func tcpNotice() {
        var profile = Given.exact
        profile.connectionNotice = .milliseconds(4)
        #expect(simulate(Given.blocking(seconds: 239.996), .cloudRunDefault, profile: profile).summary.isReady)
        #expect(!simulate(Given.blocking(seconds: 239.997), .cloudRunDefault, profile: profile).summary.isReady)
    }

    @Test("between TCP attempts nobody tries: the port is seen at the next attempt")
    func tcpGap() {
        let probe = Given.tcp(timeout: 1, period: 10, threshold: 3)
        #expect(simulate(Given.blocking(seconds: 0.5), probe).summary.outcome == .ready(at: .milliseconds(500)))
        #expect(simulate(Given.blocking(seconds: 3), probe).summary.outcome == .ready(at: .seconds(10)))
        #expect(simulate(Given.blocking(seconds: 22), probe).summary.outcome == .killed(at: .seconds(21), failures: 3))
    }

    @Test("TCP tries on within the timeout where HTTP has one try")
    func attemptsDiffer() {
        let tcp = simulate(Given.blocking(seconds: 2), Given.tcp(timeout: 5, threshold: 1))
        let http = simulate(Given.blocking(seconds: 2), Given.http(timeout: 5, threshold: 1))
        #expect(tcp.summary.outcome == .ready(at: .seconds(2)))
        #expect(http.summary.outcome == .killed(at: .zero, failures: 1))
    }

    @Test("threshold 1 and delay 0: a service that is ready at the start passes at the start")
    func immediately() {
        let ready = StagedProcess(stages: [])
        #expect(simulate(ready, Given.http(threshold: 1)).summary.outcome == .ready(at: .zero))
        #expect(simulate(ready, Given.tcp(threshold: 1)).summary.outcome == .ready(at: .zero))
    }

    @Test("a server that accepts and does not answer holds an attempt until its timeout")
    func hanging() {
        var process = Given.progressive(svd: 100, p5: 1)
        process.passesAfter = 2
        process.notReady = .hangs
        let result = simulate(process, Given.http(timeout: 4, period: 10, threshold: 2))
        #expect(result.attempts.map(\.saw) == [.deadlineExceeded, .deadlineExceeded])
        #expect(result.attempts.map(\.ended) == [.seconds(4), .seconds(14)])
        #expect(result.summary.outcome == .killed(at: .seconds(14), failures: 2))
    }

    @Test("a server that answers before the timeout ends the attempt with its answer")
    func hangsAndAnswers() {
        var process = Given.progressive(svd: 2, p5: 1)
        process.passesAfter = 2
        process.notReady = .hangs
        let result = simulate(process, Given.http(timeout: 4, period: 10, threshold: 2))
        #expect(result.summary.outcome == .ready(at: .seconds(3)))
    }

    @Test("an answer slower than the timeout is a timeout")
    func slowAnswer() {
        var profile = Given.exact
        profile.answerDelay = .seconds(2)
        let probe = Given.http(timeout: 1, threshold: 1)
        let result = simulate(StagedProcess(stages: []), probe, profile: profile)
        #expect(result.attempts.map(\.saw) == [.deadlineExceeded])
    }

    @Test("an answer that is no success fails the attempt and the service recovers at a later one")
    func statusFailure() {
        var process = Given.progressive(svd: 12, p5: 1)
        process.passesAfter = 1
        let result = simulate(process, Given.http(period: 5, threshold: 5))
        #expect(result.attempts.map(\.saw) == [.status(503), .status(503), .status(503), .status(200)])
        #expect(result.summary.outcome == .ready(at: .seconds(15)))
    }

    @Test("an exit between two HTTP attempts fails the start without an attempt")
    func exitBetweenAttempts() {
        var process = Given.blocking(seconds: 3)
        process.stages[0].ending = .fails
        let result = simulate(process, Given.http(period: 10, threshold: 5))
        #expect(result.summary.outcome == .exited(at: .seconds(3), .code(1)))
        #expect(result.attempts.count == 1)
        #expect(result.moment { $0 == .probeFailed(failures: 1, saw: nil) } == .seconds(3))
    }

    @Test("an exit cancels an attempt that hangs, and a request that arrives before that is noticed still waits")
    func exitDuringHangingAttempt() {
        var profile = Given.exact
        profile.exitNotice = .milliseconds(100) ... .milliseconds(100)
        var process = Given.progressive(svd: 3, p5: 1)
        process.stages[0].ending = .fails
        process.passesAfter = 2
        process.notReady = .hangs
        let probe = Given.http(timeout: 5, period: 10, threshold: 5)
        let requests: [Duration] = [.milliseconds(3050), .milliseconds(3200)]
        let result = simulate(process, probe, profile: profile, requests: requests)
        #expect(result.attempts.map(\.saw) == [.cancelled])
        #expect(result.summary.outcome == .exited(at: .milliseconds(3100), .code(1)))
        #expect(result.requests.map(\.status) == [503, 500])
    }
}
