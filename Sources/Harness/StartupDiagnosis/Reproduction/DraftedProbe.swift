/// A probe of a drafted scenario: what the input states, and numbers with which it decides at the same moment.
struct DraftedProbe {
    /// The value of `platform.probe` or `platform.liveness`.
    let text: String
    /// The period in seconds.
    let period: Int
    /// By when it has decided, in seconds from the start of the container.
    let decidesBy: Int
    /// Whether the service has to answer health checks of gRPC for it.
    let needsHealthChecks: Bool
    /// What the input does not state, and what stands for it.
    let remarks: [String]

    private init(
        _ text: String,
        period: Int,
        decidesBy: Int,
        needsHealthChecks: Bool = false,
        remarks: [String] = []
    ) {
        self.needsHealthChecks = needsHealthChecks
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
        let question = probe.isGRPC ? "grpc, service: no-such-service" : "http, path: \(ScenarioDraft.quoted(path))"
        let missing =
            probe.isGRPC ? "about a service that the server does not know" : "a path that the service does not have"
        return DraftedProbe(
            "{type: \(question), timeout: 1s, period: \(period)s, failure_threshold: \(threshold)}",
            period: period,
            decidesBy: (numbers?.delay ?? 0) + period * (threshold + 1),
            needsHealthChecks: probe.isGRPC,
            remarks: ["why the liveness probe failed: here it asks \(missing)"]
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
        let port = isElsewhere && !probe.isGRPC ? ", port: \(probe.port == 8080 ? 8081 : probe.port ?? 8081)" : ""
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
        let numbers = numbers(start, probe)
        var remarks = ["the probe's delay, period and timeout (these numbers decide at the moment that the log shows)"]
        var path = probe.path
        if start.outcome == .ready, isHTTP, path != "/health" {
            // The service answers nothing else.
            path = "/health"
            remarks.append("what the service answers on \(probe.path ?? "/"): the probe asks /health here")
        }
        if probe.isGRPC {
            remarks.append(Self.wholeServer)
            if isElsewhere { remarks.append("why the checks failed though the program listened: it answers none here") }
        }
        let question = isHTTP ? "http" + (path.map { ", path: \(ScenarioDraft.quoted($0))" } ?? "") : probe.type
        return DraftedProbe(
            "{type: \(question)\(port), initial_delay: \(numbers.delay)s, timeout: 1s, period: \(numbers.period)s, "
                + "failure_threshold: \(start.outcome == .killed ? attempts : attempts + 2)}",
            period: numbers.period,
            decidesBy: numbers.delay + numbers.period * (attempts + 2),
            needsHealthChecks: probe.isGRPC && !isElsewhere,
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
        if probe.isGRPC { remarks.append(Self.wholeServer) }
        return DraftedProbe(
            "{type: \(probe.handler == "HTTP" ? "http, path: /health" : probe.type), initial_delay: \(numbers.delay)s, "
                + "timeout: \(numbers.timeout)s, period: \(numbers.period)s, failure_threshold: \(numbers.threshold)}",
            period: numbers.period,
            decidesBy: numbers.delay + numbers.period * (numbers.threshold + 1),
            needsHealthChecks: probe.isGRPC,
            remarks: remarks
        )
    }

    /// What stands for the service that a check is about: no line says it.
    private static let wholeServer = "which service the gRPC probe asks about: here the server as a whole"

    /// Whole seconds of delay and period with which the last attempt falls on the moment of the decision.
    private static func numbers(_ start: RecordedStart, _ probe: RecordedProbe) -> (delay: Int, period: Int) {
        guard let decided = start.decidedAt else { return (0, 10) }
        // A TCP attempt that fails lasts as long as its timeout.
        let last = max(0, decided - (probe.asksOnce || start.outcome == .ready ? 0 : 1))
        guard let attempts = probe.attempts, let period = probe.period(before: last) else {
            return (min(240, Int(last.rounded())), 10)
        }
        return (max(0, min(240, Int((last - Double(period * (attempts - 1))).rounded()))), period)
    }
}

extension RecordedProbe {
    /// The type of a probe without path, as scenarios write it.
    fileprivate var type: String { isGRPC ? "grpc" : "tcp" }
}
