import SourcePlaces

/// Rules about the names and values of fields.
enum FieldRules {
    /// The fields of each handler, with those that Cloud Run does not have.
    private static let handlerFields: [Probe.Handler: [String]] = [
        .httpGet: ["path", "port", "httpHeaders", "httpHeader", "host", "scheme"],
        .tcpSocket: ["port", "host"], .grpc: ["port", "service"], .exec: ["command"],
    ]
    private static let notOnCloudRun: Set<String> = ["host", "scheme"]

    /// Returns the nearest of some names that is plausibly the same word.
    static func near(_ name: String, _ known: some Sequence<String>) -> String? {
        let canonical = CanonicalName.of(name)
        return NearestName.of(canonical, among: known)
    }

    /// Whether a key is plausibly the name of a handler.
    static func looksLikeHandler(_ key: String) -> Bool {
        near(key, Probe.Handler.allCases.map(\.rawValue)) != nil
    }

    /// Keys that a probe, its handler or its container does not have.
    static func unknownFields(_ context: RuleContext) -> [FindingDraft] {
        // A module's own names are not known; gcloud's are looked at where they are read.
        switch context.workload.form {
        case .terraformModule, .commandLine: return []
        default: break
        }
        return misplacedProbes(context)
            + context.probes.flatMap { _, probe -> [FindingDraft] in
                probe.node.entries.flatMap { entry -> [FindingDraft] in
                    guard let handler = Probe.Handler(rawValue: entry.name), isSpelled(entry, context) else {
                        return [unknownField(entry, of: probe, context)].compactMap { $0 }
                    }
                    return Probe.content(of: entry).entries
                        .compactMap { unknownField($0, of: handler, entry, probe, context) }
                }
            }
    }

    /// Whether a name is written as its form writes names.
    private static func isSpelled(_ entry: ConfigurationEntry, _ context: RuleContext) -> Bool {
        entry.key == context.workload.form.spelled(entry.name)
    }

    private static func unknownField(
        _ entry: ConfigurationEntry,
        of probe: Probe,
        _ context: RuleContext
    ) -> FindingDraft? {
        let known = fields(of: probe, context)
        if known.contains(entry.name), isSpelled(entry, context) { return nil }
        let all = known + Probe.Handler.allCases.map(\.rawValue)
        for (handler, fields) in handlerFields
        where fields.contains(entry.name) && probe.node.entry(handler.rawValue) != nil {
            return FindingDraft(
                entry.keyRange,
                "\(entry.key) stands beside \(context.workload.form.spelled(handler.rawValue)) and belongs inside it; here "
                    + "it is no field of a probe"
            )
        }
        return unknown(entry, all, in: "the \(probe.kind.title)", probe.node, context)
    }

    private static func unknownField(
        _ entry: ConfigurationEntry,
        of handler: Probe.Handler,
        _ parent: ConfigurationEntry,
        _ probe: Probe,
        _ context: RuleContext
    ) -> FindingDraft? {
        let known = handlerFields[handler] ?? []
        if known.contains(entry.name), isSpelled(entry, context) {
            guard context.isCloudRun, notOnCloudRun.contains(entry.name) else { return nil }
            return FindingDraft(
                entry.keyRange,
                "Cloud Run has no \(entry.key) in \(parent.key); it asks the instance over plain HTTP",
                severity: context.workload.form == .cloudRunV1 ? .warn : .error
            )
        }
        let field = Probe.Field(rawValue: CanonicalName.of(entry.name))
        guard let field, fields(of: probe, context).contains(field.rawValue) else {
            return unknown(entry, known, in: parent.key, Probe.content(of: parent), context)
        }
        let takes = probe.entry(field) == nil ? "the default of \(field.standard)" : "the one beside \(parent.key)"
        return FindingDraft(
            entry.keyRange,
            "\(entry.key) stands inside \(parent.key) and belongs beside it: it is dropped or refused, and \(takes) counts",
            fix: context.workload.form.isTerraform
                ? nil : OutdentedLines.fix(entry, in: parent, of: probe, context.file)
        )
    }

    private static func unknown(
        _ entry: ConfigurationEntry,
        _ known: [String],
        in place: String,
        _ node: ConfigurationNode,
        _ context: RuleContext
    ) -> FindingDraft {
        let spelled = known.map(context.workload.form.spelled)
        let hint = near(entry.key, known).map(context.workload.form.spelled)
        let mayRename = hint.map { hint in !node.entries.contains { $0.key == hint } } ?? false
        let fix = hint.flatMap { rename(entry, to: $0, in: context.file) }
        return FindingDraft(
            entry.keyRange,
            "\(place) has no field \(entry.key); " + (hint.map { "did you mean \($0)?" } ?? "it has ")
                + (hint == nil ? spelled.joined(separator: ", ") : ""),
            fix: mayRename ? fix : fix?.asProposal
        )
    }

    private static func rename(_ entry: ConfigurationEntry, to name: String, in file: SourceFile) -> LintFix? {
        guard !entry.isMerged else { return nil }
        let isQuoted = file.bytes[entry.keyRange.lowerBound] < UInt8(ascii: "0")
        let range = isQuoted ? entry.keyRange.lowerBound + 1..<entry.keyRange.upperBound - 1 : entry.keyRange
        return LintFix.of([LintFix.Edit(range: range, replacement: name)], in: file)
    }

    /// The fields that a probe may have, by what the form knows.
    static func fields(of probe: Probe, _ context: RuleContext) -> [String] {
        Probe.Field.allCases
            .filter { field in
                switch (context.workload.form, field) {
                case (.cloudRunV1, .terminationGracePeriodSeconds), (.cloudRunV2, .terminationGracePeriodSeconds),
                    (.terraformV1, .terminationGracePeriodSeconds), (.terraformV2, .terminationGracePeriodSeconds):
                    false
                case (.cloudRunV2, .successThreshold), (.terraformV2, .successThreshold),
                    (.terraformV1, .successThreshold):
                    probe.kind == .readiness
                default: true
                }
            }
            .map(\.rawValue)
    }

    private static func misplacedProbes(_ context: RuleContext) -> [FindingDraft] {
        context.workload.misplacedProbes.map { entry in
            FindingDraft(entry.keyRange, "\(entry.key) stands beside the containers and belongs inside one of them")
        }
            + context.workload.containers.flatMap(\.misnamedProbes)
            .map { entry in
                let known = Probe.Kind.allCases.map(\.rawValue)
                let hint = near(entry.key, known) ?? known.first { $0.lowercased() == entry.name.lowercased() }
                let spelled = hint.map(context.workload.form.spelled)
                return FindingDraft(
                    entry.keyRange,
                    "a container has no \(entry.key); "
                        + (spelled.map { "did you mean \($0)?" } ?? "it has \(known.joined(separator: ", "))"),
                    fix: spelled.flatMap { rename(entry, to: $0, in: context.file) }
                )
            }
    }
}
