/// The fields beside containers that API v2 and Terraform's resources of it share.
enum CloudRunV2Fields {
    /// Fills a workload from a service, a job or a worker pool.
    ///
    /// - Parameters:
    ///   - workload: The workload.
    ///   - service: The service, job or pool.
    ///   - template: Its template.
    ///   - inner: What holds the containers: the template itself, or that of a job's task.
    ///   - reader: The reader of containers.
    static func fill(
        _ workload: inout Workload,
        service: ConfigurationNode,
        template: ConfigurationNode,
        inner: ConfigurationNode,
        _ reader: ContainerReader
    ) {
        workload.containers = reader.containers(of: inner)
        workload.isPartial = workload.containers.contains { $0.image == nil && !$0.isConditional }
        workload.templateAnnotations = template.at("annotations")?.entries ?? []
        workload.hasGPU = gpu(inner)
        workload.isInternal = service["ingress"].map { $0.text.map { $0 != "INGRESS_TRAFFIC_ALL" } ?? true } ?? false
        workload.misplacedProbes = inner.entries.filter { Probe.Kind(rawValue: $0.name) != nil }
        for (_, container) in inner.all(["containers"]) {
            // The container that takes the requests needs no name.
            let name = container["name"]?.text ?? ""
            for (_, other) in container.all(["dependsOn"]) {
                guard let on = other.text else { continue }
                workload.dependencies.append(Workload.Dependency(container: name, on: on, range: other.range))
            }
        }
        workload.memoryLimits = ContainerReader.memoryLimits(of: inner)
        workload.keepsCPU = inner.all(["containers"]).contains { $0.node.at("resources", "cpuIdle")?.text == "false" }
        let scaling = service.at("scaling")
        let isAutomatic = scaling?["scalingMode"]?.text == "AUTOMATIC"
        if let count = scaling?.entry("manualInstanceCount"), count.value.text == "0", !isAutomatic {
            workload.disabledAt = count.place
        }
    }

    /// Whether there is a GPU; `nil` where a condition or an unknown value decides.
    private static func gpu(_ inner: ConfigurationNode) -> Bool? {
        if ManifestReader.hasGPU(inner) { return true }
        let limits = inner.all(["containers"]).compactMap { $0.node.at("resources", "limits") }
        if inner.entry("nodeSelector")?.isConditional ?? false { return nil }
        return limits.contains { $0.unknownText != nil } ? nil : false
    }
}
