import Domain

/// Reads the objects of Kubernetes and Knative from their trees.
enum KubernetesObjects {
    /// Tells a collector what an object says; a list is told element by element.
    static func take(_ node: TreeNode, _ collector: inout EvidenceCollector) {
        if let items = node["items"] {
            for item in items.elements { take(item, &collector) }
            return
        }
        if let payload = node["jsonPayload"], payload["involvedObject"] != nil { return event(payload, &collector) }
        if node["terminalCondition"] != nil { return cloudRun(node, &collector) }
        switch node["kind"]?.string {
        case "Event": event(node, &collector)
        case "Revision", "Service", "Configuration":
            guard let conditions = node["status"]?["conditions"] else { return }
            KnativeConditions(conditions)
                .tell(
                    &collector,
                    name: node["metadata"]?["name"]?.string,
                    isRevision: node["kind"]?.string == "Revision",
                    platform: isCloudRun(node) ? "cloud-run" : "knative"
                )
        case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job": workload(node, &collector)
        case "Pod", nil:
            if node["status"]?["containerStatuses"] != nil || node["containerStatuses"] != nil || node["kind"] != nil {
                pod(node, &collector)
            } else if let conditions = node["conditions"] ?? node["status"]?["conditions"] {
                KnativeConditions(conditions).tell(&collector, name: node["metadata"]?["name"]?.string)
            }
        default: return
        }
    }

    /// Whether an object of Knative's form is one of Cloud Run, which marks it with names of its own.
    private static func isCloudRun(_ node: TreeNode) -> Bool {
        let marks = ["annotations", "labels"].flatMap { node["metadata"]?[$0]?.members ?? [] }
        return marks.contains { $0.key.hasPrefix("run.googleapis.com/") || $0.key.hasPrefix("cloud.googleapis.com/") }
    }

    /// Reads a service, a revision or a job of Cloud Run's API v2, which has its name in a path.
    private static func cloudRun(_ node: TreeNode, _ collector: inout EvidenceCollector) {
        let path = node["name"]?.string?.split(separator: "/").map(String.init) ?? []
        let conditions = (node["conditions"]?.elements ?? []) + (node["terminalCondition"].map { [$0] } ?? [])
        KnativeConditions(TreeNode(value: .list(conditions)))
            .tell(&collector, name: path.last, isRevision: path.dropLast().last == "revisions", platform: "cloud-run")
    }

    /// Reads the conditions of an object that makes pods.
    private static func workload(_ node: TreeNode, _ collector: inout EvidenceCollector) {
        var subject = Subject()
        subject.platform = "kubernetes"
        subject.namespace = node["metadata"]?["namespace"]?.string
        subject.object = "\(node["kind"]?.string ?? "")/\(node["metadata"]?["name"]?.string ?? "")"
        for condition in node["status"]?["conditions"]?.elements ?? [] {
            let time = (condition["lastTransitionTime"] ?? condition["lastProbeTime"])?.string.flatMap(LogTime.of)
            guard let source = condition["reason"]?.kept ?? condition["type"]?.kept else { continue }
            switch (condition["type"]?.string, condition["status"]?.string) {
            case ("Available", "True"): collector.note(.running, source, about: subject, at: time)
            case ("Complete", "True"): collector.note(.succeeded, source, about: subject, at: time)
            case ("Failed", "True"): collector.note(.podFailed, source, about: subject, at: time, name: source.string)
            case ("ReplicaFailure", "True"):
                collector.note(.createFailed, condition["message"]?.kept ?? source, about: subject, at: time)
            case ("Progressing", "False"): collector.take(source, about: subject, at: time)
            default: continue
            }
        }
    }

    private static func event(_ node: TreeNode, _ collector: inout EvidenceCollector) {
        guard let message = node["message"]?.kept ?? node["note"]?.kept else { return }
        let object = node["involvedObject"] ?? node["regarding"] ?? .empty
        var event = KubernetesEvent(message: message)
        event.objectKind = object["kind"]?.string ?? ""
        event.objectName = object["name"]?.string ?? ""
        event.namespace = object["namespace"]?.string ?? node["metadata"]?["namespace"]?.string
        event.reason = node["reason"]?.string ?? ""
        event.time = lastTime(of: node)
        if let path = object["fieldPath"]?.kept, let container = KubernetesEvent.container(of: path.string) {
            event.container = container
            event.containerSource = path
        }
        event.tell(&collector)
    }

    /// When an event was last seen, by the fields of `v1` and of `events.k8s.io/v1`, of which any may be null.
    private static func lastTime(of node: TreeNode) -> String? {
        node["series"]?["lastObservedTime"]?.string ?? node["lastTimestamp"]?.string
            ?? node["deprecatedLastTimestamp"]?.string ?? node["eventTime"]?.string ?? node["firstTimestamp"]?.string
            ?? node["deprecatedFirstTimestamp"]?.string ?? node["metadata"]?["creationTimestamp"]?.string
    }

    private static func pod(_ node: TreeNode, _ collector: inout EvidenceCollector) {
        let metadata = node["metadata"] ?? .empty
        let status = node["status"] ?? node
        var pod = Subject()
        pod.platform = "kubernetes"
        pod.pod = metadata["name"]?.string
        pod.namespace = metadata["namespace"]?.string
        if let deletion = metadata["deletionTimestamp"], let pair = deletion.pair, deletion.kept != nil {
            collector.note(.deleting, pair, about: pod, mark: "deletionTimestamp")
        }
        switch status["phase"]?.string {
        case "Succeeded": if let phase = status["phase"]?.kept { collector.note(.succeeded, phase, about: pod) }
        default: break
        }
        if let reason = status["reason"]?.kept, !reason.string.isEmpty {
            collector.note(reason.string == "Evicted" ? .evicted : .podFailed, reason, about: pod, name: reason.string)
            if let message = status["message"]?.kept { collector.take(message, about: pod, at: nil) }
        }
        for condition in status["conditions"]?.elements ?? []
        where condition["reason"]?.string == "Unschedulable" {
            if let reason = condition["message"]?.kept ?? condition["reason"]?.kept {
                collector.note(.schedulingFailed, reason, about: pod)
            }
        }
        let specified = node["spec"]?["containers"]?.elements ?? []
        let ready = readiness(of: status)
        let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
        for container in lists.flatMap({ status[$0]?.elements ?? [] }) {
            var subject = pod
            subject.container = container["name"]?.string
            ContainerStatus(status: container).tell(&collector, about: subject)
            if let ready { collector.note(.podReady, ready.source, about: subject, at: ready.time) }
            guard let own = specified.first(where: { $0["name"]?.string == subject.container }) else { continue }
            for (key, name) in [("startupProbe", "Startup"), ("readinessProbe", "Readiness")] {
                guard let probe = own[key], let source = probe.pair, let text = SpecifiedProbe(probe, of: own).described
                else {
                    continue
                }
                collector.note(.probeSpecified, source, about: subject, name: name + " " + text)
            }
        }
    }

    /// When all containers of a pod became ready; `nil` where they are not, and where there are several, of which any may
    /// have been the last.
    private static func readiness(of status: TreeNode) -> (source: KeptText, time: Timestamp)? {
        guard status["containerStatuses"]?.elements.count == 1,
            let condition = status["conditions"]?.elements.first(where: { $0["type"]?.string == "ContainersReady" }),
            condition["status"]?.string == "True", let source = condition["lastTransitionTime"]?.kept,
            let time = LogTime.of(source.string)
        else { return nil }
        return (source, time)
    }
}
