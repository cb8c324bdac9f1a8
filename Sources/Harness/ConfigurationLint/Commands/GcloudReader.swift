/// Makes workloads of the flags of `gcloud run`.
struct GcloudReader {
    let file: SourceFile

    /// The flags about probes, with the probes that they set.
    private static let probeFlags: [String: Probe.Kind] = [
        "--startup-probe": .startup, "--liveness-probe": .liveness, "--readiness-probe": .readiness,
    ]
    /// The keys in the values of those flags.
    private static let keys: Set<String> = [
        "httpGet.path", "httpGet.port", "tcpSocket.port", "grpc.port", "grpc.service", "initialDelaySeconds",
        "failureThreshold", "timeoutSeconds", "periodSeconds",
    ]
    /// The words in the names of flags that are about probes.
    private static let words = ["probe", "health", "liveness", "readiness"]

    /// Returns the keys that the flag of a probe takes.
    static func keys(of probe: Probe.Kind) -> Set<String> {
        probe == .readiness ? keys.union(["successThreshold"]) : keys
    }

    /// Returns the workload that a command describes; `nil` where it describes none.
    ///
    /// - Complexity: O(*n*) in the number of flags.
    func workload(_ command: GcloudCommand, range: Range<Int>) -> Workload? {
        guard command.describesContainers else { return nil }
        var workload = workload(
            flags: command.flags,
            kind: command.kind,
            isUpdate: command.isUpdate,
            range: range
        )
        // A blank after a comma ends the value before its last fields.
        for stray in command.strays {
            let key = stray.text.prefix { $0 != "=" }
            guard Self.keys(of: .readiness).contains(String(key)), key.count < stray.text.count else { continue }
            workload.unknownFlags.append(.init(name: stray.text, flag: nil, range: stray.range))
        }
        return workload
    }

    /// Returns the workload that flags describe.
    ///
    /// - Parameters:
    ///   - flags: The flags.
    ///   - kind: What is deployed.
    ///   - isUpdate: Whether what is not named stays as it is.
    ///   - range: The bytes of the command.
    /// - Returns: The workload; its containers are partial, for a service that exists keeps what is not named.
    func workload(flags: [GcloudCommand.Flag], kind: WorkloadKind, isUpdate: Bool, range: Range<Int>) -> Workload {
        var workload = Workload(file: file, platform: .cloudRun, form: .commandLine, kind: kind, range: range)
        workload.isPartial = isUpdate
        var parts: [[GcloudCommand.Flag]] = [[]]
        for flag in flags {
            if flag.name == "--container" { parts.append([]) }
            parts[parts.count - 1].append(flag)
        }
        for part in parts where part.contains(where: { $0.name == "--container" }) || parts.count == 1 {
            let container = container(part, range, &workload)
            workload.containers.append(container)
            for flag in part where flag.name == "--depends-on" {
                for on in flag.value.map(Self.items) ?? [] where !on.isExpanded {
                    workload.dependencies.append(
                        Workload.Dependency(container: container.name ?? "", on: on.text, range: on.range)
                    )
                }
            }
        }
        for flag in flags {
            switch flag.name {
            case "--gpu": workload.hasGPU = flag.value.map { $0.isExpanded ? nil : $0.text != "0" } ?? true
            case "--gpu-type": workload.hasGPU = true
            case "--ingress": workload.isInternal = flag.value?.text != "all"
            case "--scaling" where flag.value?.text == "0": workload.disabledAt = flag.range
            default: break
            }
            if Self.probeFlags[flag.name] == nil, Self.words.contains(where: flag.name.contains),
                !Self.otherFlags.contains(flag.name)
            {
                workload.unknownFlags.append(.init(name: flag.name, flag: nil, range: flag.range))
            }
        }
        return workload
    }

    /// Flags of gcloud that hold such a word and exist.
    private static let otherFlags: Set<String> = [
        "--default-url-health-check", "--no-default-url-health-check", "--deploy-health-check",
        "--no-deploy-health-check",
    ]

