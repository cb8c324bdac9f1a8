import ConfigurationLint
import Testing

/// A Cloud Run service of API v1 with a container and a probe of its own.
private func service(_ probe: String, annotations: String = "run.googleapis.com/ingress: all", rest: String = "")
    -> Marked
{
    let lines = probe.split(separator: "\n", omittingEmptySubsequences: false).map { "          \($0)" }
    return Marked(
        .yaml,
        """
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata:
          name: a
          annotations:
            \(annotations)
        spec:
          template:
            spec:
        \(rest)      containers:
                - image: a
        \(lines.joined(separator: "\n"))

        """
    )
}

struct CloudRunRulesTests {
    static let timingSamples = [
        service("startupProbe:\n  ¦E1¦timeoutSeconds: 240\n  periodSeconds: 10\n  tcpSocket: {port: 8080}"),
        service("livenessProbe:\n  ¦E1¦timeoutSeconds: 11\n  httpGet: {path: /a}"),
        service("startupProbe:\n  periodSeconds: 10\n  ¦E3¦failureThreshold: 61\n  tcpSocket: {}"),
        service("startupProbe:\n  periodSeconds: 10\n  ¦W1¦failureThreshold: 60\n  tcpSocket: {}"),
        service("startupProbe:\n  periodSeconds: 10\n  failureThreshold: 24\n  tcpSocket: {}"),
        service("startupProbe:\n  ¦W1¦initialDelaySeconds: 241\n  tcpSocket: {}"),
        service("startupProbe:\n  ¦E6¦initialDelaySeconds: 601\n  tcpSocket: {}"),
        service("startupProbe:\n  ¦E6¦failureThreshold: 0\n  tcpSocket: {}"),
        service(
            "startupProbe:\n  periodSeconds: 15\n  ¦W1¦failureThreshold: 120\n  tcpSocket: {}",
            rest: "      nodeSelector: {run.googleapis.com/accelerator: nvidia-l4}\n"
        ),
        service("startupProbe:\n  ¦P13¦periodSeconds: 10s\n  tcpSocket: {}"),
        service("startupProbe:\n  ¦P6¦periodSeconds: $PERIOD\n  tcpSocket: {}"),
        service("livenessProbe:\n  httpGet: {path: /a, ¦E6¦¦W10¦port: 70000}"),
    ]

    static let handlerSamples = [
        service("startupProbe:\n  ¦W2¦failureThreshold: 1\n  httpGet: {path: /a}"),
        service("startupProbe:\n  failureThreshold: 1\n  initialDelaySeconds: 30\n  httpGet: {path: /a}"),
        service("startupProbe:\n  failureThreshold: 1\n  periodSeconds: 240\n  timeoutSeconds: 240\n  tcpSocket: {}"),
        service("¦E2¦startupProbe:\n  periodSeconds: 5"),
        service("startupProbe:\n  tcpSocket: {}\n  ¦E2¦grpc: {}"),
        service("startupProbe:\n  ¦E4¦exec: {command: [ls]}"),
        service("readinessProbe:\n  ¦E4¦tcpSocket: {}"),
        service("readinessProbe:\n  httpGet: {path: /a}\n  ¦E4¦initialDelaySeconds: 5"),
        service("readinessProbe:\n  successThreshold: 2\n  httpGet: {path: /a, ¦E4¦httpHeaders: []}"),
        service("livenessProbe:\n  ¦E4¦tcpSocket: {}"),
        service("startupProbe:\n  httpGet: {¦P-path¦path: ''}"),
        service("startupProbe:\n  httpGet: {path: ¦W9¦/healthz}"),
        service(
            "startupProbe:\n  httpGet: {path: /healthz}",
            annotations: "run.googleapis.com/ingress: internal"
        ),
        service("startupProbe:\n  grpc: {¦W12¦service: grpc.health.v1.Health}"),
        service("ports: [{name: h2c, containerPort: 8080}]\nstartupProbe:\n  ¦W8¦httpGet: {path: /a}"),
        service("ports: [{containerPort: 8080}]\nstartupProbe:\n  tcpSocket: {¦W10¦port: 9000}"),
        service("startupProbe:\n  tcpSocket: {¦W10¦port: 3000}"),
        service("startupProbe:\n  httpGet:\n    path: /a\n    ¦P1¦periodSeconds: 5"),
        service("startupProbe:\n  httpGet: {path: /a}\n  ¦P1¦timeoutSecond: 5"),
        service("startupProbe:\n  httpGet: {}\n  ¦P1¦path: /a"),
        service("startupProbe:\n  tcpSocket: {}\n  ¦P1¦period_seconds: 5"),
        service("¦P1¦startUpProbe:\n  tcpSocket: {}"),
        service("startupProbe:\n  tcpSocket: {}\n  ¦P4¦successThreshold: 2"),
        service("startupProbe:\n  tcpSocket: {}\n¦P2¦startupProbe:\n  grpc: {}"),
    ]

    @Test("Seconds and thresholds", arguments: timingSamples)
    func timing(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test("Handlers, fields and ports", arguments: handlerSamples)
    func handlers(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test func `with a GPU the former limit is a hint`() {
        let text = Self.timingSamples[8].text
        let findings = ConfigurationLint().result(of: text, format: .yaml).findings
        #expect(findings.map(\.severity) == [.info])
    }

    @Test func `a job and a worker pool have no ingress port`() {
        let job = Marked(
            .yaml,
            """
            apiVersion: run.googleapis.com/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  template:
                    spec:
                      containers:
                        - image: a
                          startupProbe: {¦E1¦timeoutSeconds: 5, periodSeconds: 3, tcpSocket: {port: 9000}}
            """
        )
        #expect(job.found() == job.expected)
    }

    @Test func `the same text is Knative's where a person says so`() {
        let sample = service("readinessProbe:\n  exec: {command: [ls]}\n  initialDelaySeconds: 5")
        #expect(sample.found(by: ConfigurationLint(platform: .knative)).allSatisfy { $0.hasPrefix("P12 ") })
    }

    @Test func `API v2 in YAML, with a dependency that has no probe`() {
        let sample = Marked(
            .yaml,
            """
            name: projects/p/locations/l/services/a
            template:
              containers:
                - {name: a, image: a, dependsOn: [¦E5¦b], ports: [{containerPort: 8080}]}
                - {name: b, image: b}
            scaling: {scalingMode: MANUAL, ¦W7¦manualInstanceCount: 0}
            """
        )
        #expect(sample.found() == sample.expected)
    }
}
