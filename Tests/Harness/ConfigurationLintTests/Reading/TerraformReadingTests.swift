import ConfigurationLint
import Testing

struct TerraformReadingTests {
    private static func service(_ probe: String, before: String = "", rest: String = "") -> Marked {
        Marked(
            .terraform,
            before + """
                resource "google_cloud_run_v2_service" "a" {
                \(rest)  template {
                    containers {
                      image = "a"
                      \(probe)
                    }
                  }
                }

                """
        )
    }

    static let samples = [
        service("startup_probe {\n  ¦E1¦timeout_seconds = 20\n  tcp_socket {}\n}"),
        service("startup_probe {\n  tcp_socket {}\n  ¦P1¦success_threshold = 1\n}"),
        service("startup_probe {\n  tcp_socket {}\n  ¦P1¦periodSeconds = 5\n}"),
        service("readiness_probe {\n  success_threshold = 2\n  http_get { path = \"/a\" }\n}"),
        service("liveness_probe {\n  tcp_socket { port = 8080 }\n}"),
        service("¦E2¦startup_probe {\n  period_seconds = 5\n}"),
        service("depends_on = [¦E5¦\"b\"]\n}\ncontainers {\n  name = \"b\"\n  image = \"b\""),
        service(
            "startup_probe {\n  ¦E1¦timeout_seconds = local.probe.timeout\n  tcp_socket {}\n}",
            before: "locals {\n  base = 15\n  probe = merge({ timeout = 5 }, { timeout = local.base + 5 })\n}\n"
        ),
        service(
            "startup_probe {\n  ¦P6¦timeout_seconds = var.timeout\n  tcp_socket {}\n}",
            before: "variable \"timeout\" { type = number }\n"
        ),
        service(
            "startup_probe {\n  ¦E1¦timeout_seconds = var.timeout\n  tcp_socket {}\n}",
            before: "variable \"timeout\" { default = 20 }\n"
        ),
        service(
            "dynamic \"startup_probe\" {\n  for_each = [20]\n  content {\n"
                + "    ¦E1¦timeout_seconds = startup_probe.value\n    tcp_socket {}\n  }\n}"
        ),
        service("dynamic \"startup_probe\" {\n  for_each = []\n  content {\n    timeout_seconds = 20\n  }\n}"),
        service(
            "startup_probe {\n  period_seconds = var.fast ? 5 : 5\n  ¦E1¦timeout_seconds = 6\n  tcp_socket {}\n}",
            before: "variable \"fast\" {}\n"
        ),
        service(
            "startup_probe {\n  tcp_socket {}\n}",
            rest: "  scaling {\n    scaling_mode = \"MANUAL\"\n    ¦W7¦manual_instance_count = 0\n  }\n"
        ),
        service(
            "startup_probe {\n  tcp_socket {}\n}",
            before: "/* startup_probe { timeout_seconds = 99 } */\n# startup_probe {\n",
            rest: "  description = <<-EOT\n    startup_probe { timeout_seconds = 99 }\n  EOT\n"
        ),
        service("startup_probe {\n  tcp_socket {}\n  period_seconds = 5\n  ¦P2¦period_seconds = 6\n}"),
        Marked(
            .terraform,
            """
            resource "google_cloud_run_service" "a" {
              template {
                spec {
                  containers {
                    image = "a"
                    startup_probe {
                      ¦W2¦failure_threshold = 1
                      http_get { path = "/a" }
                    }
                  }
                }
              }
            }
            """
        ),
        Marked(
            .terraform,
            """
            resource "google_cloud_run_v2_worker_pool" "a" {
              template {
                containers {
                  image = "a"
                  startup_probe {
                    http_get { path = "/healthz" }
                    ¦E1¦timeout_seconds = 11
                  }
                }
              }
            }
            resource "google_cloud_run_v2_job" "b" {
              template {
                template {
                  containers {
                    name = "a"
                    image = "a"
                    depends_on = [¦E5¦"b"]
                  }
                  containers {
                    name = "b"
                    image = "b"
                  }
                }
              }
            }
            """
        ),
        Marked(
            .terraform,
            """
            resource "google_cloud_run_service" "a" {
              template {
                metadata {
                  annotations = {
                    "run.googleapis.com/container-dependencies" = jsonencode({ a = [¦E5¦"b"] })
                  }
                }
                spec {
                  containers {
                    name  = "a"
                    image = "a"
                  }
                  containers {
                    name  = "b"
                    image = "b"
                  }
                }
              }
            }
            resource "kubectl_manifest" "b" {
              yaml_body = <<-YAML
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                    - image: ${var.image}
                      livenessProbe: {¦P4¦successThreshold: 2, tcpSocket: {port: 80}}
              YAML
            }
            resource "kubernetes_manifest" "c" {
              manifest = {
                apiVersion = "v1"
                kind       = "Pod"
                spec = { containers = [{ image = "a", livenessProbe = { tcpSocket = {}, ¦E2¦exec = {} } }] }
              }
            }
            """
        ),
        Marked(
            .terraform,
            """
            module "a" {
              source = "GoogleCloudPlatform/cloud-run/google//modules/v2"
              containers = [{
                container_image = "a"
                startup_probe = {
                  ¦E1¦timeout_seconds = 10
                  period_seconds  = 5
                  http_get        = { path = "/a" }
                }
                extra = true
                liveness_probe = {
                  ¦P6¦period_seconds = var.period
                  http_get = { path = "/a" }
                }
              }]
            }
            """
        ),
        Marked(
            .terraform,
            """
            module "a" {
              source         = "./modules/service"
              ¦P6¦startup_probe  = var.probe
              ¦P6¦more           = merge(var.defaults, { liveness_probe = { timeout_seconds = 30 } })
            }
            """
        ),
        Marked(
            .terraform,
            """
            resource "kubernetes_deployment" "a" {
              spec {
                template {
                  spec {
                    container {
                      image = "a"
                      startup_probe {
                        ¦P4¦success_threshold = 2
                        http_get {
                          path = "/"
                          ¦P3¦port = "web"
                        }
                      }
                    }
                  }
                }
              }
            }
            resource "null_resource" "deploy" {
              provisioner "local-exec" {
                command = <<EOT
                  gcloud run deploy a --image=a \\
                    --startup-probe=tcpSocket.port=8080,¦E1¦timeoutSeconds=20
                EOT
              }
            }
            """
        ),
    ]

    @Test("Resources, modules, expressions and texts", arguments: samples)
    func reads(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test func `instances of a resource are told apart in the message`() throws {
        let text = """
            resource "google_cloud_run_v2_service" "a" {
              for_each = { dev = 5, prod = 20 }
              template {
                containers {
                  image = "a"
                  startup_probe {
                    timeout_seconds = each.value
                    tcp_socket {}
                  }
                }
              }
            }
            """
        let findings = ConfigurationLint().result(of: text, format: .terraform).findings
        #expect(findings.map(\.rule) == ["E1"])
        #expect(findings.first?.message.contains("each.key = \"prod\"") == true)
        #expect(findings.first?.fix == nil)
    }
}
