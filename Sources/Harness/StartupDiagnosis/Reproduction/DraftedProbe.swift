/// A probe of a drafted scenario: what the input states, and numbers with which it decides at the same moment.
struct DraftedProbe {
    /// The value of `platform.probe` or `platform.liveness`.
    let text: String
    /// The period in seconds.
    let period: Int
    /// By when it has decided, in seconds from the start of the container.
    let decidesBy: Int
    /// What the input does not state, and what stands for it.
    let remarks: [String]

    private init(_ text: String, period: Int, decidesBy: Int, remarks: [String] = []) {
        self.text = text
        self.period = period
        self.decidesBy = decidesBy
        self.remarks = remarks
    }

    /// Drafts the startup probe of a start.
    static func startup(of start: RecordedStart) -> DraftedProbe {
        switch start.platform {
        case .cloudRun: cloudRun(start)
        case .kubernetes: kubernetes(start)
        }
    }

    /// Drafts a liveness probe that fails: it asks what the service does not have.
    ///
    /// - Parameters:
    ///   - probe: What the input shows of it.
    ///   - seconds: How long after the start was decided it failed for the last time; `nil` where that is not known.
    /// - Returns: The probe.
    static func liveness(_ probe: RecordedProbe, after seconds: Double?) -> DraftedProbe {
        let numbers = probe.specification
        let threshold = max(1, numbers?.threshold ?? probe.attempts ?? 3)
        let period = numbers?.period ?? seconds.map { max(1, min(240, Int($0) / threshold)) } ?? 10
        let known = ["/health", "/recommend"]
        let path = probe.path.flatMap { known.contains($0) ? nil : $0 } ?? "/no-such-path"
        return DraftedProbe(
            "{type: http, path: \(ScenarioDraft.quoted(path)), timeout: 1s, period: \(period)s, "
                + "failure_threshold: \(threshold)}",
            period: period,
            decidesBy: (numbers?.delay ?? 0) + period * (threshold + 1),
            remarks: ["why the liveness probe failed: here it asks a path that the service does not have"]
        )
    }

    private static func cloudRun(_ start: RecordedStart) -> DraftedProbe {
        guard let probe = start.probe else {
            return DraftedProbe(
                "default",
                period: 240,
                decidesBy: 240,
                remarks: ["the startup probe (the default stands)"]
            )
        }
        let isElsewhere = start.isKilledListening
        guard !probe.isDefault || isElsewhere else { return DraftedProbe("default", period: 240, decidesBy: 240) }
        // The simulated service listens on 8080: a probe that missed its port asks another one.
        let port = isElsewhere ? ", port: \(probe.port == 8080 ? 8081 : probe.port ?? 8081)" : ""
        if probe.isDefault {
            return DraftedProbe(
                "{type: tcp\(port), timeout: 240s, period: 240s, failure_threshold: 1}",
                period: 240,
                decidesBy: 240,
                remarks: ["a probe that misses the service as this one did: it asks another port here"]
            )
        }
        let attempts = max(1, probe.attempts ?? 1)
        let isHTTP = probe.handler == "HTTP"
        let numbers = numbers(start, attempts, isHTTP: isHTTP)
        var remarks = ["the probe's delay, period and timeout (these numbers decide at the moment that the log shows)"]
        var path = probe.path
        if start.outcome == .ready, isHTTP, path != "/health" {
            // The service answers nothing else.
            path = "/health"
            remarks.append("what the service answers on \(probe.path ?? "/"): the probe asks /health here")
        }
        if probe.handler == "GRPC" { remarks.append("a service that answers gRPC: the probe asks by TCP here") }
        let type = isHTTP ? "http" + (path.map { ", path: \(ScenarioDraft.quoted($0))" } ?? "") : "tcp"
        return DraftedProbe(
            "{type: \(type)\(port), initial_delay: \(numbers.delay)s, timeout: 1s, period: \(numbers.period)s, "
                + "failure_threshold: \(start.outcome == .killed ? attempts : attempts + 2)}",
            period: numbers.period,
            decidesBy: numbers.delay + numbers.period * (attempts + 2),
            remarks: remarks
        )
    }

    private static func kubernetes(_ start: RecordedStart) -> DraftedProbe {
        guard let probe = start.probe else { return DraftedProbe("none", period: 10, decidesBy: 0) }
        let numbers =
            probe.specification
            ?? RecordedProbe.Specification(
                delay: 0,
                timeout: 1,
                period: 10,
                threshold: start.outcome == .killed ? 3 : 30
            )
        var remarks =
            probe.specification == nil
            ? ["the startup probe's numbers (the defaults of Kubernetes stand, with patience where it killed nobody)"]
            : []
        if start.outcome == .killed { remarks.append("what the probe saw: here nothing listens while it asks") }
        return DraftedProbe(
            "{type: \(probe.handler == "HTTP" ? "http, path: /health" : "tcp"), initial_delay: \(numbers.delay)s, "
                + "timeout: \(numbers.timeout)s, period: \(numbers.period)s, failure_threshold: \(numbers.threshold)}",
            period: numbers.period,
            decidesBy: numbers.delay + numbers.period * (numbers.threshold + 1),
            remarks: remarks
        )
    }

    /// Whole seconds of delay and period with which the last attempt falls on the moment of the decision.
    private static func numbers(_ start: RecordedStart, _ attempts: Int, isHTTP: Bool) -> (delay: Int, period: Int) {
        guard let decided = start.decidedAt else { return (0, 10) }
        // A TCP attempt that fails lasts as long as its timeout.
        let last = max(0, decided - (isHTTP || start.outcome == .ready ? 0 : 1))
        guard attempts > 1 else { return (min(240, Int(last.rounded())), 10) }
        let period = max(1, min(240, Int(last) / (attempts - 1)))
        return (max(0, min(240, Int((last - Double(period * (attempts - 1))).rounded()))), period)
    }
}
