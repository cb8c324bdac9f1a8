import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

/// Judges the stages of a start by their golden: which there are and in which order, how long each takes, and whether all
/// time belongs to one.
struct TimelineCheck {
    let evidence: Evidence

    /// What belongs to no stage though time is computed: rounding.
    private static let rounding = Duration.milliseconds(1)

    /// No verdict where the scenario names no golden of its start.
    func verdicts() -> [Verdict] {
        guard let location = evidence.plan.expectations.timeline?.location, let golden = evidence.timeline else {
            return []
        }
        let observation = evidence.observation
        guard observation.target != .remote, observation.startup.summary != nil else {
            let reason =
                observation.target == .remote
                ? "a deployed service does not show the stages of its start" : "nothing was started"
            return [
                Verdict(
                    check: "timeline.stages",
                    subject: .timeline,
                    outcome: .inconclusive,
                    message: reason,
                    location: location
                )
            ]
        }
        let stages = ObservedStages(observation.startup, strategy: evidence.plan.service.strategy)
        let differences = golden.differences(from: stages.compared, strategy: evidence.plan.service.strategy.rawValue)
        return [
            structure(differences.filter(\.isStructural), of: stages, at: location),
            durations(differences.filter { !$0.isStructural }, of: golden, at: location),
            attribution(stages.gaps(longerThan: allowance), at: location),
        ]
    }

    private func structure(
        _ differences: [TimelineDifference],
        of stages: ObservedStages,
        at location: SourceLocation
    ) -> Verdict {
        Verdict(
            check: "timeline.stages",
            subject: .timeline,
            outcome: differences.isEmpty ? .passed : .failed,
            message: differences.first.map { "the start differs from its golden: " + $0.words }
                ?? "the start has the \(stages.stages.count) stages of its golden in their order",
            location: location,
            details: differences.map(\.words)
        )
    }

    private func durations(
        _ differences: [TimelineDifference],
        of golden: GoldenTimeline,
        at location: SourceLocation
    ) -> Verdict {
        // A stage may be off by what any moment may; what is left is a difference.
        let missed = differences.compactMap { difference -> (words: String, delay: ObservedDelay)? in
            guard case .duration(_, let seconds, let from, let to) = difference else { return nil }
            let expected = TimeExpectation.within(from: .seconds(from), to: .seconds(to))
            let found = Duration.seconds(seconds)
            guard !expected.admits(found, within: evidence.timeAllowance),
                let delay = ObservedDelay(of: found, beyond: expected, allowance: evidence.timeAllowance, isSpan: true)
            else { return nil }
            return (difference.words, delay)
        }
        return Verdict(
            check: "timeline.durations",
            subject: .timeline,
            outcome: missed.isEmpty ? .passed : .failed,
            message: missed.first?.words ?? "every stage takes as long as its golden lets it",
            location: location,
            details: missed.map(\.words),
            delay: missed.map(\.delay).max()
        )
    }

    private var allowance: Duration { evidence.timeAllowance + Self.rounding }

    private func attribution(_ gaps: [ObservedStages.Gap], at location: SourceLocation) -> Verdict {
        Verdict(
            check: "timeline.attributed",
            subject: .timeline,
            outcome: gaps.isEmpty ? .passed : .failed,
            message: gaps.first.map { "time belongs to no stage: " + $0.words }
                ?? "all time of the start belongs to a stage",
            location: location,
            details: gaps.map(\.words),
            delay: gaps.map(\.length).max().map { .late(by: $0 - allowance, at: nil) }
        )
    }
}
