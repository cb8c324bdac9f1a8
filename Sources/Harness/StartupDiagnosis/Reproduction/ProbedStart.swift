/// What logs, events and statuses show of a start that a probe decided.
package struct ProbedStart: Hashable, Sendable {
    /// The platform.
    package let platform: RecordedStart.Platform
    /// Whether it is known what the probe asks; the next four say nothing where it is not.
    package let isProbeKnown: Bool
    /// The probe's kind as Cloud Run writes it: `TCP`, `HTTP` or `GRPC`.
    package let handler: String
    /// The path of an HTTP probe.
    package let path: String?
    /// The service that a gRPC probe asks about, empty for the server as a whole; `nil` where nothing says it.
    package let service: String?
    /// The port that it asks, `nil` where nothing says it.
    package let port: Int?
    /// Whether the probe passed; else it failed, or the process ended before it could pass.
    package let hasPassed: Bool
    /// Seconds from the start of the instance, or of the container, to the decision; `nil` where nothing says when both were.
    package let decidedAt: Double?
    /// Whether stages ended after the port was open, so that they were loaded behind it.
    package let loadsBehindItsPort: Bool

    /// Looks at a start; `nil` where no probe decided it.
    ///
    /// A container of Kubernetes without a startup probe is ready when its readiness probe has passed.
    package init?(_ start: RecordedStart) {
        guard let probe = start.probe ?? start.readinessProbe else { return nil }
        platform = start.platform
        decidedAt = platform == .cloudRun ? start.decidedAt : start.readyAfter
        isProbeKnown = probe != .unknown
        handler = probe.handler
        path = probe.path
        service = probe.service
        port = probe.port
        hasPassed = start.outcome == .ready
        loadsBehindItsPort = start.loadsBehindItsPort
    }
}
