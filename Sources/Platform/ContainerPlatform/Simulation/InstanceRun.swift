/// The state of a simulation under way.
///
/// Every moment at which something is due is a stored property, ``never`` where nothing is; the loop takes the earliest.
struct InstanceRun<Process: SimulatedProcess> {
    let plan: InstancePlan
    var process: Process
    var now = Duration.zero
    var phase = InstancePhase.starting
    var probe: StartupProbe
    let jitter: Duration
    let exitNotice: Duration
    /// Whether the start has failed, so that later requests are refused.
    var startFailed = false

    /// A multiple of every stage's delay and work, in thousandths.
    var stageScale: Int64 = 1000
    var isRecording = false
    /// Whether attempts are made; without them the process loads on as in a start that is never given up.
    var isProbed = true
    /// Whether the run ends once the question of a margin is settled: the probe has decided, or could pass unprobed.
    var endsAtDecision = false
    var timeline = Timeline()
    var summary = StartupSummary()

    var stage: RunningStage?
    /// The work left of the stage, in nanoseconds of a thousandth of a vCPU.
    var workLeft: Int64 = 0
    var workSettled = Duration.zero
    var workRate: Int64 = 0
    var workUsed: Int64 = 0
    var stageDue = Duration.never

    var millicores = 0
    var boostEnds = Duration.never
    var boostDue = Duration.never

    var probeDue = Duration.never
    var attemptResult = ProbeSighting.refused
    var attemptDue = Duration.never

    var requests: [SimulatedRequest] = []
    /// The moment at which each arrived request that the process took has its answer.
    var answersDue: [Duration] = []
    var firstOpen = 0
    var inFlight = 0
    var waiting = 0
    var queued = 0
    var arrivalDue = Duration.never
    var answerDue = Duration.never
    var timeoutDue = Duration.never

    var knownPort: Int?
    var knownHealth: ServiceHealth?
    var gapSince: Duration?
    var exited: ProcessExit?
    var pendingExit = ProcessExit.signal(15)
    var exitNoticeDue = Duration.never
    var exitDue = Duration.never
    var killDue = Duration.never
    var stopDue = Duration.never

    init(plan: InstancePlan, process: Process, jitter: Duration, exitNotice: Duration) {
        self.plan = plan
        self.process = process
        self.jitter = jitter
        self.exitNotice = exitNotice
        probe = StartupProbe(configuration: plan.probe, jitter: jitter)
    }

    /// Runs to the end and returns what came of it.
    mutating func complete() -> InstanceSimulation<Process>.Result {
        begin()
        let horizon = plan.horizon ?? .never
        var events = 0
        while true {
            let next = earliest()
            guard next < .never, next <= horizon else { break }
            now = next
            step()
            if endsAtDecision, phase != .starting || (!isProbed && summary.probeCouldPass != nil) { break }
            events += 1
            precondition(events < 100_000_000, "the process makes no progress at \(now)")
        }
        finish()
        return .init(summary: summary, requests: requests, timeline: timeline, process: process)
    }

    private mutating func begin() {
        if isRecording { timeline.entries.reserveCapacity(64 + 4 * plan.requests.count) }
        requests.reserveCapacity(plan.requests.count)
        answersDue.reserveCapacity(plan.requests.count)
        arrivalDue = plan.requests.first ?? .never
        stopDue = plan.stopAt ?? .never
        probeDue = isProbed ? probe.nextWakeUp ?? .never : .never
        millicores = plan.cpu.startupMillicores
        record(.instanceStarted(millicores: millicores))
        observeProcess()
        beginStage()
    }

    private mutating func finish() {
        if let since = gapSince {
            summary.truthGap += now - since
            summary.truthGapIsOpen = true
        }
        settleWork()
        summary.backgroundCPU = .nanoseconds(workUsed / 1000)
        summary.attempts = probe.attempts
        summary.ended = now
        for index in firstOpen..<requests.count where requests[index].ended == nil {
            requests[index].fate = .unanswered
        }
        for arrival in plan.requests.dropFirst(requests.count) {
            requests.append(SimulatedRequest(arrived: arrival))
        }
    }

    private func earliest() -> Duration {
        var next = min(stageDue, boostDue, probeDue)
        if attemptDue < next { next = attemptDue }
        if arrivalDue < next { next = arrivalDue }
        if answerDue < next { next = answerDue }
        if timeoutDue < next { next = timeoutDue }
        if exitNoticeDue < next { next = exitNoticeDue }
        if exitDue < next { next = exitDue }
        if killDue < next { next = killDue }
        if stopDue < next { next = stopDue }
        return next
    }

    /// Takes the first event that is due now, in the order that the simulation documents.
    private mutating func step() {
        if stageDue <= now {
            stageReached()
        } else if boostDue <= now {
            boostDue = .never
            record(.boostEnded)
            allocateCPU()
        } else if answerDue <= now {
            answerReached()
        } else if arrivalDue <= now {
            arrivalReached()
        } else if attemptDue <= now {
            attemptDue = .never
            advanceProbe(.attemptEnded(attemptResult))
        } else if exitNoticeDue <= now {
            exitNoticeDue = .never
            advanceProbe(.processExited)
        } else if probeDue <= now {
            advanceProbe(.timeReached)
        } else if timeoutDue <= now {
            timeoutReached()
        } else if stopDue <= now {
            stopReached()
        } else if exitDue <= now {
            end(pendingExit)
        } else if killDue <= now {
            record(.signal(9))
            end(.signal(9))
        }
    }

    /// Appends to the timeline where it is kept.
    @inline(__always)
    mutating func record(_ event: TimelineEvent) {
        guard isRecording else { return }
        timeline.entries.append(Timeline.Entry(moment: now, event: event))
    }
}
