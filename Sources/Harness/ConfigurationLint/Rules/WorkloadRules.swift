/// Rules about containers beside each other and about the whole workload.
enum WorkloadRules {
    static func dependencyWithoutProbe(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        let containers = context.workload.mainContainers
        return context.workload.dependencies.compactMap { dependency in
            let waiting = dependency.container.isEmpty ? "a container without a name" : "\"\(dependency.container)\""
            guard let target = containers.first(where: { $0.name == dependency.on }) else {
                let isKnown = !containers.contains { $0.name == nil || $0.isConditional }
                guard isKnown, !context.workload.isPartial else { return nil }
                let names = containers.compactMap(\.name).map { "\"\($0)\"" }.joined(separator: ", ")
                return FindingDraft(
                    dependency.range,
                    "\(waiting) depends on \"\(dependency.on)\", which is no container here; there are \(names)"
                )
            }
            guard target.probe(.startup) == nil, !target.isConditional, !context.workload.isPartial else { return nil }
            return FindingDraft(
                dependency.range,
                "\(waiting) depends on container \"\(dependency.on)\", which has no "
                    + "\(context.workload.form.spelled("startupProbe")): Cloud Run refuses the deploy"
                    + context.instance(at: dependency.range)
            )
        }
    }

    static func disabled(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun, let place = context.workload.disabledAt else { return [] }
        return [
            FindingDraft(
                place,
                "manual scaling with 0 instances disables the service: every request gets 503, and Ready stays True"
            )
        ]
    }

    static func annotationsInV2(_ context: RuleContext) -> [FindingDraft] {
        guard context.workload.form == .cloudRunV2 || context.workload.form == .terraformV2 else { return [] }
        let domains = [
            "run.googleapis.com/", "cloud.googleapis.com/", "serving.knative.dev/", "autoscaling.knative.dev/",
        ]
        return context.workload.templateAnnotations
            .filter { annotation in domains.contains { annotation.key.hasPrefix($0) } }
            .map { annotation in
                // The name inside its quotes.
                let isQuoted = context.file.bytes[annotation.keyRange.lowerBound] == UInt8(ascii: "\"")
                return FindingDraft(
                    annotation.keyRange.lowerBound + (isQuoted ? 1 : 0)..<annotation.keyRange.upperBound,
                    "API v2 refuses the annotation \(annotation.key) in a template; it has fields of its own for this"
                )
            }
    }

    /// Liveness that kills at the first miss, before anything has said that the program has started.
    static func livenessWithoutStart(_ context: RuleContext) -> [FindingDraft] {
        guard !context.isCloudRun, !context.workload.isPartial else { return [] }
        return context.probes.compactMap { container, probe in
            guard probe.kind == .liveness, let entry = probe.entry(.failureThreshold),
                probe.number(.failureThreshold) == 1, container.probe(.startup) == nil, !container.isConditional,
                container.misnamedProbes.isEmpty
            else { return nil }
            let delay = probe.number(.initialDelaySeconds).map { "after second \($0)" } ?? "after the delay"
            return FindingDraft(
                entry.place,
                "failureThreshold 1 in the liveness probe of \(container.title) and no startupProbe: one miss \(delay) "
                    + "restarts it, also while it is still starting"
            )
        }
    }

    static func unknownFlags(_ context: RuleContext) -> [FindingDraft] {
        context.workload.unknownFlags.map { unknown in
            guard unknown.name.hasPrefix("-") || unknown.flag != nil else {
                return FindingDraft(
                    unknown.range,
                    "\(unknown.name) is no flag: the blank before it ended the value of the probe's flag; write commas "
                        + "without blanks, or the whole value in quotes"
                )
            }
            guard let flag = unknown.flag else {
                return FindingDraft(
                    unknown.range,
                    "gcloud run has no flag \(unknown.name); write "
                        + "--startup-probe=httpGet.path=PATH,httpGet.port=PORT,periodSeconds=5,failureThreshold=24",
                    fix: .proposal("--startup-probe=httpGet.path=PATH,httpGet.port=PORT")
                )
            }
            let known = GcloudReader.keys(of: flag == "--readiness-probe" ? .readiness : .startup).sorted()
            let hint = known.first { $0.hasSuffix("." + unknown.name) } ?? FieldRules.near(unknown.name, known)
            return FindingDraft(
                unknown.range,
                "\(flag) has no key \"\(unknown.name)\"; "
                    + (hint.map { "did you mean \($0)?" } ?? "it has \(known.joined(separator: ", "))"),
                fix: hint.flatMap {
                    LintFix.of([LintFix.Edit(range: unknown.range, replacement: $0)], in: context.file)
                }
            )
        }
            + context.workload.ignoredInputs.filter { $0.name != "port" }
            .map { input in
                FindingDraft(
                    input.keyRange,
                    "the deploy action has no input \"\(input.name)\" and ignores it; set the probe in `flags`: "
                        + "--startup-probe=httpGet.path=PATH"
                )
            }
    }
}
