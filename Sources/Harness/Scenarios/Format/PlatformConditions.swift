package import ContainerPlatform

/// What the container platform gives the instance and asks of it.
package struct PlatformConditions: Hashable, Sendable {
    /// The platform's own limits and delays, with the scenario's request timeout.
    package let profile: PlatformProfile
    /// The CPU the instance gets, and when.
    package let cpu: CPUAllocation
    /// The startup probe as written; it may be one that the platform refuses.
    package let probe: Located<ProbeConfiguration>

    /// Creates conditions.
    package init(
        profile: PlatformProfile = .cloudRun,
        cpu: CPUAllocation = CPUAllocation(),
        probe: Located<ProbeConfiguration>
    ) {
        self.profile = profile
        self.cpu = cpu
        self.probe = probe
    }

    /// How long a request may take, the start of the instance included; exceeded it is answered 504.
    package var requestTimeout: Duration { profile.requestTimeout }

    /// What is wrong with the probe, errors first; with an error among them the start is refused.
    package var probeViolations: [ProbeViolation] {
        probe.value.violations(in: ProbeContext(containerPort: profile.containerPort, cpu: cpu))
    }

    /// Whether the platform refuses the configuration, so that no instance is started.
    package var isRefused: Bool {
        probeViolations.contains { $0.severity == .error }
    }
}
