import Domain

/// The workers of a container's probes; none where the startup probe of Cloud Run is all that asks.
struct ContainerWorkers: Sendable {
    private var workers: [ProbeWorker] = []
    /// Whether a worker decides about the start.
    let hasStartup: Bool
    /// Whether a worker decides about traffic.
    let hasReadiness: Bool

    /// No workers.
    static let empty = ContainerWorkers()

    private init() {
        hasStartup = false
        hasReadiness = false
    }

    /// Creates the workers of an instance that has no container yet.
    ///
    /// - Parameters:
    ///   - probes: The instance's probes.
    ///   - profile: The platform; the startup probe has a worker where there is a kubelet.
    ///   - seed: The seed of the jitter that a young kubelet adds.
    init(_ probes: ContainerProbes, profile: PlatformProfile, seed: UInt64) {
        hasStartup = profile.kubelet != nil && probes.startup != nil
        hasReadiness = probes.readiness != nil
        guard hasStartup || hasReadiness || probes.liveness != nil else { return }
        var generator = SplitMix64(seed: seed)
        for kind in ProbeKind.allCases {
            guard let probe = probes[kind], kind != .startup || hasStartup else { continue }
            var tick = Duration.zero
            if let kubelet = profile.kubelet {
                let isYoung = kubelet.uptime < probe.period
                let jitter = isYoung ? generator.next(in: .zero...(probe.period - .nanoseconds(1))) : .zero
                tick = jitter - kubelet.containerCreation
            }
            let initial: ProbeWorker.Finding =
                switch kind {
                case .startup: .unknown
                case .liveness: .success
                case .readiness: profile.isReadyOnceStarted ? .success : .failure
                }
            workers.append(
                ProbeWorker(
                    kind,
                    probe,
                    firstTick: tick,
                    initial: initial,
                    restartsTicks: kind == .readiness || profile.kubelet == nil
                )
            )
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { workers.isEmpty }

    /// The probes that have a worker.
    var kinds: [ProbeKind] { workers.map(\.kind) }

    /// The moment at which something is due first; never where nothing is.
    var nextWakeUp: Duration {
        var first = Duration.never
        for worker in workers where worker.nextWakeUp < first { first = worker.nextWakeUp }
        return first
    }

    /// Whether nothing changes any more where every attempt sees what the last one saw.
    var areSettled: Bool { workers.allSatisfy(\.isSettled) }

    /// The attempts of the startup probe on this container.
    var startupAttempts: Int { workers.first { $0.kind == .startup }?.attempts ?? 0 }

    /// Whether an attempt of a probe is under way.
    func isAttempting(_ kind: ProbeKind) -> Bool { workers.contains { $0.kind == kind && $0.isAttempting } }

    /// There is a new container.
    mutating func containerStarted(at moment: Duration) {
        for index in workers.indices { workers[index].containerStarted(at: moment) }
    }

    /// The container counts as started.
    mutating func containerIsStarted(at moment: Duration) {
        for index in workers.indices { workers[index].containerIsStarted(at: moment) }
    }

    /// The container has ended, or is not wanted any more: attempts under way are dropped.
    mutating func containerEnded(_ actions: inout some InstanceActions) {
        for index in workers.indices where workers[index].containerEnded() {
            actions.take(.abandonAttempt(of: workers[index].kind))
        }
    }

    /// Takes what is due first.
    ///
    /// - Returns: The probe, and what follows; absent where nothing is due.
    mutating func reached(_ moment: Duration) -> (kind: ProbeKind, step: ProbeWorker.Step)? {
        guard !workers.isEmpty,
            let index = workers.indices.min(by: { workers[$0].nextWakeUp < workers[$1].nextWakeUp }),
            workers[index].nextWakeUp <= moment
        else { return nil }
        return (workers[index].kind, workers[index].timeReached(at: moment))
    }

    /// Takes the end of an attempt.
    mutating func attemptEnded(_ saw: ProbeSighting, of kind: ProbeKind, at moment: Duration) -> ProbeWorker.Step {
        guard let index = workers.firstIndex(where: { $0.kind == kind }) else { return .nothing }
        return workers[index].attemptEnded(saw, at: moment)
    }
}
