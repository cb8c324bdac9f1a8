import Domain

extension ProbeConfiguration {
    /// Returns what the API of Kubernetes refuses in a probe; nothing relates the timeout to the period there.
    ///
    /// - Parameters:
    ///   - kind: Which probe it is: startup and liveness take one success.
    ///   - context: The container.
    /// - Returns: The violations in a fixed order.
    package func kubernetesViolations(as kind: ProbeKind, in context: ProbeContext) -> [ProbeViolation] {
        let prefix = kind.rawValue + "Probe."
        var found: [ProbeViolation] = []
        func refuse(_ rule: ProbeViolation.Rule, _ field: String, _ reason: String, _ text: String? = nil) {
            found.append(
                ProbeViolation(rule: rule, severity: .error, field: prefix + field, reason: reason, deployError: text)
            )
        }
        let times: [(field: String, value: Duration, least: Duration)] = [
            ("initialDelaySeconds", initialDelay, .zero),
            ("timeoutSeconds", timeout, .seconds(1)),
            ("periodSeconds", period, .seconds(1)),
        ]
        for time in times {
            if time.value < time.least {
                refuse(.outOfRange, time.field, "\(time.field) is \(time.value.text), the least is \(time.least.text)")
            } else if !time.value.isWholeSeconds {
                refuse(
                    .notWholeSeconds,
                    time.field,
                    "\(time.field) is \(time.value.text), the field takes whole seconds"
                )
            }
        }
        for (field, count) in [("failureThreshold", failureThreshold), ("successThreshold", successThreshold)]
        where count < 1 {
            refuse(.outOfRange, field, "\(field) is \(count), the minimum is 1")
        }
        if kind != .readiness, successThreshold > 1 {
            refuse(
                .outOfRange,
                "successThreshold",
                "successThreshold is \(successThreshold), a \(kind.rawValue) probe takes 1",
                "\(kind.rawValue)Probe.successThreshold: Invalid value: \(successThreshold): must be 1"
            )
        }
        if let port = handler.port, !(1...65_535).contains(port) {
            refuse(.invalidPort, "port", "the port is \(port), the range is 1 to 65535")
        }
        if let port = handler.port, port != context.containerPort {
            let reason =
                "the probe asks port \(port), the container's port is \(context.containerPort): "
                + "a server that listens only there never satisfies it"
            let field = prefix + "port"
            found.append(ProbeViolation(rule: .otherPort, severity: .warning, field: field, reason: reason))
        }
        return found
    }
}
