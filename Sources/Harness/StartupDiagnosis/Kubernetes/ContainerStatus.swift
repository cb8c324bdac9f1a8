/// The state of one container, as a pod's status or `kubectl describe` states it.
struct ContainerStatus {
    /// A state: what it is called, and what is stated of it.
    struct State {
        /// `waiting`, `running` or `terminated`.
        let word: String
        /// The reason.
        let reason: KeptText?
        /// The message.
        let message: KeptText?
        /// The exit code with its key.
        let exit: (code: Int, pair: KeptText)?
        /// When the container began, in the text's own form.
        let started: KeptText?
        /// When the container ended, in the text's own form.
        let finished: String?
    }

    /// The states, the present one first.
    let states: [State]
    /// Whether it is ready, as it is stated; `nil` where it is not.
    let ready: KeptText?

    /// Reads `state`, `lastState` and `ready` of a pod's status.
    init(status node: TreeNode) {
        states = ["state", "lastState"]
            .compactMap { key in
                node[key]?.members.first
                    .map { member in
                        State(
                            word: member.key,
                            reason: member.node["reason"]?.kept,
                            message: member.node["message"]?.kept,
                            exit: Self.exit(member.node["exitCode"]),
                            started: member.node["startedAt"]?.kept,
                            finished: member.node["finishedAt"]?.string
                        )
                    }
            }
        ready = node["ready"].flatMap { $0.string == "true" ? $0.pair ?? $0.kept : nil }
    }

    /// Reads what `kubectl describe` prints below a container's name.
    init(description node: TreeNode) {
        states = ["State", "Last State"]
            .compactMap { key in
                guard let state = node[key], let word = state.string ?? state[""]?.string else { return nil }
                return State(
                    word: word.lowercased(),
                    reason: state["Reason"]?.kept,
                    message: state["Message"]?.kept,
                    exit: Self.exit(state["Exit Code"]),
                    started: state["Started"]?.kept,
                    finished: state["Finished"]?.string
                )
            }
        ready = node["Ready"].flatMap { $0.string == "True" ? $0.pair ?? $0.kept : nil }
    }

    private static func exit(_ node: TreeNode?) -> (code: Int, pair: KeptText)? {
        guard let node, let code = node.number, let pair = node.pair else { return nil }
        return (code, pair)
    }

    /// Tells a collector what the states say.
    func tell(_ collector: inout EvidenceCollector, about subject: Subject) {
        for state in states {
            let time = state.finished.flatMap(LogTime.of)
            switch state.word {
            case "running":
                if let source = ready.map({ state.reason ?? $0 }) {
                    collector.note(.running, source, about: subject)
                }
                if let started = state.started, let time = LogTime.of(started.string) {
                    collector.note(.containerBegan, started, about: subject, at: time)
                }
            case "waiting":
                if let reason = state.reason { tell(waiting: reason, &collector, about: subject) }
            case "terminated":
                let source = state.exit?.pair ?? state.reason
                guard let source else { continue }
                let code = state.exit?.code
                let reason = state.reason?.string
                if reason == "OOMKilled", let label = state.reason {
                    collector.note(.oomKilled, label, about: subject, at: time, number: code)
                }
                if ["StartError", "ContainerCannotRun"].contains(reason), let label = state.reason {
                    collector.note(.execFailed, label, about: subject, at: time, number: code)
                }
                collector.note(.terminated, source, about: subject, at: time, name: reason, number: code)
            default: continue
            }
            if let message = state.message { collector.take(message, about: subject, at: time) }
        }
    }

    private func tell(waiting reason: KeptText, _ collector: inout EvidenceCollector, about subject: Subject) {
        switch reason.string {
        case "CrashLoopBackOff": collector.note(.backOff, reason, about: subject)
        case "RunContainerError": collector.note(.execFailed, reason, about: subject)
        case "CreateContainerError": collector.note(.containerConfigurationFailed, reason, about: subject)
        case "PostStartHookError": collector.note(.hookFailed, reason, about: subject)
        default: collector.take(reason, about: subject, at: nil)
        }
    }
}
