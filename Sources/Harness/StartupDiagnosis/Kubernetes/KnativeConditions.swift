/// The conditions of a Knative or Cloud Run service, revision or configuration.
struct KnativeConditions {
    private struct Condition {
        var type: KeptText?
        var status: String?
        var reason: KeptText?
        var message: KeptText?
        var time: String?
    }

    /// How the message of a revision begins whose container ended (`RevisionContainerExitingMessage` of Knative serving).
    private static let containerFailed: StaticString = "Container failed with: "

    private var conditions: [Condition] = []

    /// Reads the list `status.conditions`.
    init(_ list: TreeNode) {
        conditions = list.elements.map { node in
            Condition(
                type: node["type"]?.kept,
                status: node["status"]?.string ?? Self.status(node["state"]?.string),
                reason: node["reason"]?.kept ?? node["revisionReason"]?.kept ?? node["executionReason"]?.kept,
                message: node["message"]?.kept,
                time: node["lastTransitionTime"]?.string
            )
        }
    }

    /// The status that a state of Cloud Run's API v2 stands for.
    private static func status(_ state: String?) -> String? {
        state == "CONDITION_SUCCEEDED" ? "True" : state == "CONDITION_FAILED" ? "False" : nil
    }

    /// Reads what `kubectl describe` prints: keys in the order of the alphabet, each condition ending with its type.
    init(described node: TreeNode) {
        var next = Condition()
        for member in node.members {
            let value = member.node
            switch member.key {
            case "Last Transition Time": next.time = value.string
            case "Message": next.message = value.kept
            case "Reason": next.reason = value.kept
            case "Status": next.status = value.string
            case "Type":
                next.type = value.kept
                conditions.append(next)
                next = Condition()
            default: continue
            }
        }
    }

    /// Tells a collector what the conditions say.
    ///
    /// - Parameters:
    ///   - collector: The collector.
    ///   - name: The name of the revision or the service, `nil` where the text does not state it.
    ///   - isRevision: Whether it is a revision.
    ///   - platform: `knative` or `cloud-run`.
    func tell(
        _ collector: inout EvidenceCollector,
        name: String?,
        isRevision: Bool = true,
        platform: String = "knative"
    ) {
        var subject = Subject()
        subject.platform = platform
        if isRevision { subject.revision = name } else { subject.service = name }
        for condition in conditions {
            guard let type = condition.type else { continue }
            let time = condition.time.flatMap(LogTime.of)
            if condition.status == "True" {
                switch type.string {
                case "ContainerHealthy": collector.note(.containerHealthy, type, about: subject, at: time)
                case "Ready": collector.note(.running, type, about: subject, at: time)
                default: continue
                }
                continue
            }
            guard let reason = condition.reason else {
                if let message = condition.message { collector.take(message, about: subject, at: time) }
                continue
            }
            if let kind = kind(of: reason.string) {
                let code = reason.string.hasPrefix("ExitCode") ? Int(reason.string.dropFirst(8)) : nil
                collector.note(kind, reason, about: subject, at: time, name: reason.string, number: code)
            } else if let message = condition.message, message.has(Self.containerFailed) {
                // A service repeats the message of its revision, without the exit code that is the reason there.
                collector.note(
                    .containerUnhealthy,
                    message,
                    about: subject,
                    at: time,
                    name: reason.string,
                    mark: Self.containerFailed
                )
            } else {
                collector.take(reason, about: subject, at: time)
            }
            if let message = condition.message { collector.take(message, about: subject, at: time) }
        }
    }

    private func kind(of reason: String) -> FactKind? {
        switch reason {
        case "NoTraffic": .noTraffic
        case "ContainerMissing": .imageMissing
        case "Unschedulable": .schedulingFailed
        case let reason where reason.hasPrefix("ExitCode"): .containerUnhealthy
        default: nil
        }
    }
}
