import Testing

@testable import ContainerPlatform

/// A worker on a container, told what happens in seconds.
private struct WorkerHarness {
    private(set) var worker: ProbeWorker
    private(set) var starts: [Duration] = []
    private(set) var decisions: [ProbeWorker.Finding] = []

    init(
        _ kind: ProbeKind,
        delay: Int = 0,
        timeout: Int = 1,
        period: Int = 10,
        failures: Int = 3,
        successes: Int = 1,
        firstTick: Duration = .zero,
        isCounted: Bool = true
    ) {
        var probe = Given.http(delay: delay, timeout: timeout, period: period, threshold: failures)
        probe.successThreshold = successes
        let initial: ProbeWorker.Finding =
            switch kind {
            case .startup: .unknown
            case .liveness: .success
            case .readiness: .failure
            }
        worker = ProbeWorker(
            kind,
            probe,
            firstTick: firstTick,
            initial: initial,
            restartsTicks: kind == .readiness
        )
        worker.containerStarted(at: .zero)
        if isCounted { worker.containerIsStarted(at: .zero) }
    }

    /// Runs to a moment; every attempt that begins at a moment takes so long and sees what is said of that moment.
    mutating func run(
        until end: Double,
        lasting: Duration = .milliseconds(1),
        sees: (Duration) -> ProbeSighting
    ) {
        while worker.nextWakeUp <= .seconds(end) {
            let moment = worker.nextWakeUp
            guard case .startAttempt(_, let deadline) = worker.timeReached(at: moment) else { continue }
            starts.append(moment)
            let ended = min(moment + lasting, deadline)
            let step =
                ended < deadline || lasting == .zero
                ? worker.attemptEnded(sees(moment), at: ended) : worker.timeReached(at: ended)
            if case .attemptEnded(_, _, let decided?) = step { decisions.append(decided) }
        }
    }

    mutating func restart(at seconds: Double) {
        _ = worker.containerEnded()
        worker.containerStarted(at: .seconds(seconds))
    }

    mutating func begin() { _ = worker.timeReached(at: worker.nextWakeUp) }

    mutating func end(_ saw: ProbeSighting, at moment: Duration) { _ = worker.attemptEnded(saw, at: moment) }

    mutating func counts(at seconds: Double) { worker.containerIsStarted(at: .seconds(seconds)) }
}

/// The kubelet's worker, row by row as its source is described.
@Suite struct ProbeWorkerTests {
    private let no: (Duration) -> ProbeSighting = { _ in .status(503) }
    private let yes: (Duration) -> ProbeSighting = { _ in .status(200) }

    @Test("attempts begin at whole periods after the worker's creation, not after the start of the container")
    func grid() {
        var it = WorkerHarness(.startup, period: 10, failures: 5, firstTick: .seconds(-3))
        it.run(until: 30, sees: no)
        #expect(it.starts == [.seconds(7), .seconds(17), .seconds(27)])
    }

    @Test(
        "the initial delay counts from the start of the container and is rounded up to a tick",
        arguments: [(0, 0), (1, 10), (10, 10), (11, 20), (25, 30)]
    )
    func initialDelay(delay: Int, first: Int) {
        var it = WorkerHarness(.startup, delay: delay, period: 10)
        it.run(until: 60, sees: yes)
        #expect(it.starts == [.seconds(first)])
    }

    @Test("the initial delay is measured anew in a new container")
    func delayAfterRestart() {
        var it = WorkerHarness(.startup, delay: 15, period: 10, failures: 1)
        it.run(until: 20, sees: no)
        it.restart(at: 23)
        it.run(until: 60, sees: no)
        #expect(it.starts == [.seconds(20), .seconds(40)])
    }

    @Test("immediate failures decide at delay + (threshold - 1) · period, one period before threshold · period")
    func killTime() {
        var it = WorkerHarness(.startup, delay: 10, period: 5, failures: 4)
        it.run(until: 100, lasting: .zero, sees: no)
        #expect(it.starts.last == .seconds(25))
        #expect(it.decisions == [.failure])
    }

