/// Makes containers of the trees that describe them.
struct ContainerReader {
    /// The file, for the lines that a template engine changes.
    let file: SourceFile
    /// What template engines put something in for.
    var templates: [Placeholder] = []

    /// Returns the containers under the keys of a pod's or a revision's description.
    func containers(of node: ConfigurationNode) -> [ProbedContainer] {
        let main = node.all(["containers", "container"])
        let before = node.all(["initContainers", "initContainer"])
        return before.map { container($0.node, $0.entry, isInit: true) }
            + main.map { container($0.node, $0.entry, isInit: false) }
    }

    /// Returns a container.
    ///
    /// - Parameters:
    ///   - node: Its description.
    ///   - entry: The key it stands under.
    ///   - isInit: Whether it is run before the others.
    /// - Returns: The container with its probes, ports and words.
    func container(_ node: ConfigurationNode, _ entry: ConfigurationEntry, isInit: Bool) -> ProbedContainer {
        let probes = Probe.Kind.allCases.flatMap { kind in
            node.all([kind.rawValue]).filter { !$0.node.isNull }
                .map { probe(kind, $0.entry, $0.node) }
        }
        // A key whose value a template engine writes is there, but empty.
        let templated = Probe.Kind.allCases.compactMap { kind -> Probe? in
            guard let entry = node.entry(kind.rawValue), entry.value.isNull else { return nil }
            let probe = probe(kind, entry, entry.value)
            return probe.template == nil ? nil : probe
        }
        return ProbedContainer(
            name: node["name"]?.text,
            range: node.range,
            image: node["image"]?.text ?? node["image"]?.unknownText,
            ports: ports(of: node),
            words: words(of: node),
            probes: probes + templated,
            misnamedProbes: node.entries.filter { entry in
                entry.name.lowercased().hasSuffix("probe") && Probe.Kind(rawValue: entry.name) == nil
                    || isWrittenOtherwise(entry)
            },
            isInitContainer: isInit,
            isConditional: entry.isConditional || templates.first(in: node.range) != nil
        )
    }

    /// Whether a probe's name has the right letters with underscores, which YAML does not take.
    private func isWrittenOtherwise(_ entry: ConfigurationEntry) -> Bool {
        entry.name == entry.key && entry.key.contains("_") && Probe.Kind(rawValue: CanonicalName.of(entry.key)) != nil
    }

    /// Returns a probe, with the place where a template engine puts something into it.
    func probe(_ kind: Probe.Kind, _ entry: ConfigurationEntry, _ node: ConfigurationNode) -> Probe {
        var probe = Probe(kind: kind, entry: entry, node: node)
        guard !templates.isEmpty else { return probe }
        let lines = file.block(at: entry.keyRange.lowerBound)
        let range = entry.keyRange.lowerBound..<file.rangeOfLine(lines.upperBound).upperBound
        probe.template = templates.first(in: range)?.range
        probe.isIncomplete = lines.contains(where: isOfTemplatesAlone)
        return probe
    }

    /// Whether nothing but templates is in a line, which may become lines of fields.
    private func isOfTemplatesAlone(_ line: Int) -> Bool {
        var rest = file.rangeOfLine(line)
        var holdsTemplate = false
        while let byte = rest.first.map({ file.bytes[$0] }) {
            if let template = templates.first(in: rest.lowerBound..<rest.lowerBound + 1) {
                holdsTemplate = true
                rest = min(rest.upperBound, template.range.upperBound)..<rest.upperBound
            } else if byte <= 0x20 {
                rest = rest.lowerBound + 1..<rest.upperBound
            } else {
                return false
            }
        }
        return holdsTemplate
    }

    private func ports(of node: ConfigurationNode) -> [ProbedContainer.Port] {
        node.all(["ports", "port"])
            .filter { $0.node.isMapping || $0.node.unknownText != nil }
            .map { _, port in
                ProbedContainer.Port(
                    name: port["name"]?.text,
                    number: port["containerPort"]?.text.flatMap { Int($0) },
                    isUnknown: port.unknownText != nil || port["name"]?.unknownText != nil
                )
            }
    }

    private func words(of node: ConfigurationNode) -> [String] {
        let arguments = node.all(["command", "args"]).compactMap { $0.node.text ?? $0.node.unknownText }
        let variables = node.all(["env"])
            .compactMap { _, variable -> String? in
                guard let name = variable["name"]?.text, let value = variable["value"]?.text else { return nil }
                return "\(name)=\(value)"
            }
        return arguments + variables
    }

    /// Returns the limits of memory of the containers in a pod's or a revision's description.
    static func memoryLimits(of node: ConfigurationNode) -> [ConfigurationEntry] {
        node.all(["containers", "container"]).compactMap { $0.node.at("resources", "limits")?.entry("memory") }
    }
}
