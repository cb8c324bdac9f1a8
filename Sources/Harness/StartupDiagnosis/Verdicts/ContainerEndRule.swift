extension VerdictRule {
    /// The terminated state of a container of Kubernetes, or of one that Knative tells of.
    static let containerEnd: VerdictRule = VerdictRule(name: "terminated state") { subject in
        if let unhealthy = subject[.containerUnhealthy]?.last {
            return end(code: unhealthy.number, unhealthy, subject)
        }
        guard let ended = subject.record[.terminated]?.last else {
            if let hook = subject.record[.hookFailed]?.last { return failedHook(hook, subject) }
            return nil
        }
        if let hook = subject.record[.hookFailed]?.last { return failedHook(hook, subject) }
        return end(code: ended.number, ended, subject)
    }

    private static func end(code: Int?, _ ended: Fact, _ subject: SubjectCase) -> Verdict {
        let evidence = subject.evidence(ended) + subject.evidence(subject[.backOff]?.last)
        func verdict(_ word: VerdictWord, _ certainty: Certainty, _ cause: String, decide: [String] = []) -> Verdict {
            Verdict(word: word, certainty: certainty, cause: cause, evidence: evidence, decide: decide)
        }
        if ["ContainerStatusUnknown", "Unknown"].contains(ended.name) {
            var lost = verdict(
                .unknown,
                .possible,
                "the node lost sight of the container, and the exit code stands in for one that nobody saw",
                decide: ["the node's events and its kubelet's log at that moment: a reboot, a drain, memory"]
            )
            lost.hasDied = true
            return lost
        }
        switch code {
        case 0?
        where subject.has(.succeeded) || subject.isJob || !subject.has(.backOff) && ended.name == "Completed":
            return verdict(
                .noDeath,
                subject.has(.succeeded) ? .certain : .likely,
                "the container finished: exit code 0"
            )
        case 0?:
            return verdict(.exit, .certain, "the program ended by itself with exit code 0")
        case 137?:
            var open = verdict(
                .unknown,
                .possible,
                "killed by SIGKILL (137), which a liveness probe, the node's memory or a forced stop may send",
                decide: [
                    "events of the pod and its node at that moment: failed liveness probe, SystemOOM, Stopping container"
                ]
            )
            if let node = subject.objects.first(where: { $0.kind == .systemOutOfMemory }) {
                open.word = .oom
                open.certainty = .likely
                open.cause = "killed by SIGKILL (137) while its node ran out of memory"
                open.evidence += subject.evidence(node)
            }
            open.hasDied = true
            return open
        case 143?:
            var open = verdict(
                .unknown,
                .possible,
                "stopped by SIGTERM (143); who asked for that, the input does not say",
                decide: ["events of the pod at that moment: Stopping container, failed liveness probe; a drained node"]
            )
            open.hasDied = true
            return open
        case 126?, 127?, 128?:
            return verdict(
                .exit,
                .likely,
                "exit code \(code ?? 0), a shell's for a command that cannot be run",
                decide: ["the container's output, and whether its command is in the image"]
            )
        case let code? where code > 128 && code < 160:
            return verdict(.signal, .certain, "the container ended on signal \(code - 128) (exit code \(code))")
        case let code?:
            return verdict(.exit, .certain, "the program ended by itself with exit code \(code)")
        case nil:
            var open = verdict(
                .unknown,
                .possible,
                "the container ended; its exit code is not in the input",
                decide: ["the exit code: kubectl get pod -o yaml"]
            )
            open.hasDied = true
            return open
        }
    }

    private static func failedHook(_ hook: Fact, _ subject: SubjectCase) -> Verdict {
        Verdict(
            word: .unknown,
            certainty: .likely,
            cause:
                "kubelet killed the container because the hook after its start failed; that is no probe and no crash",
            evidence: subject.evidence(hook),
            decide: ["the hook's own output: the event's message, or the command run by hand in the container"],
            hasDied: true
        )
    }
}
