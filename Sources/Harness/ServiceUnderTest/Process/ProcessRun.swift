import CSpawn
import ContainerPlatform
import Domain
import Observations
import RecommendationEngine
import SafeText
import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A run of one instance as a real process on a real clock, the counterpart of the simulation's run.
///
/// One thread does everything: it waits for the earliest of all moments at which something is due and for whatever
/// comes from the process, its sockets and other tasks, and nothing in it ever blocks. The startup probe is the same
/// state machine that the simulation feeds. All moments are the scenario's.
final class ProcessRun {
    /// What a run needs to know.
    struct Setup: Sendable {
        /// The plan.
        var plan: Plan
        /// The program, less its port.
        var launch: CommandLaunch
        /// What the service is to act out.
        var rehearsal: Rehearsal
        /// How many seconds of the scenario pass in one real second.
        var speed: Double
        /// The header fields of every request to `/recommend`, such as the shared secret.
        var headers: [(name: String, value: String)]
        /// What no log and no report may show.
        var redaction: Redaction
        /// The file that gets the whole log, `nil` for none.
        var logPath: String?
        /// The platform's delays before the first attempt, and from an exit to its notice.
        var delays: PlatformDelays
        /// The moment at which the simulation of the same plan ended.
        var simulatedEnd: Duration
        /// How much later than the simulation real things may happen.
        var allowance: Duration
        /// Where other tasks tell the run something.
        var mailbox: RunMailbox
        /// Asks for something of the database; the answer comes by the mailbox.
        var ask: @Sendable (Errand) -> Void
    }

    /// Something that the run wants of the database.
    enum Errand: Sendable {
        /// The rows of sessions.
        case rows(RowsQuestion)
        /// A rating that a visitor gives now.
        case rating(PlannedRating)
    }

    /// A question for the rows of sessions.
    struct RowsQuestion: Sendable {
        /// Its number.
        var number: Int
        /// The sessions.
        var sessions: [SessionID]
        /// The requests that are about to be sent, or have their answers.
        var requests: [Int]
        /// Whether they are about to be sent.
        var isBefore: Bool
        /// What their answers promise, by request; empty for those that are about to be sent.
        var promises: [Int: RowPromise] = [:]
    }

    /// What came of a run.
    struct Result: Sendable {
        /// The figures of the start.
        var summary: StartupSummary
        /// What happened.
        var timeline: Timeline
        /// The answers by request number.
        var answers: [ObservedAnswer]
        /// What the service said of itself last.
        var finalHealth: String?
        /// The lines of the log that matter.
        var log: [LoggedLine]
        /// What only a process shows.
        var process: ProcessObservation
    }

    /// A question under way and the requests that it is for.
    struct OpenQuestion {
        var requests: [Int]
        var isBefore: Bool
    }

    let setup: Setup
    let ledger: FaultLedger
    let profile: PlatformProfile
    var clock: ScenarioClock
    var now = Duration.zero
    var phase = InstancePhase.starting
    var process: ServiceProcess
    let port: Int
    /// A port that nothing listens on, for probes of another port than the container's.
    let strangerPort: ReservedPort?
    var log: LogCapture
    var isOutputOpen = true
    var isErrorsOpen = true

    var timeline = Timeline()
    var summary = StartupSummary()
    var startFailed = false

    var probe: StartupProbe
    var attempt: Exchange?
    var attemptRetryDue = Duration.never
    var probeDue = Duration.never

    var watcher = HealthWatcher()
    var gapSince: Duration?

    var requests: [ReplayedRequest]
    var nextArrival = 0
    var nextRating = 0
    var openRatings = 0
    var questions: [Int: OpenQuestion] = [:]
    var questionCount = 0

    var boostEnds = Duration.never
    var boostDue = Duration.never
    var millicores: Int
    var isWithdrawn = false
    var throttleDue = Duration.never
    var isThrottled = false

    var exited: ProcessExit?
    var exitNoticeDue = Duration.never
    var killDue = Duration.never
    var termination = TerminationWatch()
    var misplaced: MisplacedService?
    var errorLines = ErrorLines()
    let lateness: LatenessMeter

    var faults: ProcessFaults
    var failure: (any Error)?

    /// Starts the instance.
    ///
    /// - Throws: ``ServiceUnderTestError`` where the program cannot be started.
    init(_ setup: Setup, ledger: FaultLedger) throws(ServiceUnderTestError) {
        self.setup = setup
        self.ledger = ledger
        let platform = setup.plan.scenario.platform
        profile = platform.profile
        let probed = platform.probe.value.handler.port
        strangerPort = probed == nil || probed == profile.containerPort ? nil : try ReservedPort()
        var launch = setup.launch
        do {
            let reserved = try ReservedPort()
            port = reserved.number
        }
        launch.environment["PORT"] = String(port)
        probe = StartupProbe(configuration: platform.probe.value, jitter: setup.delays.firstAttempt)
        log = LogCapture(redaction: setup.redaction, path: setup.logPath)
        requests = setup.plan.requests.map { _ in ReplayedRequest() }
        millicores = platform.cpu.startupMillicores
        faults = ProcessFaults(setup.plan)
        let counted = LatenessMeter.Start()
        launch.environment[Rehearsal.variable] = setup.rehearsal.startingNow()
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
        record(.instanceStarted(millicores: millicores))
        log.note("started \"\(setup.launch.words[0])\" as process \(process.id) on port \(port)", at: now)
        probeDue = probe.nextWakeUp ?? .never
        watcher.due = .zero
        while true {
            try tick()
            if isFinished { break }
            wait()
        }
        shutDown()
        log.close()
        if let failure = log.failure { throw failure }
        return result()
    }

