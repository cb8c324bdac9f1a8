import ContainerPlatform
import CSpawn
import Observations
import RecommendationEngine
import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Drives one instance as a real process on a real clock.
///
/// What the platform does is decided by an ``Instance``, as in a simulation. This driver tells it what happens to the
/// process and its sockets, and does what it answers. One thread does everything: it waits for the earliest of all
/// moments at which something is due and for whatever comes from the process, its sockets and other tasks, and nothing
/// in it ever blocks. All moments are the scenario's.
final class ProcessDriver {
    let setup: Setup
    let ledger: FaultLedger
    var process: ServiceProcess
    let lateness: LatenessMeter
    var clock: ScenarioClock
    var now = Duration.zero
    var instance: Instance
    /// What the instance has answered and is not done yet.
    var actions = ActionQueue()
    var log: ServiceLog
    var probes: ProbeSockets
    var health: HealthPoller
    var arrivals: Arrivals
    var sender: RequestSender
    var rows: RowReads
    var cpu: CPUControl
    var faults: ProcessFaults
    var end: ProcessEnd
    var failure: (any Error)?
    /// What was said last of what the run waits for.
    var toldProgress = ""
    /// When it may be said again.
    var nextProgress = ContinuousClock.now

    /// Starts the instance.
    ///
    /// - Throws: ``ServiceUnderTestError`` where the program cannot be started.
    init(_ setup: Setup, ledger: FaultLedger) throws(ServiceUnderTestError) {
        let platform = setup.plan.platform
        let port = try ReservedPort.freeNumber()
        self.setup = setup
        self.ledger = ledger
        var instance = Instance(
            probe: platform.probe.value,
            probes: platform.probes,
            cpu: platform.cpu,
            profile: platform.profile,
            delays: setup.delays
        )
        instance.reserve(setup.plan.requests.count)
        self.instance = instance
        log = ServiceLog(LogCapture(redaction: setup.redaction, path: setup.logPath), speed: setup.speed)
        probes = try ProbeSockets(platform, port: port, speed: setup.speed)
        health = HealthPoller(port: port, setup: setup)
        arrivals = Arrivals(setup.plan)
        sender = RequestSender(setup, port: port)
        rows = RowReads(setup.plan)
        cpu = CPUControl(platform.cpu, speed: setup.speed)
        faults = ProcessFaults(setup.plan)
        end = ProcessEnd(port: port)
        var launch = setup.launch
        launch.environment["PORT"] = String(port)
        let counted = LatenessMeter.Start()
        launch.environment[Rehearsal.variable] = setup.rehearsal(1).startingNow()
        clock = ScenarioClock(speed: setup.speed)
        process = try ServiceProcess(launch)
        lateness = LatenessMeter(group: process.id, since: counted)
    }

    /// Runs to the end and returns what came of it; nothing of the process is left then.
    ///
    /// - Throws: `CancellationError`, and what the harness's own work on the database throws.
    func complete() throws -> Result {
        defer {
            process.end()
            log.close()
            _ = lateness.finish()
        }
        now = clock.now
        log.note("started \"\(setup.launch.words[0])\" as process \(process.id) on port \(end.port)", at: now)
        // What ticks from the start on does so from the launch, not from when this thread has come so far.
        instance.handle(.started, at: .zero, &actions)
        performActions()
        while true {
            try turn()
            if isFinished { break }
            tellProgress()
            wait()
        }
        shutDown()
        log.close()
        if let failure = log.failure { throw failure }
        return result()
    }

    /// Tells the instance everything that has happened, in the order of `Instance.Order`, and does what is due.
    private func turn() throws {
        now = clock.now
        lateness.reached(now)
        takeMessages()
        if let failure { throw failure }
        readLog()
        pollHealth()
        advanceRequests()
        noticeExit()
        refresh()
        takeArrivals()
        advanceAttempts()
        while instance.nextWakeUp <= now { tell(.timeReached) }
        reachFaults()
        askHealth()
        askForRows()
        instance.allocateCPU(at: now, &actions)
        performActions()
        let mayRun = instance.exit == nil && instance.phase != .ended && faults.stoppedUntil == nil
        cpu.throttle(process, mayRun: mayRun, at: now)
    }

    /// Waits for the next thing to happen.
    private func wait() {
        let next = earliest
        if nothingRealIsPending { return clock.skip(to: next) }
        var files = [pollfd(fd: setup.mailbox.wakeUp, events: Int16(POLLIN), revents: 0)]
        if instance.exit == nil, process.watch >= 0 {
            files.append(pollfd(fd: process.watch, events: Int16(POLLIN), revents: 0))
        }
        for pipe in log.openPipes(of: process) {
            files.append(pollfd(fd: pipe, events: Int16(POLLIN), revents: 0))
        }
        for exchange in probes.exchanges + [health.exchange].compactMap(\.self) + sender.exchanges
        where exchange.end == nil {
            files.append(pollfd(fd: exchange.descriptor, events: exchange.events, revents: 0))
        }
        // Without a file that tells of its end the process has to be looked at.
        let longest: Duration = process.watch >= 0 ? .seconds(1) : .milliseconds(5)
        let nanoseconds = min(clock.real(until: next), longest) / .nanoseconds(1)
        _ = coldstart_wait(&files, Int32(files.count), Int64(max(nanoseconds, 0)))
    }

    /// Takes the time again, after something that took some.
    func refresh() { now = max(now, clock.now) }
}
