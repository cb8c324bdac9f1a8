package import ContainerPlatform
package import Domain

/// What was seen of the start of an instance.
package struct StartupObservation: Sendable {
    /// What is wrong with the probe: errors for which the platform refused the deployment, or mere warnings.
    package let violations: [ProbeViolation]
    /// The figures of the start; `nil` where the platform refused the deployment and nothing was started.
    package let summary: StartupSummary?
    /// How much slower the load could have been; `nil` where that cannot be computed.
    package let killMargin: KillMargin?
    /// Everything that happened to the instance, in order.
    package let timeline: Timeline
    /// What the service said of itself at the end; `nil` where it never did.
    package let finalHealth: HealthStatus?

    /// Creates what was seen of a start.
    package init(
        violations: [ProbeViolation],
        summary: StartupSummary?,
        killMargin: KillMargin?,
        timeline: Timeline,
        finalHealth: HealthStatus?
    ) {
        self.violations = violations
        self.summary = summary
        self.killMargin = killMargin
        self.timeline = timeline
        self.finalHealth = finalHealth
    }

    /// Whether the platform refused the deployment because of the probe.
    package var isRefused: Bool { summary == nil }

    /// What the service said of itself where its initialisation failed, such as `init_error: …`.
    package var initialisationError: String? {
        guard let finalHealth, finalHealth.hasFailed else { return nil }
        return finalHealth.text
    }
}
