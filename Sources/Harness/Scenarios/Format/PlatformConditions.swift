package import ContainerPlatform

/// What the container platform gives the instance and asks of it.
package struct PlatformConditions: Hashable, Sendable {
    /// The platform's own limits and delays, with the scenario's request timeout.
    package let profile: PlatformProfile
    /// The CPU the instance gets, and when.
    package let cpu: CPUAllocation
    /// The startup probe as written, which the platform may refuse.
    ///
    /// It means nothing without ``hasStartupProbe``.
    package let probe: Located<ProbeConfiguration>
    /// Whether there is a startup probe; only Cloud Run adds one by itself.
    package let hasStartupProbe: Bool
    /// The liveness probe as written.
    package let liveness: Located<ProbeConfiguration>?
    /// The readiness probe as written, or as the platform adds it.
    package let readiness: Located<ProbeConfiguration>?
    /// The longest that a container is watched which its platform restarts; `nil` where none is restarted.
    package let watch: Duration?

    /// Creates conditions.
    package init(
        profile: PlatformProfile = .cloudRun,
        cpu: CPUAllocation = CPUAllocation(),
        probe: Located<ProbeConfiguration>,
        hasStartupProbe: Bool = true,
        liveness: Located<ProbeConfiguration>? = nil,
        readiness: Located<ProbeConfiguration>? = nil,
        watch: Duration? = nil
    ) {
        self.profile = profile
        self.cpu = cpu
        self.probe = probe
        self.hasStartupProbe = hasStartupProbe
        self.liveness = liveness
        self.readiness = readiness
        self.watch = watch
    }

    /// All probes.
    package var probes: ContainerProbes {
        ContainerProbes(
            startup: hasStartupProbe ? probe.value : nil,
            liveness: liveness?.value,
            readiness: readiness?.value
        )
    }

    /// How long a request may take, the start of the instance included; exceeded it is answered 504.
    package var requestTimeout: Duration { profile.requestTimeout }

    /// What is wrong with the probe, errors first; with an error among them the start is refused.
    package var probeViolations: [ProbeViolation] {
        let context = ProbeContext(containerPort: profile.containerPort, limits: profile.limits, cpu: cpu)
        guard profile.kubelet != nil else { return probe.value.violations(in: context) }
        let found = ProbeKind.allCases.flatMap { kind in
            probes[kind]?.kubernetesViolations(as: kind, in: context) ?? []
        }
        return found.filter { $0.severity == .error } + found.filter { $0.severity == .warning }
    }

    /// Whether the platform refuses the configuration, so that no instance is started.
    package var isRefused: Bool {
        probeViolations.contains { $0.severity == .error }
    }
}
