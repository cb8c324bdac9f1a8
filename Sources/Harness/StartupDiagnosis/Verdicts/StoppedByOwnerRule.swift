extension VerdictRule {
    /// The label `OOMKilled` beside the exit code of SIGTERM: a stop, mislabelled.
    static let mislabelledStop: VerdictRule = VerdictRule(name: "mislabelled stop") { subject in
        guard let killed = subject.record[.oomKilled]?.last, killed.number == 143,
            let ended = subject.record[.terminated]?.last
        else { return nil }
        var verdict = Verdict(
            word: .rollout,
            certainty: subject.has(.deleting, .stopped) ? .certain : .likely,
            cause: "the pod was stopped: exit code 143 is that of SIGTERM"
                + (subject.has(.deleting) ? ", and the pod was being deleted" : ""),
            evidence: subject.evidence(ended) + subject.evidence(subject[.deleting]?.last) + subject.evidence(killed)
        )
        verdict.against = [
            "the reason OOMKilled contradicts the exit code: a kernel's kill ends with 137, and kubelet is known to "
                + "mislabel stops"
        ]
        if !subject.has(.deleting, .stopped) {
            verdict.decide = ["whether the pod was deleted or its node drained then"]
        }
        return verdict
    }

    /// Kubernetes stopped the container because its owner no longer wants it.
    static let stoppedByOwner: VerdictRule = VerdictRule(name: "stopped by its owner") { subject in
        guard subject.isKubernetes, let stop = (subject[.stopped] ?? subject[.deleting])?.last else { return nil }
        if let ended = subject.record[.terminated]?.last, let code = ended.number, code != 0, code != 143, code != 137,
            subject.isBefore(ended, stop) == true
        {
            return nil
        }
        let owners = subject.objects.filter { $0.kind == .scaledDown }
        var verdict = Verdict(
            word: .rollout,
            certainty: owners.isEmpty ? .likely : .certain,
            cause: "stopped because its owner no longer wants it",
            evidence: subject.evidence(stop)
        )
        for owner in owners.prefix(3) { verdict.evidence += subject.evidence(owner) }
        for kind in [.readinessMissed, .livenessMissed] as [FactKind] {
            guard let missed = subject.record[kind]?.last, subject.isBefore(stop, missed) != false else { continue }
            verdict.evidence += subject.evidence(missed)
            verdict.against.append("the missed probe came with or after the stop: a consequence")
        }
        if owners.isEmpty {
            verdict.decide.append("who stopped it: events of its ReplicaSet, Deployment or node, or a deletion by hand")
        }
        return verdict
    }
}
