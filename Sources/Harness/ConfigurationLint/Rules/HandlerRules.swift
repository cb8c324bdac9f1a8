/// Rules about what a probe does.
enum HandlerRules {
    static func notOneHandler(_ context: RuleContext) -> [FindingDraft] {
        context.probes.compactMap { container, probe in
            let certain = probe.handlers.filter { !$0.entry.isConditional }
            if certain.count > 1 {
                let names = certain.map { context.workload.form.spelled($0.kind.rawValue) }.joined(separator: " and ")
                return FindingDraft(
                    certain[1].entry.keyRange,
                    "the \(probe.kind.title) of \(container.title) has \(names), expected exactly one handler"
                )
            }
            guard probe.handlers.isEmpty, mustHaveHandler(probe, context) else { return nil }
            let kinds = ["httpGet", "tcpSocket", "grpc"].map(context.workload.form.spelled).joined(separator: ", ")
            return FindingDraft(
                probe.entry.keyRange,
                "the \(probe.kind.title) of \(container.title) has no handler, expected one of \(kinds)"
            )
        }
    }

    /// Whether it is certain that a probe without a written handler has none.
    private static func mustHaveHandler(_ probe: Probe, _ context: RuleContext) -> Bool {
        guard !context.workload.isPartial, !probe.entry.isConditional else { return false }
        switch context.workload.form {
        // A module fills it in, gcloud keeps what the service has.
        case .terraformModule, .commandLine: return false
        default: break
        }
        // Knative puts a connection to the user's port in.
        if context.workload.platform == .knative, probe.kind == .readiness { return false }
        return !probe.node.entries.contains { FieldRules.looksLikeHandler($0.key) }
    }

    static func notOnCloudRun(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        return context.probes.flatMap { _, probe -> [FindingDraft] in
            var found: [FindingDraft] = []
            for (kind, entry) in probe.handlers {
                switch (probe.kind, kind) {
                case (_, .exec):
                    found.append(FindingDraft(entry.keyRange, "Cloud Run has no exec probes; use httpGet or grpc"))
                case (.readiness, .tcpSocket):
                    found.append(
                        FindingDraft(entry.keyRange, "Cloud Run's readiness probe takes httpGet or grpc, no tcpSocket")
                    )
                case (.liveness, .tcpSocket)
                where context.workload.form == .cloudRunV1
                    || context.workload.form == .commandLine:
                    found.append(
                        FindingDraft(
                            entry.keyRange,
                            "Cloud Run's liveness probe takes httpGet or grpc here, no tcpSocket"
                        )
                    )
                case (.readiness, .httpGet):
                    for name in ["httpHeaders", "httpHeader"] {
                        guard let headers = Probe.content(of: entry).entry(name) else { continue }
                        found.append(
                            FindingDraft(
                                headers.keyRange,
                                "the httpGet of Cloud Run's readiness probe takes no headers"
                            )
                        )
                    }
                default: break
                }
            }
            if probe.kind == .readiness, let delay = probe.entry(.initialDelaySeconds) {
                found.append(
                    FindingDraft(
                        delay.keyRange,
                        "Cloud Run's readiness probe has no \(context.name(.initialDelaySeconds)); "
                            + "it begins when the startup probe has passed"
                    )
                )
            }
            return found
        }
    }

    /// One refused connection ends the start where a single failure counts.
    static func singleAttempt(_ context: RuleContext) -> [FindingDraft] {
        context.startupProbes.compactMap { container, probe in
            guard let handler = probe.onlyHandler, let entry = probe.entry(.failureThreshold),
                probe.number(.failureThreshold) == 1, let delay = probe.number(.initialDelaySeconds)
            else { return nil }
            // A connection is tried for the whole timeout on Cloud Run, and once on Kubernetes.
            guard handler.kind == .httpGet || handler.kind == .tcpSocket && !context.isCloudRun else { return nil }
            let listens = context.measured?.timeToListen
            guard listens.map({ Double(delay) < $0 }) ?? (delay == 0) else { return nil }
            let reason =
                listens.map { "the measured start listens after \(Seconds.text($0))" }
                ?? "a program that does not listen at once is refused"
            return FindingDraft(
                entry.place,
                "\(context.name(.failureThreshold)) 1 with \(context.workload.form.spelled(handler.kind.rawValue)) and "
                    + "\(context.described(.initialDelaySeconds, of: probe)) in the startup probe of \(container.title): "
                    + "\(reason), and one refused connection ends the start; period and timeout do not help",
                fix: .proposal("\(context.name(.periodSeconds)): 5, \(context.name(.failureThreshold)): 48")
            )
        }
    }

    /// An HTTP/1 probe of a port that speaks HTTP/2 alone.
    static func http1OnHTTP2(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        return context.probes.compactMap { container, probe in
            guard let port = container.ports.first(where: { $0.name == "h2c" }), let handler = probe.onlyHandler,
                handler.kind == .httpGet
            else { return nil }
            // A port of its own may speak HTTP/1.
            let number = Probe.content(of: handler.entry)["port"]?.text.flatMap { Int($0) }
            guard number == nil || number == port.number else { return nil }
            return FindingDraft(
                handler.entry.keyRange,
                "the probe speaks HTTP/1 and the container's port is named h2c: a server of HTTP/2 alone fails it; use "
                    + "grpc or tcpSocket, or answer HTTP/1 as well"
            )
        }
    }

    /// A path that Google's front end keeps for itself.
    static func reservedPath(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun, context.workload.kind == .service, !context.workload.isInternal else { return [] }
        return context.probes.compactMap { _, probe in
            guard let handler = probe.onlyHandler, handler.kind == .httpGet,
                let path = Probe.content(of: handler.entry).entry("path"), case .scalar(let scalar) = path.value.kind,
                scalar.text == "/healthz", scalar.isWritten
            else { return nil }
            return FindingDraft(
                path.value.range,
                "the probe works, but /healthz cannot be fetched from outside on *.run.app: Google's front end answers 404"
            )
        }
    }

    /// A service name that is a method, a path, or the health service itself.
    static func suspiciousService(_ context: RuleContext) -> [FindingDraft] {
        context.probes.compactMap { _, probe in
            guard let handler = probe.onlyHandler, handler.kind == .grpc,
                let service = Probe.content(of: handler.entry).entry("service"), let name = service.value.text
            else { return nil }
            let isSuspicious =
                name.contains("/") || name.hasPrefix("grpc.health.") || name == "Health" || name.hasSuffix(".Check")
            guard isSuspicious else { return nil }
            return FindingDraft(
                service.keyRange,
                "service \"\(name)\" is the name that the health service is asked about, not its own; most servers know "
                    + "\"\" (leave it out) and the names of their own services, and answer NOT_FOUND to others"
            )
        }
    }

    static func emptyPath(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        return context.probes.compactMap { _, probe in
            guard let handler = probe.onlyHandler, handler.kind == .httpGet,
                let path = Probe.content(of: handler.entry).entry("path"), path.value.text == ""
            else { return nil }
            return FindingDraft(
                path.place,
                "the path is empty; Cloud Run refuses it: leave it out, or write \"/\"",
                fix: LintFix.replacing(path, with: "/", in: context.file)
            )
        }
    }
}
