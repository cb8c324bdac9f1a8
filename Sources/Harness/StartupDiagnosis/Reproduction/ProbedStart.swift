/// What a log of Cloud Run shows of a start that a startup probe decided.
package struct ProbedStart: Hashable, Sendable {
    /// The probe's kind as the platform writes it: `TCP`, `HTTP` or `GRPC`.
    package let handler: String
    /// The path of an HTTP probe.
    package let path: String?
    /// The port that it asks, `nil` where the line does not say.
    package let port: Int?
    /// Whether the probe passed; else it failed, or the process ended before it could pass.
    package let hasPassed: Bool
    /// Seconds from the start of the instance to the decision; `nil` where no line says when it was started.
    package let decidedAt: Double?
    /// Whether stages ended after the port was open, so that they were loaded behind it.
    package let loadsBehindItsPort: Bool

    /// Looks at a start; `nil` where no startup probe of Cloud Run decided it.
    package init?(_ start: RecordedStart) {
        guard start.platform == .cloudRun, let probe = start.probe else { return nil }
        handler = probe.handler
        path = probe.path
        port = probe.port
        hasPassed = start.outcome == .ready
        decidedAt = start.decidedAt
        loadsBehindItsPort = start.loadsBehindItsPort
    }
}
