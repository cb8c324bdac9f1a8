/// Rules about Knative's queue-proxy, which runs the readiness probe itself.
enum KnativeRules {
    /// Thresholds that the aggressive mode does not take.
    static func aggressiveWithThresholds(_ context: RuleContext) -> [FindingDraft] {
        readinessProbes(context)
            .flatMap { probe -> [FindingDraft] in
                guard let period = period(of: probe), period == 0 else { return [] }
                return [Probe.Field.failureThreshold, .timeoutSeconds]
                    .compactMap { field in
                        guard let entry = probe.entry(field), let number = probe.number(field), number != 0 else {
                            return nil
                        }
                        let given = probe.entry(.periodSeconds) == nil ? "is not given, which is 0" : "is 0"
                        return FindingDraft(
                            entry.place,
                            "Knative refuses \(entry.key) where periodSeconds \(given): it then asks every 50 ms by itself"
                        )
                    }
            }
    }

    /// Knative puts no default period in: what is not given is 0.
    private static func period(of probe: Probe) -> Int? {
        probe.entry(.periodSeconds) == nil ? 0 : probe.number(.periodSeconds)
    }

    /// A delay that the queue-proxy does not wait for.
    static func ignoredTiming(_ context: RuleContext) -> [FindingDraft] {
        readinessProbes(context)
            .compactMap { probe in
                guard let entry = probe.entry(.initialDelaySeconds), probe.number(.initialDelaySeconds) ?? 0 > 0 else {
                    return nil
                }
                return FindingDraft(
                    entry.place,
                    "one report for Knative 1.8 saw the readiness probe run at once and every second during the start, "
                        + "whatever its delay and period; unverified for today's Knative"
                )
            }
    }

    private static func readinessProbes(_ context: RuleContext) -> [Probe] {
        guard context.workload.platform == .knative else { return [] }
        return context.probes.map(\.probe).filter { $0.kind == .readiness }
    }
}
