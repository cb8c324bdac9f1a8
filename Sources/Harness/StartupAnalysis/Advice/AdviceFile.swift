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
    private let cpu: CPUAllocation
    private let cpuAlways: Bool
    private let name: String
    private let image: String

    /// Creates the files of advice.
    ///
    /// - Parameters:
    ///   - advice: The advice.
    ///   - name: The service's name.
    ///   - image: The container's image.
    package init(_ advice: ProbeAdvice, name: String, image: String) {
        let cpu = advice.recorded.setup.cpu
        cpuAlways = advice.needsCPUAlways || cpu.billing == CPUAllocation.Billing.instanceBased.rawValue
        probe = advice.probe
        self.cpu = CPUAllocation(
            limit: cpu.limit,
            billing: cpuAlways ? .instanceBased : .requestBased,
            startupBoost: cpu.startupBoost
        )
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

    private var cores: String {
        cpu.limit == cpu.limit.rounded() ? String(Int(cpu.limit)) : "\(Int((cpu.limit * 1000).rounded()))m"
    }

    private var port: Int { probe.handler.port ?? PlatformProfile.cloudRun.containerPort }

    /// The probe in YAML, as both Kubernetes and Cloud Run spell it.
    private func probeLines(indent: Int) -> [String] {
        let handler =
            probe.handler.path.map { ["httpGet:", "  path: \($0)", "  port: \(port)"] }
            ?? ["tcpSocket:", "  port: \(port)"]
        let lines = ["startupProbe:"] + (handler + numbers.map { "\($0.yaml): \($0.value)" }).map { "  " + $0 }
        return lines.map { String(repeating: " ", count: indent) + $0 }
    }

    private var cloudRun: String {
        let lines =
            [
                "apiVersion: serving.knative.dev/v1", "kind: Service", "metadata:", "  name: \(name)", "spec:",
                "  template:", "    metadata:", "      annotations:",
                "        run.googleapis.com/cpu-throttling: '\(!cpuAlways)'",
                "        run.googleapis.com/startup-cpu-boost: '\(cpu.startupBoost)'", "    spec:", "      containers:",
                "      - image: \(image)", "        ports:", "        - containerPort: \(port)", "        resources:",
                "          limits:", "            cpu: '\(cores)'",
            ] + probeLines(indent: 8)
        return lines.joined(separator: "\n") + "\n"
    }

    private var kubernetes: String {
        let lines =
            [
                "apiVersion: apps/v1", "kind: Deployment", "metadata:", "  name: \(name)", "spec:", "  selector:",
                "    matchLabels:", "      app: \(name)", "  template:", "    metadata:", "      labels:",
                "        app: \(name)", "    spec:", "      containers:", "      - name: \(name)",
                "        image: \(image)",
                "        ports:", "        - containerPort: \(port)", "        resources:", "          limits:",
                "            cpu: '\(cores)'",
            ] + probeLines(indent: 8)
        return lines.joined(separator: "\n") + "\n"
    }

    private var terraform: String {
        let handler =
            probe.handler.path.map { ["http_get {", "  path = \"\($0)\"", "  port = \(port)", "}"] }
            ?? ["tcp_socket {", "  port = \(port)", "}"]
        let probe =
            ["startup_probe {"] + (numbers.map { "\($0.terraform) = \($0.value)" } + handler).map { "  " + $0 } + ["}"]
        let container =
            [
                "image = \"\(image)\"", "ports {", "  container_port = \(port)", "}", "resources {", "  limits = {",
                "    cpu = \"\(cores)\"", "  }", "  cpu_idle          = \(!cpuAlways)",
                "  startup_cpu_boost = \(cpu.startupBoost)", "}",
            ] + probe
        let lines =
            [
                "variable \"location\" {", "  type = string", "}", "",
                "resource \"google_cloud_run_v2_service\" \"\(name.replacing("-", with: "_"))\" {",
                "  name     = \"\(name)\"", "  location = var.location", "", "  template {", "    containers {",
            ] + container.map { "      " + $0 } + ["    }", "  }", "}"]
        return lines.joined(separator: "\n") + "\n"
    }

    private var gcloud: String {
        let kind = probe.handler.path.map { "httpGet.path=\($0),httpGet.port=\(port)" } ?? "tcpSocket.port=\(port)"
        let values = ([kind] + numbers.map { "\($0.yaml)=\($0.value)" }).joined(separator: ",")
        let lines = [
            "gcloud run services update \(name) \\", "  --startup-probe=\(values) \\",
            "  " + (cpuAlways ? "--no-cpu-throttling" : "--cpu-throttling")
                + (cpu.startupBoost ? " --cpu-boost" : " --no-cpu-boost"),
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var scenario: String {
        var handler = "type: tcp"
        if let path = probe.handler.path { handler = "type: http, path: \(path)" }
        if let port = probe.handler.port { handler += ", port: \(port)" }
        return """
            platform:
              cpu: {limit: \(cpu.limit), billing: \(cpuAlways ? "instance" : "request"), \
            startup_boost: \(cpu.startupBoost ? "on" : "off")}
              probe: {\(handler), initial_delay: \(probe.initialDelay.secondsText)s, \
            timeout: \(probe.timeout.secondsText)s, period: \(probe.period.secondsText)s, \
            failure_threshold: \(probe.failureThreshold)}

            """
    }
}
