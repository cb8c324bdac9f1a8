import Domain

extension ProbeConfiguration {
    /// Returns what is wrong with the configuration, errors first, in a fixed order.
    ///
    /// Cloud Run's documents disagree on the limits: the newest allow 600 s (1800 s with a GPU) for the delay, the
    /// period, the timeout and the product of threshold and period; older ones and the comments of the API say 240 s.
    /// Which the API enforces for a single field is unverified, so only what breaks both is an error, and the
    /// warning carries both numbers.
    package func violations(in context: ProbeContext = ProbeContext()) -> [ProbeViolation] {
        let found =
            rangeViolations(in: context) + crossViolations(in: context) + handlerViolations(in: context)
            + warnings(in: context)
        return found.filter { $0.severity == .error } + found.filter { $0.severity == .warning }
    }

    /// Whether the platform would refuse the configuration.
    package var isRefused: Bool {
        violations().contains { $0.severity == .error }
    }

    /// The limit that older documents and the API's comments state.
    private static let olderLimit = Duration.seconds(240)

    private static func limit(_ context: ProbeContext) -> Duration {
        context.limits == .former ? olderLimit : .seconds(context.hasGPU ? 1800 : 600)
    }

    /// Whether a value that keeps the limit breaks the former one, which may be the one that counts.
    private static func isAboveOlder(_ value: Duration, _ context: ProbeContext) -> Bool {
        context.limits == .disputed && value > olderLimit
    }

    private func rangeViolations(in context: ProbeContext) -> [ProbeViolation] {
        let limit = Self.limit(context)
        let fields: [(name: String, value: Duration, minimum: Duration)] = [
            ("initialDelaySeconds", initialDelay, .zero),
            ("timeoutSeconds", timeout, .seconds(1)),
            ("periodSeconds", period, .seconds(1)),
        ]
        var found: [ProbeViolation] = []
        for field in fields {
            if field.value < field.minimum || field.value > limit {
                let range = "\(field.minimum.secondsText) to \(limit.text)"
                let older = "older documents: at most \(Self.olderLimit.text)"
                let reason = "\(field.name) is \(field.value.text), the range is \(range) (\(older))"
                found.append(ProbeViolation(rule: .outOfRange, severity: .error, field: field.name, reason: reason))
            } else if !field.value.isWholeSeconds {
                let reason = "\(field.name) is \(field.value.text), the field takes whole seconds"
                found.append(.init(rule: .notWholeSeconds, severity: .error, field: field.name, reason: reason))
            } else if Self.isAboveOlder(field.value, context) {
                found.append(Self.olderLimitWarning(field.name, field.value, limit))
            }
        }
        if failureThreshold < 1 {
            let reason = "failureThreshold is \(failureThreshold), the minimum is 1"
            found.append(.init(rule: .outOfRange, severity: .error, field: "failureThreshold", reason: reason))
        }
        return found
    }

    private func crossViolations(in context: ProbeContext) -> [ProbeViolation] {
        var found: [ProbeViolation] = []
        if timeout > period {
            let reason =
                "timeoutSeconds \(timeout.secondsText) is above periodSeconds \(period.secondsText), "
                + "and attempts must not overlap: the deployment is refused"
            found.append(
                ProbeViolation(
                    rule: .timeoutAbovePeriod,
                    severity: .error,
                    field: "timeoutSeconds",
                    reason: reason,
                    deployError: "spec.template.spec.containers[0].startup_probe.timeout_seconds: "
                        + "must be less than period_seconds"
                )
            )
        }
        let limit = Self.limit(context)
        let field = "failureThreshold * periodSeconds"
        if budget > limit {
            let reason =
                "\(field) is \(budget.text), the cap is \(limit.text) "
                + "(older documents: \(Self.olderLimit.text))"
            found.append(ProbeViolation(rule: .budgetAboveCap, severity: .error, field: field, reason: reason))
        } else if Self.isAboveOlder(budget, context) {
            found.append(Self.olderLimitWarning(field, budget, limit))
        }
        return found
    }

    private static func olderLimitWarning(_ field: String, _ value: Duration, _ limit: Duration) -> ProbeViolation {
        let reason =
            "\(field) is \(value.text): the newest documents allow \(limit.text), older ones and the "
            + "API's comments \(olderLimit.text), and which one is enforced is unverified"
        return ProbeViolation(rule: .aboveOlderLimit, severity: .warning, field: field, reason: reason)
    }

    private func handlerViolations(in context: ProbeContext) -> [ProbeViolation] {
        var found: [ProbeViolation] = []
        if let path = handler.path, !path.hasPrefix("/") {
            let what = path.isEmpty ? "is empty" : "\"\(path)\" does not begin with a slash"
            let reason = "the path \(what); write the whole path, such as /health"
            found.append(.init(rule: .invalidPath, severity: .error, field: "httpGet.path", reason: reason))
        }
        if let port = handler.port {
            let field = handler.fieldName + ".port"
            if !(1...65_535).contains(port) {
                let reason = "the port is \(port), the range is 1 to 65535"
                found.append(ProbeViolation(rule: .invalidPort, severity: .error, field: field, reason: reason))
            } else if port != context.containerPort {
                let reason =
                    "the probe asks port \(port), the container's port is \(context.containerPort): "
                    + "a server that listens only there never satisfies it"
                found.append(ProbeViolation(rule: .otherPort, severity: .warning, field: field, reason: reason))
            }
        }
        return found
    }
}
