import Domain

extension ProbeConfiguration {
    /// Returns the warnings that need knowledge of the service, or judge the choice of numbers.
    func warnings(in context: ProbeContext) -> [ProbeViolation] {
        var found: [ProbeViolation] = []
        func warn(_ rule: ProbeViolation.Rule, _ field: String, _ reason: String) {
            found.append(ProbeViolation(rule: rule, severity: .warning, field: field, reason: reason))
        }
        if let path = handler.path {
            if failureThreshold == 1 {
                warnOfSingleTry(context, warn)
            }
            if let ready = context.timeToReady, failureThreshold > 1, ready > lastAttempt {
                warn(
                    .readyTooLate,
                    "failureThreshold",
                    "the service answers after \(ready.text), the last attempt begins "
                        + "\(lastAttempt.text) after the start: one period before threshold times period"
                )
            }
            if path == "/healthz" {
                warn(.reservedPath, "httpGet.path", "/healthz cannot be fetched from outside the platform")
            }
        } else if handler.onlyConnects, let listens = context.timeToListen, let full = context.timeToFull,
            listens < full
        {
            warn(
                .passesTooEarly,
                "tcpSocket",
                "the port opens after \(listens.text) and everything is loaded after \(full.text): "
                    + "requests come before the service is ready"
            )
        }
        if let cpu = context.cpu, cpu.billing == .requestBased,
            let ready = handler.onlyConnects ? context.timeToListen : context.timeToReady,
            let full = context.timeToFull, ready < full
        {
            warn(
                .backgroundStarves,
                handler.path == nil ? handler.fieldName : "httpGet.path",
                "the probe passes after \(ready.text), the load ends after \(full.text), and with "
                    + "request-based CPU the rest of it runs only during requests"
            )
        }
        if handler.path != nil, period >= .seconds(10), failureThreshold > 1 {
            warn(
                .coarsePeriod,
                "periodSeconds",
                "the start is rounded up to the next attempt, up to \(period.text) late, "
                    + "and a request without an instance may be refused after 10 s"
            )
        }
        return found
    }

    private func warnOfSingleTry(
        _ context: ProbeContext,
        _ warn: (ProbeViolation.Rule, String, String) -> Void
    ) {
        if let listens = context.timeToListen {
            guard listens > initialDelay else { return }
            warn(
                .singleTryTooEarly,
                "failureThreshold",
                "an HTTP attempt is one try: it is made \(initialDelay.text) after the start, "
                    + "the server listens after \(listens.text), and timeoutSeconds does not keep it trying"
            )
        } else if initialDelay == .zero {
            warn(
                .singleTryTooEarly,
                "failureThreshold",
                "an HTTP attempt is one try: a server that does not listen about 0.2 s after the start is given up, "
                    + "and timeoutSeconds does not keep it trying"
            )
        }
    }
}