    private func container(
        _ flags: [GcloudCommand.Flag],
        _ range: Range<Int>,
        _ workload: inout Workload
    ) -> ProbedContainer {
        func value(_ name: String) -> ShellWord? { flags.last { $0.name == name }?.value }
        var probes: [Probe] = []
        for flag in flags {
            guard let kind = Self.probeFlags[flag.name], let value = flag.value, !value.bytes.isEmpty else { continue }
            let node = node(of: value, kind, flag, &workload)
            let entry = ConfigurationEntry(name: kind.rawValue, key: flag.name, keyRange: flag.range, value: node)
            probes.append(Probe(kind: kind, entry: entry, node: node))
        }
        let port = value("--port")
        return ProbedContainer(
            name: value("--container")?.text,
            range: range,
            image: value("--image")?.text,
            ports: port.map { [.init(name: value("--use-http2") == nil ? nil : "h2c", number: Int($0.text))] } ?? [],
            words: (value("--args").map(Self.items) ?? []).map(\.text),
            probes: probes,
            misnamedProbes: [],
            isInitContainer: false,
            isConditional: false
        )
    }

    /// Parts a value at its commas.
    private static func items(_ word: ShellWord) -> [ShellWord] {
        var items: [ShellWord] = []
        var start = 0
        for (place, byte) in word.bytes.enumerated() where byte == UInt8(ascii: ",") && !word.expanded[place] {
            items.append(word.part(start..<place))
            start = place + 1
        }
        return items + [word.part(start..<word.bytes.count)]
    }

    /// Returns the probe in the value of a flag, `key=value,key=value`.
    private func node(
        of word: ShellWord,
        _ kind: Probe.Kind,
        _ flag: GcloudCommand.Flag,
        _ workload: inout Workload
    ) -> ConfigurationNode {
        // `^X^` in front names another separator than the comma.
        guard word.bytes.first != UInt8(ascii: "^") else { return ConfigurationNode(.unknown(word.text), word.range) }
        var entries: [ConfigurationEntry] = []
        for item in Self.items(word) where !item.bytes.isEmpty {
            guard let equals = item.bytes.firstIndex(of: UInt8(ascii: "=")) else {
                if item.isExpanded { return ConfigurationNode(.unknown(word.text), word.range) }
                workload.unknownFlags.append(.init(name: item.text, flag: flag.name, range: item.range))
                continue
            }
            let key = item.part(0..<equals)
            let value = item.part(equals + 1..<item.bytes.count)
            guard !key.isExpanded, Self.keys(of: kind).contains(key.text) else {
                workload.unknownFlags.append(.init(name: key.text, flag: flag.name, range: key.range))
                continue
            }
            Self.add(key, value, to: &entries)
        }
        return ConfigurationNode(.mapping(entries), word.range)
    }

    /// Adds `handler.field` to the handler's entry, and anything else as an entry of its own.
    private static func add(_ key: ShellWord, _ value: ShellWord, to entries: inout [ConfigurationEntry]) {
        let scalar = ConfigurationScalar(text: value.text, isQuoted: false, isWritten: value.isWritten)
        let node =
            value.isExpanded
            ? ConfigurationNode(.unknown(value.text), value.range) : ConfigurationNode(.scalar(scalar), value.range)
        let parts = key.text.split(separator: ".", maxSplits: 1).map(String.init)
        let entry = ConfigurationEntry(name: parts[parts.count - 1], key: key.text, keyRange: key.range, value: node)
        guard parts.count == 2 else { return entries.append(entry) }
        let handler = entries.firstIndex { $0.name == parts[0] }
        let inner = (handler.map { entries[$0].value.entries } ?? []) + [entry]
        let made = ConfigurationEntry(
            name: parts[0],
            key: key.text,
            keyRange: handler.map { entries[$0].keyRange } ?? key.range,
            value: ConfigurationNode(.mapping(inner), key.range)
        )
        if let handler { entries[handler] = made } else { entries.append(made) }
    }
}
