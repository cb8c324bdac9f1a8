import ContainerPlatform
import Domain
import Observations
import Scenarios

/// Judges the start of the instance: how it ended, when, and what the probe saw.
struct StartupCheck {
    let evidence: Evidence

    private var startup: StartupObservation { evidence.observation.startup }
    private var expectation: StartupExpectation { evidence.plan.expectations.startup }

    func verdicts() -> [Verdict] {
        let summary = startup.summary
        return [
            outcome(),
            time("startup.at", "the start ended", expectation.at, ObservedStart(startup).moment),
            count("startup.attempts", expectation.attempts, startup.summary?.attempts) {
                "the probe made \($0) attempts"
            },
            count("startup.restarts", expectation.restarts, startup.summary?.earlierLives.count) {
                "the container was started again \($0) times"
            },
            time("startup.ready_basic", "ready_basic", expectation.readyBasic, summary?.readyBasic),
            time("startup.ready_full", "ready_full", expectation.readyFull, summary?.readyFull),
            reason(),
            time(
                "startup.first_good_recommendation",
                "the first good recommendation",
                expectation.firstGoodRecommendation,
                summary?.firstFull?.moment,
                details: summary?.firstWithRows.map { ["the first answer with any rows: \($0.moment.text)"] } ?? []
            ),
            time(
                "startup.probe_truth_gap",
                "the probe said yes while /recommend could not serve",
                expectation.probeTruthGap,
                summary?.truthGap,
                details: summary?.truthGapIsOpen == true ? ["it could not serve until the end of the run"] : []
            ),
            time("startup.detection_lag", "the detection lag", expectation.detectionLag, summary?.detectionLag),
            time("startup.kill_margin", "the kill margin", expectation.killMargin, startup.killMargin?.spare),
        ]
        .compactMap(\.self)
    }

    private func outcome() -> Verdict? {
        guard let expected = expectation.outcome else { return nil }
        let start = ObservedStart(startup)
        let isAsExpected = start.outcome == expected.value
        return Verdict(
            check: "startup.outcome",
            subject: .startup,
            outcome: isAsExpected ? .passed : start.isUndecided ? .inconclusive : .failed,
            message: isAsExpected
                ? "the start ended as expected: \(start.text)"
                : "the start ended otherwise: \(start.text), expected \(expected.value.rawValue)",
            location: expected.location,
            expected: expected.value.rawValue,
            actual: start.text,
            details: isAsExpected ? [] : reasons + quotedLog
        )
    }

    /// What a real service wrote last before its start went wrong, or at all.
    private var quotedLog: [String] {
        evidence.observation.log.suffix(12).map { "log, \($0.moment.text), \($0.source.rawValue): \($0.text)" }
    }

    private func count(
        _ check: String,
        _ expected: Located<Int>?,
        _ found: Int?,
        _ words: (Int) -> String
    ) -> Verdict? {
        guard let expected else { return nil }
        let found = found ?? 0
        let isAsExpected = found == expected.value
        return Verdict(
            check: check,
            subject: .startup,
            outcome: isAsExpected ? .passed : .failed,
            message: words(found) + (isAsExpected ? "" : ", expected \(expected.value)"),
            location: expected.location,
            expected: "\(expected.value)",
            actual: "\(found)"
        )
    }

    private func time(
        _ check: String,
        _ subject: String,
        _ expected: Located<TimeExpectation>?,
        _ found: Duration?,
        details: [String] = []
    ) -> Verdict? {
        guard let expected else { return nil }
        let allowance = evidence.timeAllowance
        let isExact = expected.value.admits(found)
        let isAsExpected = isExact || expected.value.admits(found, within: allowance)
        let actual = found?.text ?? "never"
        let allowed = ", within the \(allowance.text) that a real clock is allowed"
        return Verdict(
            check: check,
            subject: .startup,
            outcome: isAsExpected ? .passed : .failed,
            message: "\(subject): \(actual)" + (isExact ? "" : ", expected \(expected.value.text)")
                + (isAsExpected && !isExact ? allowed : ""),
            location: expected.location,
            expected: expected.value.text,
            actual: actual,
            details: details,
            delay: isAsExpected
                ? nil
                : ObservedDelay(
                    of: found,
                    beyond: expected.value,
                    allowance: allowance,
                    isSpan: Self.spans.contains(check)
                )
        )
    }

    /// The times that are no moments but lie between two.
    private static let spans: Set = ["startup.probe_truth_gap", "startup.detection_lag", "startup.kill_margin"]

    private func reason() -> Verdict? {
        guard let expected = expectation.reason else { return nil }
        let match = reasons.first { $0.contains(expected.value) }
        return Verdict(
            check: "startup.reason",
            subject: .startup,
            outcome: match == nil ? .failed : .passed,
            message: match.map { "the stated reason: \($0)" }
                ?? "no stated reason contains \"\(expected.value)\"",
            location: expected.location,
            expected: expected.value,
            actual: match ?? (reasons.isEmpty ? "no reason at all" : reasons.joined(separator: " | ")),
            details: match == nil ? reasons : []
        )
    }

    /// Everything that the platform or the service stated as a reason.
    private var reasons: [String] {
        let platform = evidence.plan.platform
        let log = PlatformLog(
            profile: platform.profile,
            probe: platform.probe.value,
            liveness: platform.liveness?.value
        )
        let refusals = startup.violations.filter { $0.severity == .error }
            .map { violation in
                "\(violation.rule.rawValue) \(violation.field): \(violation.reason)"
                    + (violation.deployError.map { " (\($0))" } ?? "")
            }
        let ends = startup.timeline.entries.compactMap { entry -> String? in
            switch entry.event {
            case .probeFailed, .probeFound, .exited, .stopRequested, .progressDeadlineExceeded:
                log.line(for: entry.event)?.text
            case .stageFailed, .stageHung: entry.line
            default: nil
            }
        }
        return refusals + (startup.initialisationError.map { [$0] } ?? []) + ends
    }
}
