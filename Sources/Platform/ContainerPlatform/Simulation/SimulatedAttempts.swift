/// The attempts of an instance's probes on a simulated process.
struct SimulatedAttempts: Sendable {
    /// The attempts of the startup probe.
    var startup: SimulatedAttempt
    /// The attempts of the other probes.
    private(set) var others: [(kind: ProbeKind, attempt: SimulatedAttempt)] = []
    /// The probes that all have to pass for the instance to get traffic.
    private let gates: ProbeKinds

    /// Creates the attempts of a plan's probes, of which none is under way.
    @inline(__always)
    init(_ plan: InstancePlan) {
        startup = SimulatedAttempt(plan.probe, profile: plan.profile)
        gates = plan.gates
        if plan.hasLaterProbes { others = Self.others(plan) }
    }

    private static func others(_ plan: InstancePlan) -> [(kind: ProbeKind, attempt: SimulatedAttempt)] {
        [(ProbeKind.liveness, plan.liveness), (.readiness, plan.readiness)]
            .compactMap { kind, probe in
                probe.map { (kind, SimulatedAttempt($0, profile: plan.profile)) }
            }
    }

    /// When an attempt goes on first; never where none does by itself.
    @inline(__always)
    var due: Duration {
        others.isEmpty ? startup.due : dueOfAll
    }

    private var dueOfAll: Duration { others.reduce(startup.due) { min($0, $1.attempt.due) } }

    /// Begins an attempt on a process that listens on a port, or on none.
    ///
    /// - Returns: What it came to where that shows at once.
    @inline(__always)
    mutating func begin(_ kind: ProbeKind, listeningPort: Int?, at moment: Duration) -> ProbeSighting? {
        guard kind != .startup else { return startup.begin(listeningPort: listeningPort, at: moment) }
        guard let index = others.firstIndex(where: { $0.kind == kind }) else { return nil }
        return others[index].attempt.begin(listeningPort: listeningPort, at: moment)
    }

    /// Lets an attempt see what the process has become.
    @inline(__always)
    mutating func reconsider(_ kind: ProbeKind, _ process: some SimulatedProcess, at moment: Duration) {
        guard kind != .startup else { return startup.reconsider(process, at: moment) }
        guard let index = others.firstIndex(where: { $0.kind == kind }) else { return }
        others[index].attempt.reconsider(process, at: moment)
    }

    /// Drops attempts under way.
    mutating func end(_ kinds: ProbeKinds) {
        if kinds.contains(ProbeKinds(.startup)) { startup.end() }
        for index in others.indices where kinds.contains(ProbeKinds(others[index].kind)) { others[index].attempt.end() }
    }

    /// Takes the moment at which an attempt goes on.
    ///
    /// - Returns: Whose it was and what it came to, where it is over.
    mutating func reached(
        _ process: some SimulatedProcess,
        at moment: Duration
    ) -> (kind: ProbeKind, saw: ProbeSighting)? {
        if startup.due <= moment { return startup.reached(process, at: moment).map { (.startup, $0) } }
        guard let index = others.firstIndex(where: { $0.attempt.due <= moment }) else { return nil }
        return others[index].attempt.reached(process, at: moment).map { (others[index].kind, $0) }
    }

    /// Whether attempts of all probes that decide about traffic would succeed now.
    @inline(__always)
    func wouldPass(_ process: some SimulatedProcess) -> Bool {
        if gates.contains(ProbeKinds(.startup)), !startup.wouldPass(process) { return false }
        for other in others where gates.contains(ProbeKinds(other.kind)) && !other.attempt.wouldPass(process) {
            return false
        }
        return true
    }
}
