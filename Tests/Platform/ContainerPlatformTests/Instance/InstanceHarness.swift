@testable import ContainerPlatform

/// An instance and its last actions, told what happens in seconds.
struct InstanceHarness: ~Copyable {
    var instance: Instance
    private(set) var actions: [Instance.Action] = []

    /// Starts an instance under an HTTP probe every 10 s, three times, unless told otherwise.
    init(
        _ probe: ProbeConfiguration = Given.http(period: 10, threshold: 3),
        cpu: CPUAllocation = Given.plainCPU,
        delays: PlatformDelays = PlatformDelays(),
        _ change: (inout PlatformProfile) -> Void = { _ in }
    ) {
        var profile = Given.exact
        change(&profile)
        instance = Instance(probe: probe, cpu: cpu, profile: profile, delays: delays)
        after(.started, at: 0)
    }

    /// An instance whose probe succeeded at 0 s.
    static func serving(
        cpu: CPUAllocation = Given.plainCPU,
        _ change: (inout PlatformProfile) -> Void = { _ in }
    ) -> InstanceHarness {
        var harness = InstanceHarness(cpu: cpu, change)
        harness.after(.timeReached, at: 0)
        harness.after(.attemptEnded(.status(200)), at: 0)
        harness.allocate(at: 0)
        return harness
    }

    /// Hands events over one after another and returns the actions that follow.
    @discardableResult
    mutating func after(_ events: Instance.Event..., at seconds: Double) -> [Instance.Action] {
        actions = []
        for event in events { instance.handle(event, at: .seconds(seconds), &actions) }
        return actions
    }

    /// Takes everything that is due by a moment, at that moment.
    @discardableResult
    mutating func reach(_ seconds: Double) -> [Instance.Action] {
        actions = []
        while instance.nextWakeUp <= .seconds(seconds) {
            instance.handle(.timeReached, at: .seconds(seconds), &actions)
        }
        return actions
    }

    /// Lets the instance give and take CPU.
    @discardableResult
    mutating func allocate(at seconds: Double) -> [Instance.Action] {
        actions = []
        instance.allocateCPU(at: .seconds(seconds), &actions)
        return actions
    }

    /// The outcomes of the requests.
    var outcomes: [RequestOutcome] { instance.requests.map(\.outcome) }

    /// The timeline's lines without the columns' spaces.
    var lines: [String] {
        instance.timeline.lines.map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
    }
}

extension Instance.Event {
    /// An arrival that is noticed as soon as it is planned.
    static func arrival(_ index: Int, _ seconds: Double) -> Instance.Event {
        .requestArrived(index, planned: .seconds(seconds))
    }
}

extension RequestOutcome {
    static let full = RequestOutcome.served(RequestState("full", quality: .full))
    static let notStarted = RequestOutcome.refusedByPlatform(status: 500, text: PlatformLog.couldNotStart)
    static let notReady = RequestOutcome.refusedByPlatform(status: 503, text: PlatformLog.readinessCheckFailed)
    static let timedOut = RequestOutcome.refusedByPlatform(status: 504, text: PlatformLog.requestTimedOut)
    static let noConnection = RequestOutcome.refusedByPlatform(status: 503, text: PlatformLog.connectionError)
    static let cut = RequestOutcome.cut(status: 503, text: PlatformLog.connectionError)
}
