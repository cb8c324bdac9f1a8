import Domain

extension VerdictRule {
    /// From how many seconds on a stage without requests counts as starved.
    private static let shortestGap = 60.0
    /// The largest share of such a stage in which there may be requests.
    private static let largestShare = 0.1

    /// Work after readiness that took very long while no request gave it a CPU.
    static let cpuStarved: VerdictRule = VerdictRule(name: "CPU withdrawn between requests") { subject in
        guard subject.isCloudRun else { return nil }
        return starvedStage(subject) ?? starvedWorker(subject)
    }

    private static func starvedStage(_ subject: SubjectCase) -> Verdict? {
        guard let passed = subject.record[.startupPassed]?.first, let ready = passed.time else { return nil }
        for stage in subject.timeline.stages {
            guard let start = stage.startTime, let end = stage.endTime, let beginning = stage.beginning,
                let ending = stage.ending, start.advanced(byMicroseconds: 5_000_000) >= ready,
                stage.seconds >= shortestGap,
                let busy = subject.record.requests.busySeconds(from: start, to: end),
                busy <= largestShare * stage.seconds
            else { continue }
            return Verdict(
                word: .cpuStarved,
                certainty: subject.record.requests.count > 0 ? .likely : .possible,
                cause:
                    "work that went on after the start (\(stage.name)) took \(rounded(stage.seconds)) s, with a request "
                    + "in only \(rounded(busy)) s of them: between requests the CPU is withdrawn",
                evidence: [beginning, ending] + subject.evidence(passed),
                against: ["that the CPU is withdrawn between requests is a setting, which no log states"],
                decide: [setting + "; the same work with CPU always on"]
            )
        }
        return nil
    }

    /// A worker of gunicorn that timed out while the instance had no request.
    private static func starvedWorker(_ subject: SubjectCase) -> Verdict? {
        guard let timeout = subject.record[.workerTimeout]?.last, let time = timeout.time else { return nil }
        let passed = subject.record[.startupPassed]?.first
        if let passed, subject.isBefore(passed, timeout) != true { return nil }
        let requests = subject.record.requests
        guard requests.busySeconds(from: time.advanced(byMicroseconds: -30_000_000), to: time) == 0 else { return nil }
        return Verdict(
            word: .cpuStarved,
            certainty: .possible,
            cause: "a worker of gunicorn timed out while the input shows no request, which withdrawn CPU explains",
            evidence: subject.evidence(timeout) + subject.evidence(passed)
                + subject.evidence(subject.record[.workerKilled]?.last),
            against: subject.record.has(.workerKilled)
                ? ["\"Perhaps out of memory?\" is a guess that gunicorn prints"] : [],
            decide: [setting + "; whether a request was in flight then"]
        )
    }

    private static let setting =
        "run.googleapis.com/cpu-throttling (v1) or resources.cpu_idle (v2) of the revision"

    private static func rounded(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
