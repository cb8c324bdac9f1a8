import ConfigurationLint
import Testing

private func pod(_ container: String) -> Marked {
    let lines = container.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)" }
    return Marked(
        .yaml,
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - image: a\n"
            + lines.joined(separator: "\n") + "\n"
    )
}

private func knative(_ probe: String) -> Marked {
    let lines = probe.split(separator: "\n", omittingEmptySubsequences: false).map { "          \($0)" }
    return Marked(
        .yaml,
        """
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: a}
        spec:
          template:
            spec:
              containers:
                - image: a
        \(lines.joined(separator: "\n"))

        """
    )
}

struct KubernetesRulesTests {
    static let podSamples = [
        pod("startupProbe:\n  exec: {command: [ls]}\n  terminationGracePeriodSeconds: 5"),
        pod("livenessProbe:\n  tcpSocket: {port: 80}\n  ¦P11¦timeoutSeconds: 20"),
        pod("livenessProbe:\n  tcpSocket: {port: 80}\n  ¦P10¦failureThreshold: 1"),
        pod("livenessProbe:\n  tcpSocket: {port: 80}\n  failureThreshold: 1\nstartupProbe:\n  tcpSocket: {port: 80}"),
        pod("readinessProbe:\n  httpGet: {path: /, ¦P3¦port: web}"),
        pod("ports: [{name: \"${NAME}\", containerPort: 80}]\nreadinessProbe:\n  httpGet: {path: /, port: web}"),
        pod("ports: [{name: web, containerPort: 80}]\nreadinessProbe:\n  httpGet: {path: /, port: web}"),
        pod("startupProbe:\n  httpGet:\n    port: 80\n    ¦P1¦failureThreshold: 30\n    ¦P1¦periodSeconds: 10"),
        pod("startupProbe:\n  ¦W2¦failureThreshold: 1\n  tcpSocket: {port: 80}"),
        pod("startupProbe:\n  ¦E6¦periodSeconds: -1\n  tcpSocket: {port: 80}"),
        pod("startupProbe:\n  periodSeconds: 0\n  failureThreshold: 0\n  tcpSocket: {port: 80}"),
        pod("startupProbe:\n  ¦P13¦periodSeconds: \"5\"\n  tcpSocket: {port: 80}"),
        pod("¦P1¦startupprobe:\n  tcpSocket: {port: 80}"),
    ]

    static let knativeSamples = [
        knative("readinessProbe:\n  httpGet: {path: /}\n  periodSeconds: 0\n  ¦P9¦failureThreshold: 3"),
        knative("readinessProbe:\n  httpGet: {path: /}\n  ¦P9¦timeoutSeconds: 2"),
        knative("readinessProbe:\n  periodSeconds: 5"),
        knative("readinessProbe:\n  httpGet: {path: /}\n  ¦P12¦initialDelaySeconds: 5\n  periodSeconds: 5"),
        knative("readinessProbe:\n  exec: {command: [ls]}"),
        knative("startupProbe:\n  httpGet: {path: /healthz, port: 0}\n  timeoutSeconds: 1"),
    ]

    @Test("Pods", arguments: podSamples)
    func pods(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test("Knative services", arguments: knativeSamples)
    func services(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test(
        "Objects keep their containers in different places",
        arguments: [
            ("apps/v1", "Deployment", "spec:\n  template:\n    spec:"),
            ("apps/v1", "StatefulSet", "spec:\n  template:\n    spec:"),
            ("batch/v1", "Job", "spec:\n  template:\n    spec:"),
            ("batch/v1", "CronJob", "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:"),
            ("v1", "List", "items:\n- apiVersion: v1\n  kind: Pod\n  spec:"),
            ("argoproj.io/v1alpha1", "Rollout", "spec:\n  template:\n    spec:"),
        ]
    )
    func kinds(version: String, kind: String, way: String) throws {
        let margin = way.split(separator: "\n").last.map { $0.prefix { $0 == " " }.count } ?? 0
        let spaces = String(repeating: " ", count: margin)
        let sample = Marked(
            .yaml,
            """
            apiVersion: \(version)
            kind: \(kind)
            metadata: {name: a}
            \(way)
            \(spaces)  initContainers:
            \(spaces)    - image: a
            \(spaces)      startupProbe: {¦P4¦successThreshold: 2, tcpSocket: {port: 80}}
            \(spaces)  containers:
            \(spaces)    - image: a
            \(spaces)      livenessProbe: {¦P4¦successThreshold: 3, tcpSocket: {port: 80}}
            """
        )
        #expect(sample.found() == sample.expected)
    }

    @Test func `a patch says nothing about what it leaves out`() {
        let patch = Marked(
            .yaml,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                    - name: a
                      startupProbe:
                        failureThreshold: 30
                        ¦P4¦successThreshold: 2
                      livenessProbe:
                        failureThreshold: 1
            """
        )
        #expect(patch.found() == patch.expected)
    }

    @Test func `patches inside a kustomization are read in their place`() {
        let sample = Marked(
            .yaml,
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            patches:
              - patch: |-
                  - op: add
                    path: /spec/template/spec/containers/0/startupProbe
                    value:
                      httpGet: {path: /, port: 80, ¦P1¦periodSeconds: 5}
              - patch: |-
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: a}
                  spec:
                    template:
                      spec:
                        containers:
                          - name: a
                            livenessProbe: {¦P4¦successThreshold: 5}
            """
        )
        #expect(sample.found() == sample.expected)
    }
}
