/// The probe of a drafted scenario: what the log states, and numbers with which it decides at the same moment.
struct DraftedProbe {
    /// The value of `platform.probe`.
    let text: String
    /// The period in seconds.
    let period: Int
    /// What the log does not state, and what stands for it.
    let remarks: [String]

    /// Drafts the probe of a start.
    init(_ start: RecordedStart) {
        let isElsewhere = start.isKilledListening
        guard !start.isDefaultProbe || isElsewhere else {
            text = "default"
            period = 240
            remarks = []
            return
        }
        // The simulated service listens on 8080: a probe that missed its port asks another one.
        let port = isElsewhere ? ", port: \(start.probePort == 8080 ? 8081 : start.probePort ?? 8081)" : ""
        if start.isDefaultProbe {
            text = "{type: tcp\(port), timeout: 240s, period: 240s, failure_threshold: 1}"
            period = 240
            remarks = ["a probe that misses the service as this one did: it asks another port here"]
            return
        }
        let numbers = Self.numbers(start)
        let path = start.path.map { ", path: \"\($0)\"" } ?? ""
        period = numbers.period
        text =
            "{type: \(start.isHTTP ? "http\(path)" : "tcp")\(port), initial_delay: \(numbers.delay)s, timeout: 1s, "
            + "period: \(numbers.period)s, failure_threshold: \(start.outcome == .killed ? start.attempts : start.attempts + 2)}"
        remarks = ["the probe's delay, period and timeout (these numbers decide at the moment that the log shows)"]
    }

    /// Whole seconds of delay and period with which the last attempt falls on the moment of the decision.
    private static func numbers(_ start: RecordedStart) -> (delay: Int, period: Int) {
        guard let decided = start.decidedAt else { return (0, 10) }
        // A TCP attempt that fails lasts as long as its timeout.
        let last = max(0, decided - (start.isHTTP || start.outcome == .ready ? 0 : 1))
        guard start.attempts > 1 else { return (min(240, Int(last.rounded())), 10) }
        let period = max(1, min(240, Int(last) / (start.attempts - 1)))
        return (max(0, min(240, Int((last - Double(period * (start.attempts - 1))).rounded()))), period)
    }
}
