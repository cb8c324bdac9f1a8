/// Rules about seconds and thresholds.
enum TimingRules {
    /// The limit of every value and of the product until the documentation raised it, and still that of the API's comments.
    static let formerLimit = 240

    /// Returns the limit of the product; the larger one where it is not known whether there is a GPU.
    static func limit(_ workload: Workload) -> Int { workload.hasGPU == false ? 600 : 1800 }

    static func timeoutAbovePeriod(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        return context.probes.compactMap { container, probe in
            guard let timeout = probe.number(.timeoutSeconds), let period = probe.number(.periodSeconds),
                timeout > period, period > 0
            else { return nil }
            let entry = probe.entry(.timeoutSeconds) ?? probe.entry(.periodSeconds) ?? probe.entry
            let fix =
                probe.entry(.timeoutSeconds) == nil
                ? nil : LintFix.replacing(entry, with: String(period), in: context.file)
            return FindingDraft(
                entry.place,
                "\(context.described(.timeoutSeconds, of: probe)) is above "
                    + "\(context.described(.periodSeconds, of: probe)) in the \(probe.kind.title) of "
                    + "\(container.title): Cloud Run refuses the deploy" + context.instance(at: entry.place),
                fix: fix
            )
        }
    }

    /// Kubernetes runs attempts one after the other, however long they take.
    static func longAttempts(_ context: RuleContext) -> [FindingDraft] {
        guard !context.isCloudRun else { return [] }
        return context.probes.compactMap { _, probe in
            guard let timeout = probe.number(.timeoutSeconds), var period = probe.number(.periodSeconds),
                let entry = probe.entry(.timeoutSeconds)
            else { return nil }
            // Zero stands for the default, but in Knative's readiness probe.
            if period == 0, context.workload.platform == .knative, probe.kind == .readiness { return nil }
            if period == 0 { period = Probe.Field.periodSeconds.standard }
            guard timeout > period, period > 0 else { return nil }
            return FindingDraft(
                entry.place,
                "timeoutSeconds \(timeout) is above periodSeconds \(period): legal on "
                    + "\(context.workload.platform.title), where attempts never overlap; Cloud Run would refuse it"
            )
        }
    }

    static func budgetAboveLimit(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        let limit = limit(context.workload)
        return context.startupProbes.compactMap { container, probe in
            guard let (budget, entry) = budget(of: probe), budget > limit else { return nil }
            return FindingDraft(
                entry.place,
                "\(context.name(.failureThreshold)) x \(context.name(.periodSeconds)) is \(budget) s in the startup "
                    + "probe of \(container.title), above the limit of 600 s (1800 s with a GPU)"
                    + context.instance(at: entry.place)
            )
        }
    }

    static func aboveFormerLimit(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        let limit = limit(context.workload)
        return context.startupProbes.flatMap { _, probe -> [FindingDraft] in
            var places: [(what: String, seconds: Int, entry: ConfigurationEntry)] = []
            for field in [Probe.Field.initialDelaySeconds, .timeoutSeconds, .periodSeconds] {
                guard let entry = probe.entry(field), let seconds = probe.number(field) else { continue }
                places.append((context.name(field), seconds, entry))
            }
            if let (budget, entry) = budget(of: probe), !places.contains(where: { $0.entry.place == entry.place }) {
                let what = "\(context.name(.failureThreshold)) x \(context.name(.periodSeconds))"
                places.append((what, budget, entry))
            }
            return places.filter { (formerLimit + 1...limit).contains($0.seconds) }
                .map { what, seconds, entry in
                    let hasGPU = context.workload.hasGPU ?? false
                    let raised = hasGPU ? "1800 s that services with a GPU have" : "600 s of the newer documentation"
                    return FindingDraft(
                        entry.place,
                        "\(what) is \(seconds) s, above the former limit of 240 s that the API's comments still state, "
                            + "within the \(raised)",
                        severity: hasGPU ? .info : .warn
                    )
                }
        }
    }

    /// The product of threshold and period, and the entry that messages about it point at.
    private static func budget(of probe: Probe) -> (Int, ConfigurationEntry)? {
        guard let threshold = probe.number(.failureThreshold), let period = probe.number(.periodSeconds) else {
            return nil
        }
        let (budget, overflows) = threshold.multipliedReportingOverflow(by: period)
        let entries = [probe.entry(.failureThreshold), probe.entry(.periodSeconds)].compactMap { $0 }
        // With one attempt the period alone is the product.
        let entry = threshold == 1 ? entries.last : entries.first
        return entry.map { (overflows ? .max : budget, $0) }
    }

    static func outOfRange(_ context: RuleContext) -> [FindingDraft] {
        context.probes.flatMap { container, probe -> [FindingDraft] in
            Probe.Field.allCases.compactMap { field in
                guard let entry = probe.entry(field), case .number(let number) = probe.value(field),
                    let range = range(of: field, probe.kind, context.workload), !range.contains(number)
                else { return nil }
                return FindingDraft(
                    entry.place,
                    "\(context.name(field)) is \(number) in the \(probe.kind.title) of \(container.title), expected "
                        + (range.upperBound == .max
                            ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)")
                )
            }
                + portsOutOfRange(probe, container, context)
        }
    }

    /// Ports that no machine has; 0 stands for the container's own where it is not Kubernetes that reads it.
    private static func portsOutOfRange(
        _ probe: Probe,
        _ container: ProbedContainer,
        _ context: RuleContext
    ) -> [FindingDraft] {
        let lowest = context.workload.platform == .kubernetes ? 1 : 0
        return probe.handlers.compactMap { _, handler in
            guard let entry = Probe.content(of: handler).entry("port"),
                let port = entry.value.text.flatMap({ Int($0) }), !(lowest...65_535).contains(port)
            else { return nil }
            return FindingDraft(
                entry.place,
                "the port is \(port) in the \(probe.kind.title) of \(container.title), expected 1 to 65535"
            )
        }
    }

    /// The range of a field; `nil` where another rule looks at it.
    private static func range(of field: Probe.Field, _ kind: Probe.Kind, _ workload: Workload) -> ClosedRange<Int>? {
        guard workload.platform == .cloudRun else { return field == .successThreshold ? nil : 0...Int.max }
        switch (field, kind) {
        case (.successThreshold, _), (.terminationGracePeriodSeconds, _): return nil
        case (.initialDelaySeconds, .startup): return 0...limit(workload)
        case (.initialDelaySeconds, .liveness): return 0...3600
        case (.initialDelaySeconds, .readiness): return 0...Int.max
        case (.periodSeconds, .liveness), (.timeoutSeconds, .liveness): return 1...3600
        case (.periodSeconds, .readiness), (.timeoutSeconds, .readiness): return 1...300
        case (.periodSeconds, .startup), (.timeoutSeconds, .startup), (.failureThreshold, _): return 1...Int.max
        }
    }
}
