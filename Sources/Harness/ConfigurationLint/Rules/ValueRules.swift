/// Rules about what stands in fields.
enum ValueRules {
    static func successThreshold(_ context: RuleContext) -> [FindingDraft] {
        context.probes.compactMap { container, probe in
            guard probe.kind != .readiness, let entry = probe.entry(.successThreshold),
                FieldRules.fields(of: probe, context).contains(entry.name),
                case .number(let number) = probe.value(.successThreshold),
                number != 1, number != 0 || context.isCloudRun
            else { return nil }
            return FindingDraft(
                entry.place,
                "\(entry.key) is \(number) in the \(probe.kind.title) of \(container.title): must be 1",
                fix: LintFix.replacing(entry, with: "1", in: context.file)
            )
        }
    }

    /// Values that another program or a caller puts in.
    static func unknownValues(_ context: RuleContext) -> [FindingDraft] {
        context.workload.unevaluated.map { entry in
            FindingDraft(entry.place, "\(entry.key) holds probes and is not evaluated (\(excerpt(entry))): not checked")
        }
            + unknownFields(context)
    }

    private static func unknownFields(_ context: RuleContext) -> [FindingDraft] {
        context.workload.containers.flatMap(\.probes)
            .filter { $0.template == nil }
            .flatMap { probe -> [FindingDraft] in
                let unknown = unknownEntries(of: probe)
                guard let first = unknown.first else { return [] }
                if probe.entry.isConditional || probe.isUnknown {
                    return [
                        FindingDraft(
                            probe.entry.place,
                            "the values of this \(probe.kind.title) are not in the file (\(excerpt(first))): not checked"
                        )
                    ]
                }
                return unknown.map { entry in
                    FindingDraft(entry.keyRange, "\(entry.key) is not in the file (\(excerpt(entry))): not checked")
                }
            }
    }

    private static func unknownEntries(of probe: Probe) -> [ConfigurationEntry] {
        if probe.isUnknown { return [probe.entry] }
        return probe.node.entries.flatMap { entry -> [ConfigurationEntry] in
            if Probe.Handler(rawValue: entry.name) != nil, entry.value.unknownText == nil {
                return Probe.content(of: entry).entries.filter(isUnknown)
            }
            return isUnknown(entry) ? [entry] : []
        }
    }

    private static func isUnknown(_ entry: ConfigurationEntry) -> Bool {
        if entry.value.unknownText != nil { return true }
        guard let text = entry.value.text, Int(text) == nil else { return false }
        let isNumeric = Probe.Field(rawValue: entry.name) != nil || entry.name == "port"
        return isNumeric && PlaceholderText.isPlaceholder(text)
    }

    private static func excerpt(_ entry: ConfigurationEntry) -> String {
        let text = entry.value.unknownText ?? entry.value.text ?? ""
        let line = text.prefix { !$0.isNewline }
        return line.count > 60 || line.count < text.count ? line.prefix(60) + "…" : String(line)
    }

    static func notANumber(_ context: RuleContext) -> [FindingDraft] {
        context.probes.flatMap { container, probe -> [FindingDraft] in
            Probe.Field.allCases.compactMap { field in
                guard let entry = probe.entry(field) else { return nil }
                guard case .other(let text) = probe.value(field) else { return quotedNumber(entry, context) }
                return FindingDraft(
                    entry.place,
                    "\(entry.key) is \"\(text)\" in the \(probe.kind.title) of \(container.title), expected a whole "
                        + "number of \(field.rawValue.hasSuffix("Seconds") ? "seconds" : "attempts")"
                )
            }
                + probe.handlers.compactMap { _, handler in
                    Probe.content(of: handler).entry("port").flatMap { quotedNumber($0, context) }
                }
        }
    }

    /// A number in quotes, which Kubernetes takes for a text, and as a port for a name.
    private static func quotedNumber(_ entry: ConfigurationEntry, _ context: RuleContext) -> FindingDraft? {
        guard context.workload.form == .manifest, case .scalar(let scalar) = entry.value.kind, scalar.isQuoted,
            Int(scalar.text) != nil
        else { return nil }
        let edit = LintFix.Edit(range: entry.value.range, replacement: scalar.text)
        return FindingDraft(
            entry.place,
            "\(entry.key) is the text \"\(scalar.text)\"; \(context.workload.platform.title) takes a number without "
                + "quotes",
            fix: scalar.isWritten ? LintFix.of([edit], in: context.file) : nil
        )
    }
}
