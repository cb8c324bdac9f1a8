/// What is known about a service beside its probe; the more is known, the more rules can be judged.
package struct ProbeContext: Hashable, Sendable {
    /// The port that the container exposes.
    package var containerPort: Int
    /// Whether the service has a GPU, which raises the limits.
    package var hasGPU: Bool
    /// Which of Cloud Run's limits hold.
    package var limits: ProbeLimits
    /// The CPU of the service.
    package var cpu: CPUAllocation?
    /// The time from instance start until the server listens.
    package var timeToListen: Duration?
    /// The time from instance start until the probe's question is answered with success.
    package var timeToReady: Duration?
    /// The time from instance start until everything is loaded.
    package var timeToFull: Duration?

    /// Creates a context.
    package init(
        containerPort: Int = 8080,
        hasGPU: Bool = false,
        limits: ProbeLimits = .disputed,
        cpu: CPUAllocation? = nil,
        timeToListen: Duration? = nil,
        timeToReady: Duration? = nil,
        timeToFull: Duration? = nil
    ) {
        self.containerPort = containerPort
        self.hasGPU = hasGPU
        self.limits = limits
        self.cpu = cpu
        self.timeToListen = timeToListen
        self.timeToReady = timeToReady
        self.timeToFull = timeToFull
    }
}
