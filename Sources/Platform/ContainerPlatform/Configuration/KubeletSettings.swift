/// What the kubelet does on its own account, on platforms that have one.
package struct KubeletSettings: Hashable, Sendable, Codable {
    /// The time from the creation of the probes' workers, when the pod is added, to the start of its first container.
    ///
    /// Attempts begin at whole periods after that creation, not after the start of the container.
    package var containerCreation: Duration
    /// How long the kubelet has been up when the pod is added; a probe of a longer period then begins at random.
    package var uptime: Duration
    /// The delay before a second restart.
    package var firstBackOff: Duration
    /// The longest delay before a restart.
    package var longestBackOff: Duration
    /// The shortest time from SIGTERM to SIGKILL, whatever is configured.
    package var shortestGrace: Duration

    /// Creates settings; the defaults are those of Kubernetes, on a node that has been up for long.
    package init(
        containerCreation: Duration = .zero,
        uptime: Duration = .seconds(86_400),
        firstBackOff: Duration = .seconds(10),
        longestBackOff: Duration = .seconds(300),
        shortestGrace: Duration = .seconds(2)
    ) {
        self.containerCreation = containerCreation
        self.uptime = uptime
        self.firstBackOff = firstBackOff
        self.longestBackOff = longestBackOff
        self.shortestGrace = shortestGrace
    }

    /// The time from SIGTERM to SIGKILL where a probe has failed.
    ///
    /// - Parameters:
    ///   - probe: The probe that failed, which may state a grace of its own.
    ///   - pod: The grace of the pod.
    /// - Returns: The grace, never below the shortest.
    func grace(after probe: ProbeConfiguration?, pod: Duration) -> Duration {
        max(probe?.terminationGrace ?? pod, shortestGrace)
    }
}
