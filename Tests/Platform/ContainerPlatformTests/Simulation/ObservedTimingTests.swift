import Testing

@testable import ContainerPlatform

/// Starts that were seen on Cloud Run, with the figures from their logs.
@Suite struct ObservedTimingTests {
    private let defaultsOnHTTP = Given.http(timeout: 240, period: 240, threshold: 1)

    @Test(
        "V-1 and V-2: the default numbers on an HTTP probe kill a server that needs 0.3 s",
        arguments: 0..<20 as Range<UInt64>
    )
    func defaultNumbersOnHTTP(seed: UInt64) throws {
        let result = simulate(Given.blocking(seconds: 0.3), defaultsOnHTTP, profile: .cloudRun, seed: seed)
        guard case .killed(let moment, let failures) = result.summary.outcome else {
            Issue.record("\(result.summary.outcome)")
            return
        }
        #expect(failures == 1)
        #expect(moment >= .milliseconds(220) && moment <= .milliseconds(240))
        #expect(result.attempts.map(\.saw) == [.refused])
        let log = PlatformLog(probe: defaultsOnHTTP)
        let line = try #require(
            result.timeline.entries.compactMap { log.line(for: $0.event) }.first { $0.severity == .error }
        )
        #expect(
            line.text == "STARTUP HTTP probe failed 1 time consecutively for container \"app-1\" on port 8080 path "
                + "\"/health\". The instance was not started. Connection failed with status ERROR_CONNECTION_FAILED."
        )
    }

    @Test("V-3: a server that is ready before the delay is seen by the first attempt, 1 ms after the question")
    func readyBeforeDelay() {
        let probe = Given.http(delay: 10, timeout: 3, period: 3, threshold: 5)
        let result = simulate(Given.blocking(seconds: 3), probe, profile: .cloudRun)
        #expect(result.attempts.count == 1)
        let attempt = result.attempts[0]
        #expect(attempt.started >= .milliseconds(10_220) && attempt.started <= .milliseconds(10_240))
        #expect(attempt.ended - attempt.started == .milliseconds(1))
        #expect(result.summary.isReady)
    }

    @Test("S-1: the default TCP probe notices a port within milliseconds, after one attempt")
    func defaultTCPNotices() {
        let listens = Duration.milliseconds(573)
        let result = simulate(Given.blocking(seconds: 0.573), .cloudRunDefault, profile: .cloudRun)
        #expect(result.summary.listening == listens)
        #expect(result.summary.outcome == .ready(at: listens + .microseconds(3800)))
        #expect(result.summary.detectionLag == .microseconds(3800))
        #expect(result.summary.attempts == 1)
    }

    @Test("AV: the default TCP probe gives up 240.12 to 240.83 s after the start", arguments: 0..<20 as Range<UInt64>)
    func defaultTCPGivesUp(seed: UInt64) {
        var hung = Given.blocking(seconds: 1)
        hung.stages[0].ending = .hangs
        let result = simulate(hung, .cloudRunDefault, profile: .cloudRun, requests: [.seconds(1)], seed: seed)
        guard case .killed(let moment, 1) = result.summary.outcome else {
            Issue.record("\(result.summary.outcome)")
            return
        }
        #expect(moment >= .milliseconds(240_120) && moment <= .milliseconds(240_830))
        #expect(result.attempts.map(\.saw) == [.deadlineExceeded])
        #expect(result.requests[0].status == 503)
        #expect(result.requests[0].ended == moment)
    }

    @Test("AV: a port that opens 240.3 or 242.3 s after the start opens too late", arguments: [240.3, 242.3])
    func opensTooLate(seconds: Double) {
        let result = simulate(Given.blocking(seconds: seconds), .cloudRunDefault, profile: .cloudRun)
        #expect(!result.summary.isReady)
        #expect(result.summary.listening == nil)
    }

    @Test("X-1 and X-2: an exit fails the start with CANCELLED 77 to 122 ms later", arguments: [3, 0] as [Int32])
    func exitBeforeListening(code: Int32) throws {
        var process = Given.blocking(seconds: 5)
        process.stages[0].ending = .fails
        process.onFailure = .exits(.code(code))
        let result = simulate(process, .cloudRunDefault, profile: .cloudRun)
        let exited = try #require(result.moment { $0 == .exited(.code(code)) })
        let failed = try #require(result.moment { $0 == .probeFailed(failures: 1, saw: .cancelled) })
        #expect(exited == .seconds(5))
        #expect(failed - exited >= .milliseconds(77) && failed - exited <= .milliseconds(122))
        #expect(result.summary.outcome == .exited(at: failed, .code(code)))
        let log = PlatformLog(probe: .cloudRunDefault)
        let lines = result.timeline.entries.compactMap { log.line(for: $0.event)?.text }
        #expect(lines.contains("Container called exit(\(code))."))
        #expect(
            lines.contains(
                "Default STARTUP TCP probe failed 1 time consecutively for container \"app-1\" on port 8080. "
                    + "The instance was not started. Connection failed with status CANCELLED."
            )
        )
    }

    /// The load of about 50 s was seen as `succeeded after 5 attempts`, that is between 25 and 30 s after the start:
    /// consistent with 50 s of CPU time at the boosted 2 vCPU behind an import of some seconds.
    @Test("R-1: delay 10, period 5: a service ready between 25 and 30 s succeeds after 5 attempts")
    func fiveAttempts() {
        let probe = Given.http(delay: 10, timeout: 5, period: 5, threshold: 24)
        let process = StagedProcess(
            stages: [
                StageWork("import", cpu: .seconds(3)),
                StageWork("model", cpu: .seconds(50), threads: 2),
            ]
        )
        let result = simulate(process, probe, cpu: CPUAllocation(), profile: .cloudRun)
        #expect(result.summary.isReady)
        #expect(result.summary.attempts == 5)
        #expect(result.summary.listening == .seconds(28))
        let log = PlatformLog(probe: probe)
        #expect(
            log.probeSucceeded(attempts: 5).text
                == "STARTUP HTTP probe succeeded after 5 attempts for container \"app-1\" on port 8080 path \"/health\"."
        )
    }

    @Test("W-1: a probe on the wrong port fails every attempt by refusal although the service is up after 11 s")
    func wrongPort() {
        let probe = Given.http(timeout: 1, period: 2, threshold: 15, port: 9900)
        let result = simulate(Given.blocking(seconds: 11), probe, profile: .cloudRun)
        #expect(result.attempts.map(\.saw) == Array(repeating: .refused, count: 15))
        guard case .killed(_, 15) = result.summary.outcome else {
            Issue.record("\(result.summary.outcome)")
            return
        }
        #expect(result.summary.listening == .seconds(11))
        #expect(result.summary.probeCouldPass == nil)
    }

    @Test("L-2: with period 5 the seventh attempt sees a service that is ready just before it")
    func seventhAttempt() {
        let probe = Given.http(timeout: 3, period: 5, threshold: 10)
        let result = simulate(Given.blocking(seconds: 30.1), probe, profile: .cloudRun)
        #expect(result.summary.attempts == 7)
        #expect(result.summary.isReady)
    }

    @Test(
        "S-2: a server that listens after 1.88 s is seen within milliseconds, and its owner's stop is no failed start"
    )
    func deployedAndDisabled() throws {
        let listens = Duration.milliseconds(1881)
        let result = simulate(
            Given.blocking(seconds: 1.881),
            .cloudRunDefault,
            profile: .cloudRun,
            stopAt: .milliseconds(7187)
        )
        #expect(result.summary.outcome == .ready(at: listens + .microseconds(3800)))
        let log = PlatformLog(probe: .cloudRunDefault)
        let lines = result.timeline.entries.compactMap { log.line(for: $0.event) }
        #expect(lines.map(\.text).contains("Shutting down user disabled instance"))
        #expect(lines.allSatisfy { $0.severity != .error })
    }

    @Test("X-3: a process that ends on SIGABRT fails the start with CANCELLED about 0.1 s later")
    func abort() throws {
        var harness = InstanceHarness(.cloudRunDefault, delays: PlatformDelays(exitNotice: .milliseconds(115)))
        harness.reach(0)
        harness.after(.processExited(.signal(6)), at: 28.452)
        harness.reach(29)
        let entries = harness.instance.timeline.entries
        let log = PlatformLog(probe: .cloudRunDefault)
        let lines = entries.compactMap { log.line(for: $0.event)?.text }
        #expect(lines.contains("Container terminated on signal 6."))
        #expect(lines.last?.hasSuffix("The instance was not started. Connection failed with status CANCELLED.") == true)
        #expect(harness.instance.summary.outcome == .exited(at: .seconds(29), .signal(6)))
    }

    @Test("X-4: after a kill for memory the failure follows within 0.4 ms")
    func memory() {
        var harness = InstanceHarness(.cloudRunDefault, delays: PlatformDelays(exitNotice: .microseconds(300)))
        harness.reach(0)
        harness.after(.processExited(.signal(9)), at: 12)
        #expect(harness.instance.nextWakeUp == .seconds(12) + .microseconds(300))
        harness.reach(12.0004)
        guard case .exited(let at, .signal(9)) = harness.instance.summary.outcome else {
            Issue.record("\(harness.instance.summary.outcome)")
            return
        }
        #expect(at - .seconds(12) < .microseconds(401))
    }
}
