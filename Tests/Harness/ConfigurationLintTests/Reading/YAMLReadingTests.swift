import ColdstartTestSupport
import ConfigurationLint
import Foundation
import Testing

struct YAMLReadingTests {
    private static let probe = "startupProbe: {successThreshold: 2, tcpSocket: {port: 80}}"

    @Test func `a document with a syntax error leaves the others`() {
        let sample = Marked(
            .yaml,
            """
            a: [1, 2
            ---
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - image: a
                  startupProbe: {¦P4¦successThreshold: 2, tcpSocket: {port: 80}}
            ---
            startupProbe: *probe
              failureThreshold: 30
            """
        )
        let found = sample.found()
        #expect(found.isSuperset(of: sample.expected))
        #expect(found.count { $0.hasPrefix("P7 ") } == 2, "\(found)")
    }

    @Test func `keys that stand three times are each told of, and the last counts`() {
        let sample = Marked(
            .yaml,
            """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - image: a
                  startupProbe:
                    tcpSocket: {port: 80}
                    successThreshold: 1
                    ¦P2¦successThreshold: 1
                    ¦P2¦¦P4¦successThreshold: 3
            """
        )
        #expect(sample.found() == sample.expected)
    }

    @Test func `a template in a probe is said, the other probes are checked`() {
        let sample = Marked(
            .yaml,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: ¦P8¦{{ include "a.name" . }}
            spec:
              template:
                spec:
                  containers:
                    - name: {{ .Chart.Name }}
                      image: "{{ .Values.image }}"
                      startupProbe:
                        ¦P8¦{{- toYaml .Values.startupProbe | nindent 12 }}
                      {{- if .Values.liveness }}
                      livenessProbe:
                        httpGet:
                          path: /
                          port: 80
                          ¦P1¦periodSeconds: 5
                      {{- end }}
                      readinessProbe:
                        httpGet:
                          path: ¦P8¦{{ .Values.path }}
                          port: 80
                          ¦P1¦timeoutSeconds: 5
            """
        )
        #expect(sample.found() == sample.expected)
    }

    @Test func `placeholders are unknown, whatever stands in them`() {
        let sample = Marked(
            .yaml,
            """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - image: ${IMAGE:-a}
                  startupProbe:
                    tcpSocket: {¦P6¦port: ${PORT}}
                    ¦P6¦periodSeconds: ${PERIOD}
                    ¦P4¦successThreshold: 2
            """
        )
        #expect(sample.found() == sample.expected)
    }

    @Test func `columns count letters, and JSON may indent with tabs and hold pairs of surrogates`() {
        let sample = Marked(
            .yaml,
            "{\n\t\"template\": {\"labels\": {\"ü\": \"\\ud83d\\ude00\"}, \"containers\": [{\"image\": \"é\", "
                + "\"startupProbe\": {\"tcpSocket\": {}, ¦E1¦\"timeoutSeconds\": 60}}]}\n}\n"
        )
        #expect(sample.found() == sample.expected)
    }

    @Test func `aliases that multiply end as a finding and not as memory`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        let findings = ConfigurationLint().result(of: text, format: .yaml).findings
        #expect(findings.map(\.rule) == ["P7"])
        let key = ConfigurationLint().result(of: text + "? {*a9 : x}\n: y\n", format: .yaml).findings
        #expect(key.map(\.rule) == ["P7"])
    }

    @Test func `nothing is found in what is nobody's`() {
        let result = ConfigurationLint().result(of: "resources:\n  - a\n  - b: {c: 1}\n", format: .yaml)
        #expect(result.findings.isEmpty && result.workloads == 0)
    }

    @Test func `every beginning of every case is read to its end`() throws {
        let folder = Fixtures.path("lint")
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")
            where file != "expect.yaml" {
                let bytes = [UInt8](FileManager.default.contents(atPath: "\(folder)/\(name)/\(file)") ?? Data())
                for length in stride(from: 0, to: bytes.count, by: 7) {
                    let text = String(decoding: bytes[..<length], as: UTF8.self)
                    let format = try #require(ConfigurationFormat(path: file, bytes: bytes))
                    let result = ConfigurationLint().result(of: text, format: format)
                    #expect(result.findings.allSatisfy { (0...length).contains($0.range.lowerBound) })
                    count += 1
                }
            }
        }
        #expect(count > 1_000)
    }
}
