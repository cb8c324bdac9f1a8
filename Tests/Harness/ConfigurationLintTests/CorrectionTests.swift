import ConfigurationLint
import Testing

struct CorrectionTests {
    private func fixed(_ text: String, _ format: ConfigurationFormat = .yaml) -> (text: String, count: Int) {
        let findings = ConfigurationLint().result(of: text, format: format).findings
        let (bytes, count) = LintFixer.corrected(Array(text.utf8), findings)
        return (String(decoding: bytes, as: UTF8.self), count)
    }

    private func pod(_ probe: String) -> String {
        "apiVersion: v1\r\nkind: Pod # é\nspec:\n  containers:\n  - image: a\n    startupProbe:\n" + probe
            + "    tty: true\n"
    }

    @Test(
        "The correction is all that changes",
        arguments: [
            (
                "      tcpSocket: {port: 80}\n      successThreshold:   2 # two\n",
                "      tcpSocket: {port: 80}\n      successThreshold:   1 # two\n"
            ),
            (
                "      tcpSocket: {port: 80}\n      failureThreshhold: 5\n",
                "      tcpSocket: {port: 80}\n      failureThreshold: 5\n"
            ),
            (
                "      httpGet:\n        path: /\n        port: 80\n        periodSeconds: 5\n        timeoutSeconds: 2\n",
                "      httpGet:\n        path: /\n        port: 80\n      periodSeconds: 5\n      timeoutSeconds: 2\n"
            ),
            (
                "      tcpSocket: {port: 80}\n      periodSeconds: \"5\"\n",
                "      tcpSocket: {port: 80}\n      periodSeconds: 5\n"
            ),
        ]
    )
    func corrects(before: String, after: String) {
        let (text, count) = fixed(pod(before))
        #expect(text == pod(after))
        #expect(count > 0)
        #expect(ConfigurationLint().result(of: text, format: .yaml).findings.isEmpty)
    }

    @Test(
        "What needs a choice is left",
        arguments: [
            "      httpGet:\n        periodSeconds: 5\n        path: /\n        port: 80\n",
            "      httpGet: {path: /, port: 80, periodSeconds: 5}\n",
            "      httpGet: {\n        path: /, port: 80,\n        periodSeconds: 5\n      }\n",
            "      httpGet: {path: /, port: web}\n",
            "      failureThreshold: 1\n      httpGet: {path: /, port: 80}\n",
        ]
    )
    func leaves(probe: String) {
        let (text, count) = fixed(pod(probe))
        #expect(text == pod(probe) && count == 0)
        #expect(!ConfigurationLint().result(of: text, format: .yaml).findings.isEmpty)
    }

    @Test func `Terraform and gcloud are corrected where the value is written`() {
        let command = "gcloud run deploy a --startup-probe='tcpSocket.port=8080,timeoutSeconds=20,periodSeconds=10'\n"
        #expect(fixed(command, .script).text == command.replacing("timeoutSeconds=20", with: "timeoutSeconds=10"))
        func service(_ timeout: String) -> String {
            """
            variable "t" { default = 20 }
            resource "google_cloud_run_v2_service" "a" {
              template {
                containers {
                  image = "a"
                  startup_probe {
                    timeout_seconds = \(timeout)
                    tcp_socket {}
                  }
                }
              }
            }
            """
        }
        #expect(fixed(service("20"), .terraform).text == service("10"))
        // Between braces a line belongs to its block, wherever it begins.
        let inside = service("5")
            .replacing("tcp_socket {}", with: "http_get {\n        path = \"/\"\n        period_seconds = 5\n      }")
        #expect(fixed(inside, .terraform).count == 0)
        #expect(fixed(service("var.t"), .terraform).count == 0)
    }
}
