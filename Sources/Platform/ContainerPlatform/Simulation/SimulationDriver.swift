/// Drives an instance with a simulated process in virtual time.
///
/// It owns the clock and the process's work. It is never late: at each moment it takes what is due in the instance's
/// order, one thing after another.
struct SimulationDriver<Process: SimulatedProcess> {
    let plan: InstancePlan
    var instance: Instance
    var now = Duration.zero
    var actions = SimulationActions()
    var stage: StageRunner
    var attempt: SimulatedAttempt
    var answers = AnswerQueue()
    /// The requests that the process keeps waiting.
    var waiting: [Int] = []
    /// When the process ends on a signal, and how.
    var exitDue = Duration.never
    var pendingExit = ProcessExit.signal(15)
    /// The process; last, so that everything before it has a known place in memory.
    var process: Process

    /// Creates a driver at the start of an instance.
    ///
    /// - Parameters:
    ///   - plan: The circumstances.
    ///   - process: The process as it is at the start.
    ///   - delays: The platform's delays.
    ///   - stageScale: A multiple of every stage's delay and work, in thousandths.
    ///   - isRecording: Whether the timeline is kept.
    init(
        plan: InstancePlan,
        process: Process,
        delays: PlatformDelays,
        stageScale: Int64 = 1000,
        isRecording: Bool = false
    ) {
        self.plan = plan
        self.process = process
        instance = Instance(
            probe: plan.probe,
            cpu: plan.cpu,
            profile: plan.profile,
            delays: delays,
            isRecording: isRecording
        )
        instance.reserve(plan.requests.count)
        stage = StageRunner(scale: stageScale)
        attempt = SimulatedAttempt(plan.probe.handler, profile: plan.profile)
    }

    /// Runs until nothing more can happen, the plan's horizon, or a condition.
    ///
    /// - Parameter isOver: Asked after every event; the run ends where it holds.
    mutating func run(until isOver: (Instance) -> Bool = { _ in false }) {
        hand(.started)
        observe()
        beginStage()
        let horizon = plan.horizon ?? .never
        var events = 0
        while true {
            let next = due
            guard next.moment < .never, next.moment <= horizon else { break }
            now = next.moment
            take(next.order)
            if isOver(instance) { break }
            events += 1
            precondition(events < 100_000_000, "the process makes no progress at \(now)")
        }
        stage.settle(at: now)
        instance.finish(at: now)
    }

    /// What is due first, of the instance and of the process.
    private var due: Due {
        var due = instance.due
        due.consider(stage.due, .process)
        due.consider(answers.due, .answer)
        let arrived = instance.requests.count
        if arrived < plan.requests.count { due.consider(plan.requests[arrived], .arrival) }
        due.consider(attempt.due, .attempt)
        if let stopAt = plan.stopAt, instance.phase == .starting || instance.phase == .serving {
            due.consider(stopAt, .stop)
        }
        due.consider(exitDue, .exit)
        return due
    }

    /// Takes what is due.
    private mutating func take(_ order: Instance.Order) {
        switch order {
        case .process:
            guard stageReached() else { return }
        case .answer:
            while answers.due <= now {
                let answer = answers.removeFirst()
                hand(.answerCame(answer.request, .served(answer.state)))
            }
        case .arrival:
            let index = instance.requests.count
            hand(.requestArrived(index, planned: plan.requests[index]))
        case .attempt:
            let result = attempt.result
            attempt.end()
            hand(.attemptEnded(result))
        case .stop:
            hand(.stopRequested)
        case .exit:
            ended(pendingExit)
        case .boost, .exitNotice, .probe, .timeout, .kill:
            instance.take(order, at: now, &actions)
            perform()
        }
        deliver()
        instance.allocateCPU(at: now, &actions)
        perform()
    }

    /// Hands an event over and does what follows, deliveries apart.
    mutating func hand(_ event: Instance.Event) {
        instance.apply(event, at: now, &actions)
        perform()
    }

    private mutating func perform() {
        guard !actions.isEmpty else { return }
        let wanted = actions
        actions.clear()
        if let millicores = wanted.millicores { stage.setCPU(millicores, at: now) }
        if wanted.abandonsAttempt { attempt.end() }
        if wanted.endsRequests { forgetAnswers() }
        if let signal = wanted.signal { end(on: signal) }
        if wanted.startsAttempt { beginAttempt() }
    }

    /// Lets the process do what it does on a signal.
    private mutating func end(on signal: Int32) {
        guard signal != 9 else { return ended(.signal(9)) }
        guard case .exits(let after, let exit) = process.terminate(at: now) else { return }
        pendingExit = exit
        exitDue = now + max(after, .zero)
    }

    /// The process is gone.
    mutating func ended(_ exit: ProcessExit) {
        exitDue = .never
        stage.drop(at: now)
        hand(.processExited(exit))
    }
}
