import ContainerPlatform
import Domain
import Reports

/// Advice as a configuration that a platform takes, or a scenario.
package struct AdviceFile: Sendable {
    /// What takes it.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        /// A Cloud Run service in YAML.
        case cloudRun = "cloud-run"
        /// A Kubernetes deployment in YAML.
        case kubernetes
        /// The resource `google_cloud_run_v2_service`.
        case terraform
        /// A command line of gcloud.
        case gcloud
        /// The section `platform` of a scenario.
        case scenario
    }

    private let probe: ProbeConfiguration
    /// The CPU as it is now; `nil` where it is not known, so that nothing is said of it.
    private let cpu: CPUAllocation?
    private let cpuAlways: Bool
    /// Whether the starts were those of Kubernetes, which neither withdraws nor boosts CPU.
    private let isOfKubernetes: Bool
    private let name: String
    private let image: String

    /// Creates the files of advice.
    ///
    /// - Parameters:
    ///   - advice: The advice.
    ///   - name: The service's name.
    ///   - image: The container's image.
    package init(_ advice: ProbeAdvice, name: String, image: String) {
        let cpu = advice.recorded.cpu
        let always = advice.needsCPUAlways || cpu?.billing == CPUAllocation.Billing.instanceBased.rawValue
        cpuAlways = always
        isOfKubernetes = advice.recorded.source == .kubernetes
        probe = advice.probe
        self.cpu = cpu.map {
            CPUAllocation(
                limit: $0.limit,
                billing: always ? .instanceBased : .requestBased,
                startupBoost: $0.startupBoost
            )
        }
        self.name = name
        self.image = image
    }

    /// The text in a form, whole lines.
    package func text(_ form: Form) -> String {
        switch form {
        case .cloudRun: cloudRun
        case .kubernetes: kubernetes
        case .terraform: terraform
        case .gcloud: gcloud
        case .scenario: scenario
        }
    }

    private var numbers: [(yaml: String, terraform: String, value: Int)] {
        [
            ("initialDelaySeconds", "initial_delay_seconds", Int(probe.initialDelay.seconds)),
            ("timeoutSeconds", "timeout_seconds", Int(probe.timeout.seconds)),
            ("periodSeconds", "period_seconds", Int(probe.period.seconds)),
            ("failureThreshold", "failure_threshold", probe.failureThreshold),
        ]
    }

    private var cores: String? {
        guard let limit = cpu?.limit else { return nil }
        return limit == limit.rounded() ? String(Int(limit)) : "\(Int((limit * 1000).rounded()))m"
    }

    /// Whether the file says when CPU is given: where that is known, or has to change.
    private var statesBilling: Bool { cpu != nil || cpuAlways }

    private var limitLines: [String] {
        cores.map { ["        resources:", "          limits:", "            cpu: '\($0)'"] } ?? []
    }

    private var port: Int { probe.handler.port ?? PlatformProfile.cloudRun.containerPort }

    /// What the probe asks for beside the port: a path, or a service.
    private var target: (name: String, value: String)? {
        if let service = probe.handler.service { return service.isEmpty ? nil : ("service", service) }
        return probe.handler.path.map { ("path", $0) }
    }

    /// The same in YAML, where the name of a service may look like something else.
    private var yamlTarget: String? {
        target.map { $0.name == "service" ? "service: \"\($0.value)\"" : "\($0.name): \($0.value)" }
    }

    /// The probe in YAML, as both Kubernetes and Cloud Run spell it.
    private func probeLines(indent: Int) -> [String] {
        let target = (yamlTarget.map { ["  " + $0] } ?? []) + ["  port: \(port)"]
        let handler = [probe.handler.fieldName + ":"] + target
        let lines = ["startupProbe:"] + (handler + numbers.map { "\($0.yaml): \($0.value)" }).map { "  " + $0 }
        return lines.map { String(repeating: " ", count: indent) + $0 }
    }

    private var cloudRun: String {
        var annotations: [String] = []
        if statesBilling { annotations.append("        run.googleapis.com/cpu-throttling: '\(!cpuAlways)'") }
        if let cpu { annotations.append("        run.googleapis.com/startup-cpu-boost: '\(cpu.startupBoost)'") }
        if !annotations.isEmpty { annotations = ["    metadata:", "      annotations:"] + annotations }
        let lines =
            ["apiVersion: serving.knative.dev/v1", "kind: Service", "metadata:", "  name: \(name)"]
            // Without an annotation of Cloud Run's own it would be taken for Knative's; this one changes nothing.
            + (annotations.isEmpty ? ["  annotations:", "    run.googleapis.com/client-name: coldstart"] : [])
            + ["spec:", "  template:"] + annotations
            + [
                "    spec:", "      containers:", "      - image: \(image)", "        ports:",
                "        - containerPort: \(port)",
            ] + limitLines + probeLines(indent: 8)
        return lines.joined(separator: "\n") + "\n"
    }

    private var kubernetes: String {
        let lines =
            [
                "apiVersion: apps/v1", "kind: Deployment", "metadata:", "  name: \(name)", "spec:", "  selector:",
                "    matchLabels:", "      app: \(name)", "  template:", "    metadata:", "      labels:",
                "        app: \(name)", "    spec:", "      containers:", "      - name: \(name)",
                "        image: \(image)",
                "        ports:", "        - containerPort: \(port)",
            ] + limitLines + probeLines(indent: 8)
        return lines.joined(separator: "\n") + "\n"
    }

    private var terraform: String {
        let block = probe.handler.path != nil ? "http_get" : probe.handler.service != nil ? "grpc" : "tcp_socket"
        let target = target.map { ["  \($0.name) = \"\($0.value)\""] } ?? []
        let handler = [block + " {"] + target + ["  port = \(port)", "}"]
        let probe =
            ["startup_probe {"] + (numbers.map { "\($0.terraform) = \($0.value)" } + handler).map { "  " + $0 } + ["}"]
        let resources: [String] =
            if let cpu, let cores {
                [
                    "resources {", "  limits = {", "    cpu = \"\(cores)\"", "  }",
                    "  cpu_idle          = \(!cpuAlways)", "  startup_cpu_boost = \(cpu.startupBoost)", "}",
                ]
            } else {
                cpuAlways ? ["resources {", "  cpu_idle = false", "}"] : []
            }
        let container =
            [
                "image = \"\(image)\"", "ports {", "  container_port = \(port)", "}",
            ] + resources + probe
        let lines =
            [
                "variable \"location\" {", "  type = string", "}", "",
                "resource \"google_cloud_run_v2_service\" \"\(name.replacing("-", with: "_"))\" {",
                "  name     = \"\(name)\"", "  location = var.location", "", "  template {", "    containers {",
            ] + container.map { "      " + $0 } + ["    }", "  }", "}"]
        return lines.joined(separator: "\n") + "\n"
    }

    private var gcloud: String {
        let field = probe.handler.fieldName
        let kind = (target.map { ["\(field).\($0.name)=\($0.value)"] } ?? []) + ["\(field).port=\(port)"]
        let values = (kind + numbers.map { "\($0.yaml)=\($0.value)" }).joined(separator: ",")
        var flags = ["--startup-probe=\(values)"]
        if statesBilling { flags.append(cpuAlways ? "--no-cpu-throttling" : "--cpu-throttling") }
        if let cpu { flags.append(cpu.startupBoost ? "--cpu-boost" : "--no-cpu-boost") }
        return (["gcloud run services update \(name)"] + flags).joined(separator: " \\\n  ") + "\n"
    }

    private var scenario: String {
        var handler = "type: \(probe.handler.logName.lowercased())"
        if let yamlTarget { handler += ", " + yamlTarget }
        if let port = probe.handler.port { handler += ", port: \(port)" }
        let billing = cpuAlways ? "instance" : "request"
        let asked =
            "probe: {\(handler), initial_delay: \(probe.initialDelay.secondsText)s, "
            + "timeout: \(probe.timeout.secondsText)s, period: \(probe.period.secondsText)s, "
            + "failure_threshold: \(probe.failureThreshold)}"
        guard !isOfKubernetes else { return "platform:\n  profile: kubernetes\n  \(asked)\n" }
        let given =
            cpu.map { "limit: \($0.limit), billing: \(billing), startup_boost: \($0.startupBoost ? "on" : "off")" }
            ?? "billing: \(billing)"
        return """
            platform:
              cpu: {\(given)}
              \(asked)

            """
    }
}
