extension ManifestReader {
    /// Returns the service, job or worker pool of an object of Knative's form; `nil` where it has no containers.
    func servingObject(_ root: ConfigurationNode, group: String, kind: String) -> Workload? {
        let isCloudRun = group.hasPrefix("run.googleapis.com/") || mentionsCloudRun(root)
        // A job keeps its containers one level deeper; a revision has no template.
        let template = root.at("spec", "template") ?? root
        let inner = template.at("spec", "template", "spec") ?? template.at("spec") ?? template
        guard !inner.all(["containers"]).isEmpty else { return nil }
        let platform = chosen ?? (isCloudRun ? .cloudRun : .knative)
        var workload = Workload(
            file: file,
            platform: platform,
            isPlatformGuessed: chosen == nil && !isCloudRun,
            form: platform == .cloudRun ? .cloudRunV1 : .manifest,
            kind: kind == "Job" ? .job : kind == "WorkerPool" ? .workerPool : .service,
            range: root.range
        )
        workload.containers = reader.containers(of: inner)
        workload.isPartial = workload.containers.contains { $0.image == nil }
        workload.misplacedProbes = misplaced(in: inner)
        workload.templateAnnotations = template.at("metadata", "annotations")?.entries ?? []
        let annotations = (root.at("metadata", "annotations")?.entries ?? []) + workload.templateAnnotations
        workload.hasGPU = Self.hasGPU(inner) || Self.hasGPU(template.at("spec") ?? inner)
        workload.isInternal = annotations.contains {
            $0.name == "run.googleapis.com/ingress" && $0.value.text.map { $0 != "all" } ?? true
        }
        workload.keepsCPU = annotations.contains {
            $0.name == "run.googleapis.com/cpu-throttling" && $0.value.text == "false"
        }
        workload.memoryLimits = ContainerReader.memoryLimits(of: inner)
        let isAutomatic = annotations.contains {
            $0.name == "run.googleapis.com/scalingMode" && $0.value.text == "automatic"
        }
        for annotation in annotations {
            if annotation.name == "run.googleapis.com/container-dependencies" {
                workload.dependencies += DependencyAnnotation.dependencies(in: annotation.value, file)
            }
            if annotation.name == "run.googleapis.com/manualInstanceCount", annotation.value.text == "0", !isAutomatic {
                // The name alone, without its domain.
                let name = annotation.keyRange.upperBound - "manualInstanceCount".utf8.count
                let isQuoted = file.bytes[annotation.keyRange.upperBound - 1] < 0x30
                workload.disabledAt = (isQuoted ? name - 1 : name)..<annotation.keyRange.upperBound
            }
        }
        return workload
    }

    private func mentionsCloudRun(_ root: ConfigurationNode) -> Bool {
        let mark = Array("run.googleapis.com/".utf8)
        let location = Array("cloud.googleapis.com/location".utf8)
        return file.text(root.range).utf8.contains(mark) || file.text(root.range).utf8.contains(location)
    }

    /// Says whether a revision's description asks for a GPU.
    static func hasGPU(_ node: ConfigurationNode) -> Bool {
        if node["nodeSelector"]?.entry("run.googleapis.com/accelerator") != nil || node["gpu"] != nil { return true }
        if node.at("nodeSelector", "accelerator") != nil { return true }
        return node.all(["containers"])
            .contains { $0.node.at("resources", "limits")?.entries.contains { $0.name == "nvidia.com/gpu" } ?? false }
    }

    /// Returns the service, job or worker pool that a message of API v2 describes.
    func cloudRunV2(_ node: ConfigurationNode, in root: ConfigurationNode) -> [Workload] {
        guard let template = node.at("template") else { return [] }
        let isJob = template.at("template") != nil
        let inner = template.at("template") ?? template
        guard inner.all(["containers"]).contains(where: { $0.node.isMapping }) else { return [] }
        guard chosen == nil || chosen == .cloudRun else { return [] }
        let isPool = root["name"]?.text?.contains("/workerPools/") ?? (root["kind"]?.text == "RunWorkerPool")
        var workload = Workload(
            file: file,
            platform: .cloudRun,
            form: .cloudRunV2,
            kind: isJob ? .job : isPool ? .workerPool : .service,
            range: root.range
        )
        CloudRunV2Fields.fill(&workload, service: node, template: template, inner: inner, reader)
        return [workload]
    }
}

extension Substring.UTF8View {
    fileprivate func contains(_ word: [UInt8]) -> Bool { firstRange(of: word) != nil }
}

extension String.UTF8View {
    fileprivate func contains(_ word: [UInt8]) -> Bool { firstRange(of: word) != nil }
}
