/// One object of `kubectl describe`: its status, and the events below it.
struct KubernetesDescription {
    /// The most events of one object that are kept.
    private static let eventLimit = 10_000

    private let tree: TreeNode
    private var events: [KubernetesEvent] = []

    /// Creates a description from its tree.
    init(_ tree: TreeNode = .empty) {
        self.tree = tree
    }

    /// Takes an event: one that names its object is told at once, the others belong to the description.
    mutating func take(_ event: KubernetesEvent, _ collector: inout EvidenceCollector) {
        guard event.objectName.isEmpty else { return event.tell(&collector) }
        if events.count < Self.eventLimit { events.append(event) }
    }

    /// Tells a collector what the description and its events say, and forgets them.
    mutating func finish(_ collector: inout EvidenceCollector) {
        defer { self = KubernetesDescription() }
        guard !tree.members.isEmpty || !events.isEmpty else { return }
        if let conditions = tree["Status"]?["Conditions"] ?? tree["Conditions"], isKnative(conditions) {
            return KnativeConditions(described: conditions).tell(&collector, name: tree["Name"]?.string)
        }
        var pod = Subject()
        pod.platform = "kubernetes"
        if let kind = tree["Kind"]?.string, kind != "Pod" {
            pod.object = "\(kind)/\(tree["Name"]?.string ?? "")"
        } else {
            let named = events.lazy.compactMap(\.podInMessage).first
            pod.pod = tree["Name"]?.string ?? named?.name
            pod.namespace = tree["Namespace"]?.string ?? named?.namespace
        }
        let containers = (tree["Containers"]?.members ?? []) + (tree["Init Containers"]?.members ?? [])
        tellPod(&collector, pod)
        for member in containers {
            let node = member.node
            var subject = pod
            subject.container = member.key
            ContainerStatus(description: node).tell(&collector, about: subject)
            for key in ["Startup", "Liveness"] {
                if let pair = node[key]?.pair { collector.note(.probeDescribed, pair, about: subject, name: key) }
            }
            if let limit = node["Limits"]?["memory"]?.pair { collector.note(.memoryLimit, limit, about: subject) }
        }
        let only = tree["Containers"]?.members.count == 1 ? tree["Containers"]?.members.first?.key : nil
        for event in events {
            var subject = pod
            subject.container = only
            event.tell(&collector, otherwise: subject)
        }
    }

    private func tellPod(_ collector: inout EvidenceCollector, _ pod: Subject) {
        let status = tree["Status"]?.kept
        if let status, status.string.hasPrefix("Terminating") { collector.note(.deleting, status, about: pod) }
        if let status, status.string == "Succeeded" { collector.note(.succeeded, status, about: pod) }
        guard let reason = tree["Reason"]?.kept else { return }
        collector.note(reason.string == "Evicted" ? .evicted : .podFailed, reason, about: pod, name: reason.string)
        if let message = tree["Message"]?.kept { collector.take(message, about: pod, at: nil) }
    }

    /// Whether conditions are those of a status in the form of Knative, and not the short table of a pod.
    private func isKnative(_ conditions: TreeNode) -> Bool {
        conditions["Type"] != nil || conditions.elements.contains { $0["type"] != nil }
    }
}
