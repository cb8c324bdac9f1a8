import SourcePlaces

/// Rules about where a probe knocks.
enum PortRules {
    /// A name that no port of the container has.
    static func unknownPortName(_ context: RuleContext) -> [FindingDraft] {
        guard !context.isCloudRun, !context.workload.isPartial else { return [] }
        return context.probes.flatMap { container, probe -> [FindingDraft] in
            probe.handlers.compactMap { kind, handler in
                guard kind != .grpc, let entry = Probe.content(of: handler).entry("port"), let name = entry.value.text,
                    Int(name) == nil, !PlaceholderText.isPlaceholder(name), !container.isConditional,
                    !container.ports.contains(where: { $0.name == name || $0.isUnknown })
                else { return nil }
                let names = container.ports.compactMap(\.name)
                let hint =
                    NearestName.of(name, among: names) ?? names.first { $0.hasPrefix(name) || name.hasPrefix($0) }
                let known =
                    hint.map { "; did you mean \"\($0)\"?" } ?? (names.isEmpty ? "; its ports have no names" : "")
                return FindingDraft(
                    entry.place,
                    "no port of \(container.title) is named \"\(name)\": every attempt of the "
                        + "\(probe.kind.title) is an error, which never counts: " + effect(of: probe.kind) + known,
                    fix: hint.flatMap { LintFix.replacing(entry, with: $0, in: context.file)?.asProposal }
                )
            }
        }
    }

    private static func effect(of kind: Probe.Kind) -> String {
        switch kind {
        case .startup: "the container never counts as started, and is never killed"
        case .liveness: "the container is never killed"
        case .readiness: "the pod never becomes ready"
        }
    }

    /// What a probe of Cloud Run knocks at and what the container is told to listen on.
    static func otherPort(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun else { return [] }
        return ignoredPort(context) + loopback(context) + mismatch(context)
    }

    private static func ignoredPort(_ context: RuleContext) -> [FindingDraft] {
        context.workload.ignoredInputs.filter { $0.name == "port" }
            .map { input in
                FindingDraft(
                    input.keyRange,
                    "the deploy action has no input \"port\" and ignores it: the container port stays what it was, 8080 "
                        + "for a new service, and the program gets that as PORT; write --port=\(input.value.text ?? "PORT") "
                        + "into `flags`",
                    severity: .info
                )
            }
    }

    private static func mismatch(_ context: RuleContext) -> [FindingDraft] {
        let workload = context.workload
        guard workload.kind == .service, !workload.isPartial, let container = workload.ingressContainer,
            !container.isConditional
        else { return [] }
        let isDeclared = !container.ports.isEmpty
        // A service that exists keeps its port where a command line names none; a module has its own default.
        guard isDeclared || workload.form != .commandLine && workload.form != .terraformModule,
            let port = isDeclared ? container.ports[0].number : 8080
        else { return [] }
        return container.probes.compactMap { probe in
            guard probe.template == nil, let handler = probe.onlyHandler, handler.kind != .exec,
                let entry = Probe.content(of: handler.entry).entry("port"),
                let number = entry.value.text.flatMap({ Int($0) }), number != port, number > 0
            else { return nil }
            return FindingDraft(
                entry.place,
                "the \(probe.kind.title) of \(container.title) asks port \(number), and the container port is \(port)"
                    + (isDeclared ? "" : " (the default)")
                    + ", which the program gets as PORT and requests go to: is that where it listens?"
            )
        }
    }

    private static func loopback(_ context: RuleContext) -> [FindingDraft] {
        context.probes.compactMap { container, probe in
            guard let handler = probe.onlyHandler, handler.kind != .exec, let why = LoopbackListener.reason(container),
                handler.kind == .tcpSocket || !why.isDefault
            else { return nil }
            let place = Probe.content(of: handler.entry).entry("port")?.place ?? handler.entry.keyRange
            return FindingDraft(
                place,
                "\(container.title) listens on 127.0.0.1 alone (\(why.text)), and Cloud Run probes the instance's address: "
                    + "the \(probe.kind.title) never passes; let it listen on 0.0.0.0"
            )
        }
    }
}

extension LintFix {
    /// The same lines without the edits.
    var asProposal: LintFix { .proposal(snippet) }
}

/// Tells by image, arguments and environment that a program listens on the loopback address alone.
enum LoopbackListener {
    /// Why that is so.
    struct Reason {
        /// The words.
        let text: String
        /// Whether it is the program's default, which nothing in the file changes.
        let isDefault: Bool
    }

    /// Returns the reason, `nil` where nothing tells.
    static func reason(_ container: ProbedContainer) -> Reason? {
        let words = container.words
        if words.contains(where: { $0.contains("0.0.0.0") || $0.contains("[::]") }) { return nil }
        if let word = words.first(where: listensOnLoopback) { return Reason(text: "\"\(word)\"", isDefault: false) }
        // `--host 127.0.0.1` in two words.
        for (flag, address) in zip(words, words.dropFirst()) where isLoopback(address) && isOfListening(flag) {
            return Reason(text: "\"\(flag) \(address)\"", isDefault: false)
        }
        guard let image = container.image, isDatabaseProxy(image),
            !words.contains(where: { $0.hasPrefix("--address") || $0.hasPrefix("-a=") || $0.contains("_ADDRESS=") })
        else { return nil }
        return Reason(text: "the default of a database proxy without --address", isDefault: true)
    }

    private static func listensOnLoopback(_ word: String) -> Bool {
        guard let equals = word.firstIndex(of: "=") else { return false }
        return isOfListening(String(word[..<equals])) && isLoopback(String(word[word.index(after: equals)...]))
    }

    private static func isOfListening(_ name: String) -> Bool {
        let name = name.lowercased()
        let isFlag = name.hasPrefix("-")
        let words = ["host", "bind", "listen", "address", "addr"]
        // In the environment only plain names say where a program itself listens: DB_HOST does not.
        return isFlag
            ? name == "-b" || words.contains { name.hasSuffix($0) } : words.contains(name) || name == "bind_address"
    }

    private static func isLoopback(_ address: String) -> Bool {
        ["127.0.0.1", "localhost", "[::1]"].contains { address == $0 || address.hasPrefix($0 + ":") }
    }

    private static func isDatabaseProxy(_ image: String) -> Bool {
        let name = image.split(separator: "/").last.map { $0.prefix { $0 != ":" && $0 != "@" } } ?? ""
        return name.contains("proxy") && ["sql", "alloydb"].contains { name.contains($0) }
    }
}
