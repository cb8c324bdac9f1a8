extension KubernetesEvent {
    /// The reasons that say something whatever the message is.
    private static let kinds: [String: FactKind] = [
        "FailedScheduling": .schedulingFailed, "FailedMount": .podSetupFailed, "FailedAttachVolume": .podSetupFailed,
        "FailedCreatePodSandBox": .podSetupFailed, "FailedCreate": .createFailed, "Evicted": .evicted,
        "Preempted": .evicted, "Preempting": .evicted, "SystemOOM": .systemOutOfMemory,
        "FailedPostStartHook": .hookFailed, "TaintManagerEviction": .evicted, "DeadlineExceeded": .podFailed,
        "BackoffLimitExceeded": .podFailed,
    ]

    /// Tells a collector what the event says about the container, pod or object that it names.
    ///
    /// - Parameters:
    ///   - collector: The collector.
    ///   - subject: What the event is about where it does not say.
    func tell(_ collector: inout EvidenceCollector, otherwise subject: Subject = Subject()) {
        var subject = subject
        subject.platform = "kubernetes"
        if !objectName.isEmpty {
            subject.namespace = namespace ?? subject.namespace
            if objectKind == "Pod" || objectKind == "Po" {
                subject.pod = objectName
            } else {
                subject.object = "\(objectKind)/\(objectName)"
            }
        }
        if subject.object == nil {
            subject.container = container ?? containerInMessage ?? subject.container
            if subject.pod == nil, let pod = podInMessage {
                subject.pod = pod.name
                subject.namespace = subject.namespace ?? pod.namespace
            }
        }
        if Self.isAboutThePod(reason) { subject.container = nil }
        let time = time.flatMap(LogTime.of)
        if let kind = Self.kinds[reason] {
            collector.note(kind, message, about: subject, at: time, name: reason)
        }
        if let containerSource { collector.note(.containerNamed, containerSource, about: subject, at: time) }
        // A warning of a controller may quote what a container's event says.
        collector.take(message, about: subject, at: time)
    }

    private static func isAboutThePod(_ reason: String) -> Bool {
        ["Scheduled", "FailedScheduling", "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "Evicted"]
            .contains(reason)
    }

    /// The container that a message of kubelet names.
    private var containerInMessage: String? {
        let text = message.string
        let name =
            text.firstMatch(of: /spec\.(?:init|ephemeral)?[cC]ontainers\{([^}]+)\}/)?.1
            ?? text.firstMatch(of: /Container ([^ ]+) failed (?:startup|liveness) probe/)?.1
            ?? text.firstMatch(of: /(?:Started|Created|Stopping) container:? ([^ ,]+)/)?.1
            ?? text.firstMatch(of: /restarting failed container ([^ ]+) in pod/)?.1
        return name.map(String.init)
    }

    /// The pod that a message names, such as `in pod init-1_default(9c1f)`.
    var podInMessage: (name: String, namespace: String)? {
        message.string.firstMatch(of: /in pod ([^ _]+)_([^ (]+)\(/).map { (String($0.1), String($0.2)) }
    }
}
