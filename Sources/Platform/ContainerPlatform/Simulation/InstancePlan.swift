/// The circumstances of one instance: the probe, the CPU, the platform, and what happens when.
package struct InstancePlan: Hashable, Sendable {
    /// The startup probe; not asked without ``hasStartupProbe``.
    package var probe: ProbeConfiguration
    /// Whether there is a startup probe; Cloud Run adds one where none is configured, the kubelet does not.
    package var hasStartupProbe = true
    /// The liveness probe.
    @LaterProbe package var liveness: ProbeConfiguration?
    /// The readiness probe.
    @LaterProbe package var readiness: ProbeConfiguration?
    /// The CPU.
    package var cpu: CPUAllocation
    /// The platform.
    package var profile: PlatformProfile
    /// The moments since instance start at which requests arrive, never descending; a request's index is its place.
    package var requests: [Duration]
    /// The moment at which the owner's configuration no longer wants the instance, where it comes to that.
    ///
    /// The platform then logs `Shutting down user disabled instance` and sends SIGTERM, and SIGKILL after the grace.
    /// No official definition of that line was found; sightings agree on superseded revisions, scaling to zero and
    /// stops, and it is not what a failed startup probe prints.
    package var stopAt: Duration?
    /// The moment at which the simulation ends though more could happen, absent to run until nothing can; a container
    /// that its platform restarts is watched for ``longestWatch`` then.
    package var horizon: Duration?

    /// How long a container is watched that may be restarted for ever.
    package static let longestWatch = Duration.seconds(3600)

    /// All probes; absent where the startup probe of Cloud Run is the only one.
    package var probes: ContainerProbes? {
        guard hasLaterProbes || profile.kubelet != nil else { return nil }
        return ContainerProbes(startup: hasStartupProbe ? probe : nil, liveness: liveness, readiness: readiness)
    }

    /// Whether there are probes that go on after the start.
    var hasLaterProbes: Bool { _liveness.isPresent || _readiness.isPresent }

    /// The probes that all have to pass for the instance to get traffic.
    var gates: ProbeKinds {
        var gates = hasStartupProbe ? ProbeKinds(.startup) : []
        if _readiness.isPresent, !profile.isReadyOnceStarted { gates.formUnion(ProbeKinds(.readiness)) }
        return gates
    }

    /// Creates a plan of an instance with a startup probe alone.
    ///
    /// - Precondition: The requests are in the order of their moments, and none is before the start.
    package init(
        probe: ProbeConfiguration = .cloudRunDefault,
        cpu: CPUAllocation = CPUAllocation(),
        profile: PlatformProfile = .cloudRun,
        requests: [Duration] = [],
        stopAt: Duration? = nil,
        horizon: Duration? = nil
    ) {
        var earlier = Duration.zero
        for moment in requests {
            precondition(moment >= earlier, "a request at \(moment) comes after one at \(earlier)")
            earlier = moment
        }
        self.probe = probe
        self.cpu = cpu
        self.profile = profile
        self.requests = requests
        self.stopAt = stopAt
        self.horizon = horizon
    }
}
