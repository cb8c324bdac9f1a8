/// Finds workloads in the documents of YAML and JSON files.
struct ManifestReader {
    let file: SourceFile
    /// The platform that a person named, `nil` where the file is to tell.
    let chosen: LintPlatform?
    /// What template engines put something in for.
    let templates: [Placeholder]

    var reader: ContainerReader { ContainerReader(file: file, templates: templates) }

    /// What a document holds.
    enum Content {
        /// Workloads.
        case workloads([Workload])
        /// An object that is known and has no containers, such as a ConfigMap.
        case otherObject
        /// Nothing that is known.
        case foreign

        /// The workloads.
        var workloads: [Workload] {
            if case .workloads(let workloads) = self { workloads } else { [] }
        }
    }

    /// Returns what a document holds.
    ///
    /// - Complexity: O(*n*) in its size.
    func content(of root: ConfigurationNode) -> Content {
        if case .list(let elements) = root.kind {
            let workloads = elements.flatMap { content(of: $0).workloads }
            return workloads.isEmpty ? patches(root) : .workloads(workloads)
        }
        guard let version = root["apiVersion"], let kind = root["kind"]?.text else {
            let found = cloudRunV2(root, in: root)
            return found.isEmpty ? .foreign : .workloads(found)
        }
        let group = version.text ?? ""
        let found: [Workload]
        if kind == "List" || kind.hasSuffix("List"), let items = root["items"] {
            found = items.elements.flatMap { content(of: $0).workloads }
        } else if group.hasPrefix("serving.knative.dev/") || group.hasPrefix("run.googleapis.com/") {
            found = [servingObject(root, group: group, kind: kind)].compactMap { $0 }
        } else if group.hasPrefix("run.cnrm.cloud.google.com/") {
            found = root["spec"].map { cloudRunV2($0, in: root) } ?? []
        } else {
            found = podDescriptions(in: root, depth: 0).map { pod($0, root) }
        }
        return found.isEmpty ? .otherObject : .workloads(found)
    }

    // MARK: Kubernetes

    /// Finds the mappings that have containers, wherever a kind of object keeps them.
    private func podDescriptions(in node: ConfigurationNode, depth: Int) -> [ConfigurationNode] {
        guard depth < 16 else { return [] }
        if node.all(["containers", "initContainers"]).contains(where: { $0.node.isMapping }) { return [node] }
        return (node.entries.map(\.value) + node.elements).flatMap { podDescriptions(in: $0, depth: depth + 1) }
    }

    private func pod(_ description: ConfigurationNode, _ root: ConfigurationNode) -> Workload {
        var workload = Workload(
            file: file,
            platform: chosen ?? .kubernetes,
            form: .manifest,
            kind: .pod,
            range: root.range
        )
        workload.containers = reader.containers(of: description)
        // What has no image is laid over something that has.
        workload.isPartial = workload.containers.contains { $0.image == nil }
        workload.misplacedProbes = misplaced(in: description)
        workload.memoryLimits = ContainerReader.memoryLimits(of: description)
        return workload
    }

    /// Probes that stand beside the containers in place of in them.
    func misplaced(in description: ConfigurationNode) -> [ConfigurationEntry] {
        description.entries.filter { Probe.Kind(rawValue: $0.name) != nil }
    }

    /// Probes in a list of changes after RFC 6902.
    private func patches(_ root: ConfigurationNode) -> Content {
        let probes = root.elements.compactMap { change -> (Probe.Kind, ConfigurationEntry)? in
            guard change["op"] != nil, let path = change["path"]?.text, let value = change.entry("value"),
                let kind = path.split(separator: "/").last.flatMap({ Probe.Kind(rawValue: String($0)) })
            else { return nil }
            return (kind, value)
        }
        guard !probes.isEmpty else { return .foreign }
        var workload = Workload(
            file: file,
            platform: chosen ?? .kubernetes,
            isPlatformGuessed: chosen == nil,
            form: .manifest,
            kind: .pod,
            range: root.range
        )
        workload.isPartial = true
        workload.containers = probes.map { kind, entry in
            ProbedContainer(
                name: nil,
                range: entry.value.range,
                image: nil,
                ports: [],
                words: [],
                probes: [reader.probe(kind, entry, entry.value)],
                misnamedProbes: [],
                isInitContainer: false,
                isConditional: false
            )
        }
        return .workloads([workload])
    }
}
