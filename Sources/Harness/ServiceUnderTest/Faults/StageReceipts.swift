import ContainerPlatform
import Domain
import Observations
import Scenarios

extension FaultLedger {
    /// Records the faults of stages that show in a timeline.
    func recordStageFaults(of plan: Plan, in timeline: Timeline) {
        for planned in plan.faults {
            guard case .stage(let stage, let fault) = planned.fault else { continue }
            // A process that was sent a signal did not end by itself.
            var wasSignalled = false
            for entry in timeline.entries {
                if case .signal = entry.event { wasSignalled = true }
                if case .containerStarted = entry.event { wasSignalled = false }
                guard let evidence = evidence(of: fault, in: stage, entry.event, wasSignalled) else { continue }
                record(planned.number, "\(evidence) at \(entry.moment.fixedSecondsText) s")
            }
        }
    }

    /// Records the failures of P5 that show in the notes of answers.
    func recordScoringFaults(of plan: Plan, in answers: [ObservedAnswer]) {
        for planned in plan.faults {
            guard case .scoring(let message, let request) = planned.fault else { continue }
            for answer in answers where request == nil || answer.request == request {
                guard let note = answer.notes.first(where: { $0.contains(message) }) else { continue }
                record(planned.number, "P5 failed in request \(answer.request), by the service's own word: \(note)")
            }
        }
    }

    private func evidence(
        of fault: StageFault,
        in stage: InitialisationStage,
        _ event: TimelineEvent,
        _ wasSignalled: Bool
    ) -> String? {
        switch (fault.inLife(1) ?? fault, event) {
        case (.fails(let message), .stageFailed(stage.rawValue, _)): "the stage \(stage.rawValue) failed (\(message))"
        case (.ends(let end), .exited(let exit)) where end == exit && !wasSignalled:
            "the process ended by itself in the stage \(stage.rawValue)"
        case (.hangs, .stageHung(stage.rawValue)): "the stage \(stage.rawValue) hung"
        case (.delayed(let delay), .stageFinished(stage.rawValue, let elapsed, _)) where elapsed >= delay:
            "the stage \(stage.rawValue), delayed by \(delay.fixedSecondsText) s, took "
                + "\(elapsed.fixedSecondsText) s and ended"
        default: nil
        }
    }
}
