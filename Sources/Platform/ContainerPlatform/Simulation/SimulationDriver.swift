/// Drives an instance with a simulated process in virtual time.
///
/// It owns the clock and the process's work; the process itself is lent to it for a run. It is never late: at each
/// moment it takes what is due in the instance's order, one thing after another.
struct SimulationDriver: ~Copyable {
    /// Where a run ends, at the plan's horizon at the latest.
    enum End {
        /// Nothing more can happen.
        case nothingIsDue
        /// The start of the first life is decided.
        case decided
        /// No later life of the container can decide the start otherwise.
        case settled
        /// The start is decided, or an attempt of the probe would succeed.
        case couldPass
    }

    /// The moments at which requests arrive, and the port that they go to.
    let arrivals: [Duration]
    let port: Int
    /// When the owner stops the instance, and when the run ends at the latest; never where that is not planned.
    let stopAt: Duration
    private let horizon: Duration
    var instance: Instance
    var now = Duration.zero
    var actions = SimulationActions()
    var stage: StageRunner
    /// The attempts of the probes.
    var attempts: SimulatedAttempts
    var answers = AnswerQueue()
    /// The requests that the process keeps waiting.
    var waiting: [Int] = []
    /// When the process ends on a signal, and how.
    var exitDue = Duration.never
    var pendingExit = ProcessExit.signal(15)

    /// Creates a driver at the start of an instance.
    ///
    /// - Parameters:
    ///   - plan: The circumstances.
    ///   - delays: The platform's delays.
    ///   - stageScale: A multiple of every stage's delay and work, in thousandths.
    ///   - isRecording: Whether the timeline is kept.
    @inline(__always)
    init(plan: InstancePlan, delays: PlatformDelays, stageScale: Int64 = 1000, isRecording: Bool = false) {
        self.init(plan, requests: plan.requests, stopAt: plan.stopAt, delays, stageScale, isRecording: isRecording)
        instance.reserve(plan.requests.count)
    }

    /// Creates a driver of a start alone: without requests and without a stop by the owner.
    @inline(__always)
    init(startOf plan: InstancePlan, delays: PlatformDelays) {
        self.init(plan, requests: [], stopAt: nil, delays, 1000, isRecording: false)
    }

    @inline(__always)
    private init(
        _ plan: InstancePlan,
        requests: [Duration],
        stopAt: Duration?,
        _ delays: PlatformDelays,
        _ stageScale: Int64,
        isRecording: Bool
    ) {
        arrivals = requests
        port = plan.profile.containerPort
        self.stopAt = stopAt ?? .never
        horizon = plan.horizon ?? (plan.profile.kubelet == nil ? .never : InstancePlan.longestWatch)
        let probes = plan.probes
        instance = Instance(
            probe: plan.probe,
            probes: probes,
            cpu: plan.cpu,
            profile: plan.profile,
            delays: delays,
            isRecording: isRecording
        )
        stage = StageRunner(scale: stageScale)
        attempts = SimulatedAttempts(plan)
    }

    /// Runs to an end.
    ///
    /// - Parameters:
    ///   - process: The process, as it is at the start and then as it is at the end.
    ///   - end: Where the run ends.
    mutating func run(_ process: inout some SimulatedProcess, until end: End = .nothingIsDue) {
        hand(.started, &process)
        observe(&process)
        beginStage(process)
        var events = 0
        while true {
            let next = firstDue()
            guard next.moment < .never, next.moment <= horizon else { break }
            if next.order == .probe, instance.phase == .serving, onlyRepeatsAttempts { break }
            now = next.moment
            take(next.order, &process)
            if end != .nothingIsDue, end == .settled ? instance.isSettled : instance.isDecided { break }
            if end == .couldPass, instance.probeCouldPass != nil { break }
            events += 1
            precondition(events < 100_000_000, "the process makes no progress at \(now)")
        }
        stage.settle(at: now)
        instance.finish(at: now)
    }

    /// What is due first, of the instance and of the process.
    @inline(__always)
    private mutating func firstDue() -> Due {
        var due = instance.due
        due.consider(stage.due, .process)
        due.consider(answers.due, .answer)
        let arrived = instance.queue.requests.count
        if arrived < arrivals.count { due.consider(arrivals[arrived], .arrival) }
        due.consider(attempts.due, .attempt)
        if instance.phase == .starting || instance.phase == .serving { due.consider(stopAt, .stop) }
        due.consider(exitDue, .exit)
        return due
    }

    /// Takes what is due.
    private mutating func take(_ order: Instance.Order, _ process: inout some SimulatedProcess) {
        switch order {
        case .process:
            guard stageReached(&process) else { return }
        case .answer:
            while answers.due <= now {
                let answer = answers.removeFirst()
                hand(.answerCame(answer.request, .served(answer.state)), &process)
                process.answered(request: answer.request)
            }
            if !attempts.others.isEmpty { reconsiderOthers(process) }
        case .arrival:
            let index = instance.queue.requests.count
            hand(.requestArrived(index, planned: arrivals[index]), &process)
        case .attempt:
            reachAttempt(&process)
        case .stop:
            hand(.stopRequested, &process)
        case .exit:
            ended(pendingExit, &process)
        case .boost, .exitNotice, .probe, .timeout, .kill, .restart, .progressDeadline:
            instance.take(order, at: now, &actions)
            perform(&process)
        }
        deliver(&process)
        instance.allocateCPU(at: now, &actions)
        perform(&process)
    }

    /// Hands an event over and does what follows, deliveries apart.
    mutating func hand(_ event: Instance.Event, _ process: inout some SimulatedProcess) {
        instance.apply(event, at: now, &actions)
        perform(&process)
    }

    @inline(__always)
    private mutating func perform(_ process: inout some SimulatedProcess) {
        if !actions.isEmpty { performActions(&process) }
    }

    private mutating func performActions(_ process: inout some SimulatedProcess) {
        let wanted = actions
        actions.clear()
        if let millicores = wanted.millicores { stage.setCPU(millicores, at: now) }
        if !wanted.abandonsAttempts.isEmpty { attempts.end(wanted.abandonsAttempts) }
        if wanted.endsRequests { forgetAnswers(&process) }
        if let signal = wanted.signal { end(on: signal, &process) }
        if let life = wanted.life { restart(life, &process) }
        if !wanted.startsAttempts.isEmpty { beginAttempts(wanted.startsAttempts, &process) }
    }

    /// Lets the process do what it does on a signal.
    private mutating func end(on signal: Int32, _ process: inout some SimulatedProcess) {
        guard signal != 9 else { return ended(.signal(9), &process) }
        guard case .exits(let after, let exit) = process.terminate(at: now) else { return }
        pendingExit = exit
        exitDue = now + max(after, .zero)
    }

    /// The process is gone.
    mutating func ended(_ exit: ProcessExit, _ process: inout some SimulatedProcess) {
        exitDue = .never
        waiting = []
        stage.drop(at: now)
        hand(.processExited(exit), &process)
    }
}