    @Test("an attempt longer than the period is followed at once by the next, and further ticks are dropped")
    func droppedTicks() {
        var it = WorkerHarness(.startup, timeout: 5, period: 1, failures: 9)
        it.run(until: 10, lasting: .milliseconds(2500), sees: no)
        #expect(
            it.starts.prefix(4) == [.zero, .milliseconds(2500), .milliseconds(5000), .milliseconds(7500)]
        )
    }

    @Test("a tick that comes during an attempt is kept once, then the ticks are the old ones")
    func bufferedTick() {
        var it = WorkerHarness(.startup, timeout: 5, period: 2, failures: 9)
        it.run(until: 1, lasting: .milliseconds(3500), sees: no)
        it.run(until: 7, lasting: .zero, sees: no)
        #expect(it.starts == [.zero, .milliseconds(3500), .seconds(4), .seconds(6)])
    }

    @Test("no timeout is refused for being longer than the period, and a timeout counts as a failure")
    func longTimeout() {
        var it = WorkerHarness(.startup, timeout: 30, period: 10, failures: 2)
        it.run(until: 200, lasting: .seconds(60), sees: yes)
        #expect(it.starts == [.zero, .seconds(30)])
        #expect(it.decisions == [.failure])
    }

    @Test("startup begins as unknown, liveness as success, readiness as failure")
    func initialFindings() {
        #expect(WorkerHarness(.startup).worker.finding == .unknown)
        #expect(WorkerHarness(.liveness).worker.finding == .success)
        #expect(WorkerHarness(.readiness).worker.finding == .failure)
    }

    @Test(
        "liveness and readiness do not ask before the container counts as started, startup not after it",
        arguments: [
            ProbeKind.liveness, .readiness,
        ]
    )
    func gate(kind: ProbeKind) {
        var it = WorkerHarness(kind, period: 10, isCounted: false)
        it.run(until: 100, sees: yes)
        #expect(it.starts.isEmpty)
        it.counts(at: 103)
        it.run(until: 125, sees: yes)
        let expected: [Duration] =
            kind == .readiness ? [.seconds(103), .seconds(113), .seconds(123)] : [.seconds(110), .seconds(120)]
        #expect(it.starts == expected, "readiness is asked at once and ticks anew, liveness waits for its tick")
    }

    @Test("a startup probe that succeeded asks no more")
    func startupHold() {
        var it = WorkerHarness(.startup, period: 1)
        it.run(until: 100, sees: { $0 < .seconds(4) ? .refused : .status(200) })
        #expect(it.starts.count == 3)
        #expect(it.decisions == [.failure], "the third failure in a row comes first")
        var patient = WorkerHarness(.startup, period: 1, failures: 30)
        patient.run(until: 100, sees: { $0 < .seconds(4) ? .refused : .status(200) })
        #expect(patient.starts.count == 5)
        #expect(patient.decisions == [.success])
    }

    @Test("a liveness probe that failed asks no more until there is a new container")
    func livenessHold() {
        var it = WorkerHarness(.liveness, period: 10, failures: 1)
        it.run(until: 95, sees: no)
        #expect(it.starts == [.seconds(10)])
        #expect(it.worker.finding == .failure)
        it.restart(at: 100)
        #expect(it.worker.finding == .success)
        it.counts(at: 100)
        it.run(until: 115, sees: yes)
        #expect(it.starts == [.seconds(10), .seconds(110)])
    }

    @Test("below the failure threshold nothing changes, at it and after it the probe has failed")
    func failureThreshold() {
        var it = WorkerHarness(.readiness, period: 1, failures: 3)
        it.run(until: 2.5, sees: yes)
        #expect(it.worker.finding == .success)
        it.run(until: 4.5, sees: no)
        #expect(it.worker.finding == .success)
        it.run(until: 5.5, sees: no)
        #expect(it.worker.finding == .failure)
        it.run(until: 6.5, sees: yes)
        #expect(it.worker.finding == .success)
        #expect(it.decisions == [.success, .failure, .success])
    }

    @Test("a readiness probe needs its successes in a row")
    func successThreshold() {
        var it = WorkerHarness(.readiness, period: 1, failures: 1, successes: 3)
        it.run(until: 1.5, sees: yes)
        #expect(it.worker.finding == .failure)
        it.run(until: 2.5, sees: no)
        it.run(until: 4.5, sees: yes)
        #expect(it.worker.finding == .failure)
        it.run(until: 5.5, sees: yes)
        #expect(it.worker.finding == .success)
    }

    @Test("after a decision a new container gets the whole threshold, after a crash it does not")
    func runAcrossRestarts() {
        var killed = WorkerHarness(.startup, period: 1, failures: 3)
        killed.run(until: 2.5, sees: no)
        killed.restart(at: 3)
        killed.run(until: 4.5, sees: no)
        #expect(killed.decisions == [.failure], "two failures in the new container are not enough")
        killed.run(until: 5.5, sees: no)
        #expect(killed.decisions == [.failure, .failure])

        var crashed = WorkerHarness(.startup, period: 1, failures: 3)
        crashed.run(until: 1.5, sees: no)
        crashed.restart(at: 1.8)
        crashed.run(until: 2.5, sees: no)
        #expect(crashed.decisions == [.failure], "the two failures of the crashed container count")
    }

    @Test("a container that has ended is a failure, and drops the attempt under way")
    func ended() {
        var it = WorkerHarness(.readiness, period: 10)
        it.run(until: 0.5, sees: yes)
        #expect(it.worker.finding == .success)
        var worker = it.worker
        let step = worker.timeReached(at: .seconds(10))
        #expect(step == .startAttempt(number: 2, deadline: .seconds(11)))
        let wasAttempting = worker.containerEnded()
        #expect(wasAttempting)
        #expect(worker.finding == .failure)
        #expect(worker.nextWakeUp == .never)
        let late = worker.attemptEnded(.status(200), at: .seconds(11))
        #expect(late == .nothing)
    }

    @Test("a result at the deadline counts, a later one is a timeout")
    func deadline() {
        for (late, saw) in [(Duration.zero, ProbeSighting.status(200)), (.nanoseconds(1), .deadlineExceeded)] {
            var worker = WorkerHarness(.readiness, period: 10).worker
            _ = worker.timeReached(at: .zero)
            guard case .attemptEnded(let attempt, 1, _) = worker.attemptEnded(.status(200), at: .seconds(1) + late)
            else {
                Issue.record("no attempt ended")
                continue
            }
            #expect(attempt.saw == saw)
        }
    }

    @Test("an error is tried again at once, three times in all, and counts for nothing")
    func errors() {
        let error = ProbeSighting.unknownPort("web")
        var worker = WorkerHarness(.startup, period: 10, failures: 1).worker
        #expect(worker.timeReached(at: .zero) == .startAttempt(number: 1, deadline: .seconds(1)))
        // Each try has the whole timeout.
        #expect(
            worker.attemptEnded(error, at: .milliseconds(200))
                == .startAttempt(number: 1, deadline: .milliseconds(1200))
        )
        #expect(
            worker.attemptEnded(error, at: .milliseconds(400))
                == .startAttempt(number: 1, deadline: .milliseconds(1400))
        )
        guard
            case .attemptEnded(let attempt, inRow: 0, decided: nil) = worker.attemptEnded(error, at: .milliseconds(600))
        else {
            Issue.record("the third error ends the attempt")
            return
        }
        #expect(attempt == ProbeAttempt(.startup, number: 1, started: .zero, ended: .milliseconds(600), saw: error))
        #expect(worker.finding == .unknown)
        #expect(worker.nextWakeUp == .seconds(10), "the next tick goes on")
    }

    @Test("a failure and a success are never tried again, and a try that is none ends the attempt")
    func noRetryOfResults() {
        for saw in [ProbeSighting.status(503), .refused, .status(200)] {
            var worker = WorkerHarness(.startup, period: 10, failures: 3).worker
            _ = worker.timeReached(at: .zero)
            _ = worker.attemptEnded(.unknownPort("web"), at: .zero)
            guard case .attemptEnded(let attempt, inRow: 1, _) = worker.attemptEnded(saw, at: .zero) else {
                Issue.record("\(saw)")
                continue
            }
            #expect(attempt.saw == saw)
        }
    }

    @Test("errors between failures neither break their row nor add to it")
    func errorsBetweenFailures() {
        var it = WorkerHarness(.liveness, period: 1, failures: 3)
        let error = ProbeSighting.unknownPort("web")
        it.run(until: 2.5, sees: no)
        for moment in [Duration.seconds(3), .milliseconds(3001), .milliseconds(3002)] {
            if moment == .seconds(3) { it.begin() }
            it.end(error, at: moment)
        }
        #expect(it.worker.finding == .success, "two failures, and errors")
        it.run(until: 4.5, sees: no)
        #expect(it.worker.finding == .failure)
    }

    @Test("a late error is a timeout, which is a failure")
    func lateError() {
        var worker = WorkerHarness(.startup, period: 10, failures: 1).worker
        _ = worker.timeReached(at: .zero)
        guard case .attemptEnded(let attempt, 1, .failure?) = worker.attemptEnded(.unknownPort("web"), at: .seconds(2))
        else {
            Issue.record("no attempt ended")
            return
        }
        #expect(attempt.saw == .deadlineExceeded)
    }

    @Test("a worker is settled once further equal attempts change nothing")
    func settled() {
        var it = WorkerHarness(.readiness, period: 1, failures: 2)
        #expect(!it.worker.isSettled)
        it.run(until: 0.5, sees: yes)
        #expect(it.worker.isSettled)
        it.run(until: 1.5, sees: no)
        #expect(!it.worker.isSettled)
        it.run(until: 2.5, sees: no)
        #expect(it.worker.isSettled)
    }
}
