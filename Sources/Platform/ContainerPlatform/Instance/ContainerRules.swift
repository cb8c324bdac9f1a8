/// What an instance goes by beyond its startup probe, taken from its platform and probes once.
///
/// Plain numbers alone, for an instance is made a million times a second.
struct ContainerRules: Sendable {
    /// Whether a kubelet restarts containers.
    let hasKubelet: Bool
    /// Whether a started container gets traffic before its readiness probe has said anything.
    let isReadyOnceStarted: Bool
    /// Whether a failed liveness probe ends the process by SIGKILL at once.
    let livenessKillsAtOnce: Bool
    /// What becomes of a request that comes before the instance has got traffic.
    let whileStarting: UnreadyTraffic
    /// What becomes of a request that comes while a started instance is not ready.
    let whileUnready: UnreadyTraffic
    /// The time from SIGTERM to SIGKILL at the end of the instance.
    let grace: Duration
    /// The same after a failed startup probe, and after a failed liveness probe.
    private let startupGrace: Duration
    private let livenessGrace: Duration
    /// The time from the progress deadline to the moment at which the instance is taken away.
    let scaleDownWait: Duration

    /// Takes the rules of a platform.
    ///
    /// - Parameters:
    ///   - profile: The platform.
    ///   - probes: The probes, which may state graces of their own; absent where there is the startup probe alone.
    @inline(__always)
    init(_ profile: PlatformProfile, _ probes: ContainerProbes?) {
        hasKubelet = profile.kubelet != nil
        isReadyOnceStarted = profile.isReadyOnceStarted
        livenessKillsAtOnce = profile.livenessKillsAtOnce
        whileStarting = profile.whileStarting
        whileUnready = profile.whileUnready
        grace = profile.terminationGrace
        scaleDownWait = profile.scaleDownWait
        guard let kubelet = profile.kubelet else {
            (startupGrace, livenessGrace) = (grace, grace)
            return
        }
        startupGrace = kubelet.grace(after: probes?.startup, pod: grace)
        livenessGrace = kubelet.grace(after: probes?.liveness, pod: grace)
    }

    /// The time from SIGTERM to SIGKILL after a probe has failed.
    func grace(after probe: ProbeKind) -> Duration { probe == .liveness ? livenessGrace : startupGrace }
}
