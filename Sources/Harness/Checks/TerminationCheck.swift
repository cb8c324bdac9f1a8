import ContainerPlatform
import Domain
import Observations
import Scenarios

/// Judges what the service did when it was told to end: SIGTERM, and SIGKILL after the platform's grace.
struct TerminationCheck {
    let evidence: Evidence

    private var plan: Plan { evidence.plan }

    /// No verdict where the scenario expects nothing and no real process was told to end.
    func verdicts() -> [Verdict] {
        let isStated = plan.expectations.termination != nil
        guard isStated || evidence.observation.target == .process else { return [] }
        guard let seen = evidence.observation.process?.termination else {
            let reason = "the service was not told to end: it had ended before, or was never started"
            return isStated ? [verdict(.inconclusive, reason, actual: "no SIGTERM")] : []
        }
        switch (plan.terminationExpectation, seen.exit) {
        case (.exits(let limit), _?):
            let limit = limit.map { $0 + evidence.timeAllowance }
            let excess = limit.map { max(seen.waited - $0, .zero) } ?? .zero
            return [
                verdict(
                    excess > .zero ? .failed : .passed,
                    "the service ended \(text(seen)) after SIGTERM",
                    actual: text(seen),
                    delay: excess > .zero ? .late(by: excess, at: nil) : nil
                )
            ]
        case (.exits(let limit), nil):
            // At a higher speed the platform's grace is too short for a service that takes its own time.
            guard real(seen.waited) >= (limit ?? grace) || seen.waited >= (limit ?? .never) else {
                let reason = "killed \(text(seen)) after SIGTERM, at this speed too soon to say that it ignored it"
                return isStated ? [verdict(.inconclusive, reason, actual: text(seen))] : []
            }
            return [
                verdict(
                    .failed,
                    "the service ignored SIGTERM: it had not ended \(text(seen)) later and was killed",
                    actual: "still running \(text(seen)) after SIGTERM",
                    // A machine that held it up must have done so for most of the time.
                    delay: .late(by: seen.waited / 2, at: nil)
                )
            ]
        case (.ignored, nil):
            let message = "the service ignored SIGTERM for \(text(seen)) and was killed"
            return [verdict(.passed, message, actual: text(seen))]
        case (.ignored, _?):
            return [
                verdict(
                    .failed,
                    "the service ended \(text(seen)) after SIGTERM, which it was to ignore",
                    actual: "ended after \(text(seen))"
                )
            ]
        }
    }

    private var grace: Duration { plan.platform.profile.terminationGrace }

    private func real(_ time: Duration) -> Duration { time / (evidence.observation.clock?.speed ?? 1) }

    /// The time in the scenario, with the real one beside it where they differ.
    private func text(_ seen: ObservedTermination) -> String {
        let isScaled = (evidence.observation.clock?.speed ?? 1) != 1
        return seen.waited.text + (isScaled ? " (\(real(seen.waited).text) of real time)" : "")
    }

    private func verdict(
        _ outcome: Verdict.Outcome,
        _ message: String,
        actual: String,
        delay: ObservedDelay? = nil
    ) -> Verdict {
        let expected =
            switch plan.terminationExpectation {
            case .exits(let limit?): "an exit within \(limit.text) of SIGTERM"
            case .exits(nil): "an exit within the platform's grace of \(grace.text)"
            case .ignored: "SIGTERM ignored"
            }
        return Verdict(
            check: "termination.sigterm",
            subject: .termination,
            outcome: outcome,
            message: outcome == .failed ? "\(message); expected \(expected)" : message,
            location: plan.expectations.termination?.location,
            expected: expected,
            actual: actual,
            delay: delay
        )
    }
}
