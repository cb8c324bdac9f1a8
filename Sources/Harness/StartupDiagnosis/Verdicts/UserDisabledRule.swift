import Domain

extension VerdictRule {
    /// The longest that a rollout may lie before the stop of the instance that it replaced, in seconds.
    private static let rolloutReach = 900.0

    /// `Shutting down user disabled instance`: the owner's configuration no longer wants the instance.
    ///
    /// The meaning of the line is inferred from where it was seen (section 3.4 of the facts): no document states it.
    static let userDisabled: VerdictRule = VerdictRule(name: "no longer wanted by its configuration") { subject in
        guard let stop = (subject.record[.userDisabled] ?? subject[.userDisabled])?.last else {
            guard let disabled = subject[.serviceDisabled]?.last ?? subject[.scaledToZero]?.last, !isAlive(subject)
            else {
                return nil
            }
            return Verdict(
                word: .disabledByOwner,
                certainty: .likely,
                cause: "the owner set the number of instances to zero",
                evidence: subject.evidence(disabled)
            )
        }
        let inflight = subject[.requestBroken]?.last
        var verdict: Verdict
        if let zero = lastBefore(stop, .scaledToZero, subject) {
            verdict = stopped(.disabledByOwner, "the owner set the number of instances to zero", [zero, stop], subject)
        } else if let deleted = lastBefore(stop, .deletedByOwner, subject) {
            verdict = stopped(.disabledByOwner, "the owner deleted it", [deleted, stop], subject)
        } else if let disabled = subject[.serviceDisabled]?.last {
            verdict = stopped(.disabledByOwner, "the service is disabled", [stop, disabled], subject)
        } else if let other = replacement(stop, subject) {
            let name = other.revision.isEmpty ? "a newer revision" : "revision \(other.revision)"
            verdict = stopped(.superseded, "\(name) took its place", [stop, other.fact], subject)
            verdict.against.append("what follows of the program in this instance is its own shutdown")
        } else if let ready = rolloutOfTheSame(stop, subject) {
            let cause = "a rollout was complete just before, and the line belongs to the older instance"
            verdict = stopped(.superseded, cause, [stop, ready], subject)
            verdict.decide.append("the instanceId and the revision_name of the line: the text states neither")
        } else if let change = lastBefore(stop, .changedByOwner, subject) {
            let cause = "the owner changed the configuration just before"
            verdict = stopped(.disabledByOwner, cause, [change, stop], subject)
            verdict.certainty = .possible
            verdict.decide.append(NextLook.owner)
        } else {
            verdict = Verdict(
                word: .disabledByOwner,
                certainty: .likely,
                cause: "stopped because its configuration no longer wanted it; no sign of a failed probe",
                evidence: subject.evidence(stop)
            )
            verdict.against.append("whether another revision replaced it or the owner scaled it down is not said")
            verdict.decide.append(NextLook.owner)
        }
        if let inflight, subject.isBefore(inflight, stop) == false {
            verdict.evidence += subject.evidence(inflight)
            verdict.against.append("the broken request was in flight when the instance was stopped")
        }
        return verdict
    }

    private static func stopped(
        _ word: VerdictWord,
        _ cause: String,
        _ facts: [Fact],
        _ subject: SubjectCase
    ) -> Verdict {
        Verdict(
            word: word,
            certainty: .likely,
            cause: "stopped because its configuration no longer wanted it: \(cause)",
            evidence: facts.flatMap { subject.evidence($0) },
            against: ["no document states what the line means; it is read as its known sightings show"]
        )
    }

    private static func isAlive(_ subject: SubjectCase) -> Bool {
        subject.record.requests.lastAnswered != nil || subject.record[.startupPassed] != nil
    }

    /// The last statement of a kind that came before the stop, within reach.
    private static func lastBefore(_ stop: Fact, _ kind: FactKind, _ subject: SubjectCase) -> Fact? {
        guard let tally = subject[kind] else { return nil }
        return [tally.last, tally.first].first { reaches($0, stop, subject) }
    }

    private static func reaches(_ fact: Fact, _ stop: Fact, _ subject: SubjectCase) -> Bool {
        guard subject.isBefore(fact, stop) != false else { return false }
        guard let from = fact.time, let to = stop.time else { return true }
        return Double(to.microseconds - from.microseconds) / 1e6 <= rolloutReach
    }

    /// What shows that another revision of the service was rolled out just before.
    private static func replacement(_ stop: Fact, _ subject: SubjectCase) -> RolloutHistory.Sighting? {
        guard let own = subject.record.subject.revision, let service = subject.record.subject.service else {
            return nil
        }
        var newest: RolloutHistory.Sighting?
        var complete: Fact?
        for sighting in (subject.rollouts[service] ?? []).reversed() where sighting.revision != own {
            guard reaches(sighting.fact, stop, subject) else {
                // They are in order: whatever comes now is earlier still.
                if let time = sighting.fact.time, let end = stop.time, time < end { break }
                continue
            }
            if sighting.revision.isEmpty {
                // The service's own readiness says that the rollout is complete.
                if sighting.fact.kind == .readyTrue, complete == nil { complete = sighting.fact }
            } else if newest == nil {
                newest = sighting
            }
        }
        return newest.map { .init(revision: $0.revision, fact: complete ?? $0.fact) }
    }

    /// A rollout in a text that names neither instances nor, on the line, a revision.
    private static func rolloutOfTheSame(_ stop: Fact, _ subject: SubjectCase) -> Fact? {
        guard subject.record.subject.instance == nil, let ready = subject[.readyTrue]?.last else { return nil }
        return reaches(ready, stop, subject) ? ready : nil
    }
}