    /// Takes notice of everything that has happened and does everything that is due.
    private func tick() throws {
        now = clock.now
        lateness.reached(now)
        takeMessages()
        if let failure { throw failure }
        readLog()
        advanceAttempt()
        advanceHealth()
        advanceRequests()
        noticeExit()
        now = max(now, clock.now)
        reachBoost()
        reachRatings()
        reachArrivals()
        reachProbe()
        reachTimeouts()
        reachFaults()
        reachKill()
        reachHealth()
        deliverQueued()
        allocateCPU()
    }

    /// Waits for the next thing to happen.
    private func wait() {
        let next = earliest()
        if nothingRealIsPending { return clock.skip(to: next) }
        var files = [pollfd(fd: setup.mailbox.wakeUp, events: Int16(POLLIN), revents: 0)]
        if exited == nil, process.watch >= 0 {
            files.append(pollfd(fd: process.watch, events: Int16(POLLIN), revents: 0))
        }
        if isOutputOpen { files.append(pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)) }
        if isErrorsOpen { files.append(pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0)) }
        for exchange in [attempt, watcher.exchange] + requests.map(\.exchange) {
            guard let exchange, exchange.end == nil else { continue }
            files.append(pollfd(fd: exchange.descriptor, events: exchange.events, revents: 0))
        }
        // Without a file that tells of its end the process has to be looked at.
        let longest: Duration = process.watch >= 0 ? .seconds(1) : .milliseconds(5)
        let nanoseconds = min(clock.real(until: next), longest) / .nanoseconds(1)
        _ = coldstart_wait(&files, Int32(files.count), Int64(max(nanoseconds, 0)))
    }

    /// Whether nothing can happen before the next moment of the plan but what the harness does itself.
    ///
    /// That is so once the process is gone. At a higher speed than the real one it also holds while the whole group is
    /// stopped because no request is in flight.
    private var nothingRealIsPending: Bool {
        guard questions.isEmpty, openRatings == 0, attempt == nil, earliest() < .never else { return false }
        if phase == .ended { return true }
        return isWithdrawn && setup.speed > 1 && faults.stoppedUntil == nil
    }

    private func earliest() -> Duration {
        var next = min(probeDue, attemptRetryDue, watcher.due, boostDue)
        next = min(next, exitNoticeDue, killDue, throttleDue)
        next = min(next, faults.due(after: now))
        if nextArrival < requests.count { next = min(next, setup.plan.requests[nextArrival].at) }
        if nextRating < setup.plan.ratings.count { next = min(next, setup.plan.ratings[nextRating].at) }
        for request in requests where request.isOpen { next = min(next, request.arrived + profile.requestTimeout) }
        return min(next, settledBy)
    }

    /// The moment from which nothing more is waited for.
    var settledBy: Duration {
        max(setup.simulatedEnd + setup.allowance, faults.lastMoment)
    }

    private var isFinished: Bool {
        guard questions.isEmpty, requests.allSatisfy({ $0.stage == .closed }) else { return false }
        guard openRatings == 0, nextRating == setup.plan.ratings.count else { return false }
        switch phase {
        case .starting, .stopping: return false
        case .ended: return true
        case .serving: break
        }
        if faults.arePending, now < settledBy { return false }
        return watcher.isFinal || isWithdrawn || now >= settledBy
    }

    /// Ends the process as a platform ends an instance that is no longer needed.
    private func shutDown() {
        if let since = gapSince {
            summary.truthGap += now - since
            summary.truthGapIsOpen = true
        }
        summary.attempts = probe.attempts
        summary.ended = now
        guard exited == nil else { return readLog() }
        watcher.exchange = nil
        lookForSockets()
        termination.sent(at: clock.now)
        process.signal(SIGTERM)
        process.signal(SIGCONT)
        log.note("SIGTERM to the group of process \(process.id)", at: clock.now)
        let deadline = ContinuousClock.now + TerminationWatch.patience(setup.plan.scenario, speed: setup.speed)
        while process.exit == nil, ContinuousClock.now < deadline {
            usleep(1000)
            // A service that waits for its log to be read would never end.
            readLog()
        }
        if let exit = process.exit {
            termination.exited(exit, at: clock.now)
        } else {
            termination.killed(at: clock.now)
            log.note("SIGKILL: it has not ended by itself", at: clock.now)
        }
        process.signal(SIGKILL)
        readLog()
    }

    /// Finds out where a service listens that was never found listening.
    func lookForSockets() {
        guard summary.listening == nil, exited == nil, misplaced == nil else { return }
        misplaced = MisplacedService(port: port, sockets: ListeningSockets.of(group: process.id))
        if let misplaced { log.note(misplaced.explanation, at: now) }
    }

    /// Appends to the timeline.
    func record(_ event: TimelineEvent) {
        timeline.entries.append(Timeline.Entry(moment: now, event: event))
    }
}

/// Where an instance stands in its life.
enum InstancePhase {
    case starting
    case serving
    case stopping
    case ended
}
