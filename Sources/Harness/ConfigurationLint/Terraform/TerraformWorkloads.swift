import HCLSyntax

/// Makes workloads of Terraform's resources and of the arguments of modules.
struct TerraformWorkloads {
    let file: SourceFile
    /// The platform that a person named.
    let platform: LintPlatform?

    private static let v2: [String: WorkloadKind] = [
        "google_cloud_run_v2_service": .service, "google_cloud_run_v2_job": .job,
        "google_cloud_run_v2_worker_pool": .workerPool,
    ]

    /// Whether a type of resource may describe containers.
    static func knows(_ type: String) -> Bool {
        v2[type] != nil || type == "google_cloud_run_service" || type.hasPrefix("kubernetes_")
            || type == "kubectl_manifest"
    }

    /// Returns the workloads of blocks.
    func workloads(of blocks: [TerraformBlock]) -> [Workload] {
        blocks.flatMap { block -> [Workload] in
            switch block.type {
            case "google_cloud_run_service": return [serviceV1(block)]
            case "module": return module(block).map { [$0] } ?? []
            case "kubernetes_manifest": return manifest(block.root["manifest"])
            case "kubectl_manifest": return manifest(block.root["yamlBody"])
            default:
                if let kind = Self.v2[block.type] { return [resourceV2(block, kind)] }
                return pods(block)
            }
        }
    }

    private func workload(
        _ block: TerraformBlock,
        _ platform: LintPlatform,
        _ form: WorkloadForm,
        _ kind: WorkloadKind
    ) -> Workload {
        var workload = Workload(file: file, platform: platform, form: form, kind: kind, range: block.root.range)
        workload.instance = block.instance
        return workload
    }

    private func resourceV2(_ block: TerraformBlock, _ kind: WorkloadKind) -> Workload {
        var workload = workload(block, .cloudRun, .terraformV2, kind)
        guard let template = block.root.at("template") else { return workload }
        let inner = kind == .job ? template.at("template") ?? template : template
        let reader = ContainerReader(file: file)
        CloudRunV2Fields.fill(&workload, service: block.root, template: template, inner: inner, reader)
        return workload
    }

    private func serviceV1(_ block: TerraformBlock) -> Workload {
        var workload = workload(block, .cloudRun, .terraformV1, .service)
        guard let template = block.root.at("template"), let inner = template.at("spec") else { return workload }
        workload.containers = ContainerReader(file: file).containers(of: inner)
        workload.templateAnnotations = template.at("metadata", "annotations")?.entries ?? []
        workload.hasGPU = ManifestReader.hasGPU(inner)
        workload.memoryLimits = ContainerReader.memoryLimits(of: inner)
        let annotations = (block.root.at("metadata", "annotations")?.entries ?? []) + workload.templateAnnotations
        let isAutomatic = annotations.contains {
            $0.key == "run.googleapis.com/scalingMode" && $0.value.text == "automatic"
        }
        for annotation in annotations {
            switch annotation.key {
            case "run.googleapis.com/container-dependencies":
                workload.dependencies += DependencyAnnotation.dependencies(in: annotation.value, file)
            case "run.googleapis.com/manualInstanceCount" where annotation.value.text == "0" && !isAutomatic:
                workload.disabledAt = annotation.keyRange
            case "run.googleapis.com/ingress": workload.isInternal = annotation.value.text != "all"
            case "run.googleapis.com/cpu-throttling": workload.keepsCPU = annotation.value.text == "false"
            default: break
            }
        }
        return workload
    }

    private func manifest(_ root: ConfigurationNode?) -> [Workload] {
        guard let root else { return [] }
        return ManifestReader(file: file, chosen: platform, templates: []).content(of: root).workloads
    }

    /// Returns the pods of a resource of the Kubernetes provider.
    private func pods(_ block: TerraformBlock) -> [Workload] {
        descriptions(in: block.root, depth: 0)
            .map { inner in
                var workload = workload(block, .kubernetes, .terraformKubernetes, .pod)
                workload.containers = ContainerReader(file: file).containers(of: inner)
                return workload
            }
    }

    private func descriptions(in node: ConfigurationNode, depth: Int) -> [ConfigurationNode] {
        guard depth < 16 else { return [] }
        if node.all(["container", "initContainer"]).contains(where: { $0.node.isMapping }) { return [node] }
        return (node.entries.map(\.value) + node.elements).flatMap { descriptions(in: $0, depth: depth + 1) }
    }

    // MARK: Modules

    /// Returns the probes among the arguments of a module; `nil` where there are none.
    ///
    /// What the module makes of them is not known: what is not there may be filled in.
    private func module(_ block: TerraformBlock) -> Workload? {
        let source = block.root["source"]?.text?.lowercased() ?? ""
        let isCloudRun = ["cloud-run", "cloud_run", "cloudrun"].contains(where: source.contains)
        let isOther = ["kubernetes", "helm", "/eks", "/aks", "/gke"].contains(where: source.contains)
        let holders = probeHolders(in: block.root, depth: 0)
        let unevaluated = block.root.entries.filter { entry in
            Probe.Kind(rawValue: entry.name) == nil && entry.value.unknownText?.contains("_probe") ?? false
        }
        guard !holders.isEmpty || !unevaluated.isEmpty else { return nil }
        let guess: LintPlatform = isOther && !isCloudRun ? .kubernetes : .cloudRun
        var workload = workload(block, platform ?? guess, .terraformModule, .service)
        workload.isPlatformGuessed = platform == nil && !isCloudRun
        workload.isPartial = true
        workload.hasGPU = nil
        workload.unevaluated = unevaluated
        let reader = ContainerReader(file: file)
        workload.containers = holders.map { reader.container($0.node, $0.entry, isInit: false) }
        return workload
    }

    private func probeHolders(
        in node: ConfigurationNode,
        _ entry: ConfigurationEntry? = nil,
        depth: Int
    ) -> [(node: ConfigurationNode, entry: ConfigurationEntry)] {
        guard depth < 16 else { return [] }
        let isHolder = node.entries.contains {
            Probe.Kind(rawValue: $0.name) != nil && ($0.value.isMapping || $0.value.unknownText != nil)
        }
        let own = entry ?? ConfigurationEntry(name: "", key: "", keyRange: node.range, value: node)
        return (isHolder ? [(node, own)] : [])
            + node.entries.flatMap { probeHolders(in: $0.value, $0, depth: depth + 1) }
            + node.elements.flatMap { probeHolders(in: $0, entry, depth: depth + 1) }
    }

    // MARK: The text of a file

    /// Returns the names of attributes that are given twice in one block.
    ///
    /// - Complexity: O(*n*).
    static func repeatedAttributes(in body: HCLBody) -> [Range<Int>] {
        var known: Set<String> = []
        return body.attributes.compactMap { known.insert($0.name).inserted ? nil : $0.nameRange }
            + body.blocks.flatMap { repeatedAttributes(in: $0.body) }
    }

    /// Returns the texts of all expressions in a body.
    ///
    /// - Complexity: O(*n*).
    static func texts(in body: HCLBody) -> [HCLExpression] {
        body.attributes.flatMap(\.value.templates) + body.blocks.flatMap { texts(in: $0.body) }
    }
}
