/// The life of one container instance on its platform, as a state machine without clock, sockets or driver.
///
/// A driver tells it what happened and does what it answers: it makes attempts of the probe, delivers requests, sends
/// signals, sets CPU. Virtual time (``SimulationDriver``) and a real process go through this same machine, so that what
/// is decided about an instance is written once. Moments count from instance start and never go back. An instance is one
/// thing: it is moved and lent, never copied.
///
/// The contract of a driver:
/// 1. After every ``handle(_:at:_:)`` it performs the actions in their order. Where that shows something at once, such
///    as a refused connection, it hands that over too.
/// 2. When no action is left it calls ``allocateCPU(at:_:)``: what is in flight by then decides whether there is CPU.
/// 3. It hands over ``Event/timeReached`` while ``nextWakeUp`` is not later than the moment.
/// 4. What it notices at one time it hands over in the order of ``Order``. A driver that comes late need not look for
///    what was due before: `handle` takes that first, by the same order.
///
/// Events about a request that has its outcome, or about an attempt that is over, are ignored.
package struct Instance: ~Copyable, Sendable {
    /// Where an instance stands in its life.
    package enum Phase: Hashable, Sendable {
        /// The startup probe has not decided.
        case starting
        /// The container counts as started: requests are delivered while it is ready.
        case serving
        /// SIGTERM has been sent, or SIGKILL.
        case stopping
        /// The container has ended and is to be started again.
        case waiting
        /// The process is gone.
        case ended
    }

    /// Where the instance stands.
    package internal(set) var phase = Phase.starting
    var start: InstanceStart
    var service = ServiceSightings()
    var queue: RequestQueue
    var cpu: CPUGrant
    var shutdown: Shutdown
    var log: TimelineRecorder
    var workers: ContainerWorkers
    var lives: ContainerLives
    let rules: ContainerRules
    /// Whether the instance gets traffic.
    package internal(set) var isReady = false
    /// The moment that ``finish(at:)`` was told.
    private var finished = Duration.zero

    /// Creates an instance to which nothing has happened.
    ///
    /// - Parameters:
    ///   - probe: The startup probe; not asked where the probes have none.
    ///   - probes: All probes, where there are others than the startup probe, or not even that.
    ///   - cpu: The CPU.
    ///   - profile: The platform.
    ///   - delays: The platform's delays in this instance; a first attempt that is delayed for ever means no probe.
    ///   - isRecording: Whether the timeline is kept; nothing else depends on it.
    /// - Precondition: The probe's period is above zero and its threshold at least 1.
    @inline(__always)
    package init(
        probe: ProbeConfiguration,
        probes: ContainerProbes? = nil,
        cpu: CPUAllocation,
        profile: PlatformProfile,
        delays: PlatformDelays,
        isRecording: Bool = true
    ) {
        workers = probes.map { ContainerWorkers($0, profile: profile, seed: delays.workerSeed) } ?? .empty
        lives = ContainerLives(profile)
        rules = ContainerRules(profile, probes)
        start = InstanceStart(probe, delays: profile.kubelet == nil ? delays : .unprobed)
        self.cpu = CPUGrant(cpu, boostTail: profile.boostTail)
        queue = RequestQueue(concurrency: profile.concurrency, timeout: profile.requestTimeout)
        shutdown = Shutdown(grace: profile.terminationGrace)
        log = TimelineRecorder(isRecording: isRecording)
    }

    /// Keeps room for so many requests.
    package mutating func reserve(_ requests: Int) {
        queue.reserve(requests)
        log.reserve(64 + 4 * requests)
    }

    /// Takes an event and hands the actions that follow from it to a sink.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - moment: When it was noticed, since instance start; not before the last one.
    ///   - actions: Where the actions go, in the order in which they are to be performed.
    /// - Complexity: O(1) on average over all events of an instance, whatever the number of requests.
    package mutating func handle(_ event: Event, at moment: Duration, _ actions: inout some InstanceActions) {
        if let order = event.order(in: phase) { takeOverdue(before: order, at: moment, &actions) }
        apply(event, at: moment, &actions)
    }

    /// Takes an event of a driver that is never late, and nothing else.
    mutating func apply(_ event: Event, at moment: Duration, _ actions: inout some InstanceActions) {
        switch event {
        case .started:
            log.record(.instanceStarted(millicores: cpu.millicores), at: moment)
            actions.take(.setCPU(millicores: cpu.millicores))
            if rules.hasKubelet {
                containerStarted(at: moment, &actions)
            } else {
                workers.containerStarted(at: moment)
            }
        case .timeReached:
            let due = due
            if due.moment <= moment { take(due.order, at: moment, &actions) }
        case .attemptEnded(let saw, let kind):
            if kind == .startup, !workers.hasStartup {
                advanceStart(.attemptEnded(saw), at: moment, &actions)
            } else {
                follow(workers.attemptEnded(saw, of: kind, at: moment), of: kind, at: moment, &actions)
            }
        case .probeCouldPass:
            if case .undecided = start.outcome { start.passes(at: moment) }
        case .listening(let port):
            service.listens(on: port, at: moment, &log)
        case .healthSeen(let health):
            service.says(health, isServing: phase == .serving, at: moment, &log)
        case .requestArrived(let index, let planned):
            requestArrived(index, planned: planned, at: moment, &actions)
        case .requestSent(let index):
            queue.sent(index, at: moment, &log)
        case .requestAdmitted(let index, let state):
            queue.admitted(index, state, at: moment, &log)
        case .answerCame(let index, let outcome):
            endRequest(index, outcome, at: moment, &actions)
        case .connectionRefused(let index):
            endRequest(
                index,
                .refusedByPlatform(status: 503, text: PlatformLog.connectionError),
                at: moment,
                &actions
            )
        case .connectionLost(let index):
            endRequest(index, .cut(status: 503, text: PlatformLog.connectionError), at: moment, &actions)
        case .processExited(let exit):
            processExited(exit, at: moment, &actions)
        case .stopRequested:
            stopRequested(at: moment, &actions)
        case .cpuReadBack(let isStopped):
            cpu.readBack(isStopped: isStopped, &actions)
        }
    }

    /// Gives and takes CPU as the platform's billing says; a driver calls it when it has performed all actions.
    ///
    /// - Parameters:
    ///   - moment: The moment since instance start.
    ///   - actions: Where the action goes, if there is a change.
    package mutating func allocateCPU(at moment: Duration, _ actions: inout some InstanceActions) {
        cpu.allocate(in: phase, hasRequests: queue.inFlight > 0, at: moment, &log, &actions)
    }

    /// Writes something into the timeline that decides nothing, such as a stage of the service.
    package mutating func note(_ event: @autoclosure () -> TimelineEvent, at moment: Duration) {
        log.record(event(), at: moment)
    }

    /// Closes the figures, as nothing more is to come.
    package mutating func finish(at moment: Duration) {
        service.gap.finish(at: moment)
        finished = moment
    }

    /// The figures of the start so far.
    package var summary: StartupSummary {
        var summary = StartupSummary()
        summary.outcome = start.outcome
        summary.attempts = startupAttempts
        summary.earlierLives = lives.earlier
        summary.probeCouldPass = start.couldPass
        service.write(to: &summary)
        summary.firstWithRows = queue.firstWithRows
        summary.firstFull = queue.firstFull
        summary.ended = finished
        summary.takeEarlierLives()
        return summary
    }
}
