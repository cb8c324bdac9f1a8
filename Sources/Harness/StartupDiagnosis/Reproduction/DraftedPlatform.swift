/// The platform of a drafted scenario: its profile, CPU and probes.
struct DraftedPlatform {
    /// The startup probe.
    let probe: DraftedProbe
    /// The lines under `platform`.
    let lines: [String]
    /// What the platform says when it ends the instance; `nil` where it says nothing that a draft can expect.
    let reason: String?
    /// Whether the service has to answer health checks of gRPC.
    let needsHealthChecks: Bool
    /// What the input does not state, and what stands for it.
    let remarks: [String]

    /// Drafts the platform of a start.
    init(_ start: RecordedStart) {
        let probe = DraftedProbe.startup(of: start)
        self.probe = probe
        var liveness: DraftedProbe?
        if case .liveness(let recorded)? = start.later {
            let seconds = start.endedAt.flatMap { ended in start.decidedAt.map { ended - $0 } }
            liveness = .liveness(recorded, after: seconds)
        }
        needsHealthChecks = probe.needsHealthChecks || liveness?.needsHealthChecks == true
        switch start.platform {
        case .cloudRun:
            // A load behind an open port stands still where there is no CPU between requests.
            let isAlwaysOn = start.later != nil
            lines =
                ["cpu: {limit: 1, billing: \(isAlwaysOn ? "instance" : "request")}", "probe: \(probe.text)"]
                + (liveness.map { ["liveness: \($0.text)"] } ?? [])
            remarks =
                [
                    isAlwaysOn
                        ? "the CPU limit and the billing (CPU that is always there stands, so that it gets to its end)"
                        : "the CPU limit and the billing (the defaults stand)"
                ] + probe.remarks + (liveness?.remarks ?? [])
        case .kubernetes:
            let decidesBy = max(probe.decidesBy, (liveness?.decidesBy ?? 0) + probe.decidesBy)
            let watch = min(86_400, max(600, 2 * decidesBy + 60))
            lines =
                ["profile: kubernetes", "probe: \(probe.text)"] + (liveness.map { ["liveness: \($0.text)"] } ?? [])
                + ["watch: \(watch)s"]
            remarks =
                ["the CPU limit (one vCPU stands)", "how long each life of the container took"] + probe.remarks
                + (liveness?.remarks ?? [])
        }
        reason = Self.reason(start)
    }

    private static func reason(_ start: RecordedStart) -> String? {
        switch (start.platform, start.outcome, start.later) {
        case (.cloudRun, .exited(let end), _), (.cloudRun, .ready, .exited(let end)?):
            switch end {
            case .code(let code): "Container called exit(\(code))"
            case .signal(let number): "Container terminated on signal \(number)"
            }
        case (.cloudRun, .ready, .liveness?): "The instance has been shut down"
        case (.kubernetes, .killed, _): "failed startup probe"
        case (.kubernetes, .ready, .liveness?): "failed liveness probe"
        case (.cloudRun, .killed, _), (.cloudRun, .ready, nil), (.kubernetes, .exited, _),
            (.kubernetes, .ready, .exited?), (.kubernetes, .ready, nil):
            nil
        }
    }
}
