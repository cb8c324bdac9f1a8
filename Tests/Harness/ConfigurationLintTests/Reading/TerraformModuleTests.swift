import ConfigurationLint
import Testing

/// Terraform modules that other modules call, looked at with the values of the call.
struct TerraformModuleTests {
    /// A module whose probe's numbers are its variables.
    private static let module = """
        variable "timeout" { default = 20 }
        variable "probe" {
          type    = object({ period = optional(number, 10), threshold = optional(number, 3) })
          default = {}
        }
        resource "google_cloud_run_v2_service" "a" {
          template {
            containers {
              image = "a"
              startup_probe {
                timeout_seconds   = var.timeout
                period_seconds    = var.probe.period
                failure_threshold = var.probe.threshold
                tcp_socket {}
              }
            }
          }
        }

        """

    private func results(_ files: [(String, String)]) async -> [ConfigurationLint.Result] {
        await ConfigurationLint()
            .results(of: files.map { ConfigurationLint.Input(path: $0.0, bytes: Array($0.1.utf8)) })
    }

    /// The findings as `RULE FILE:LINE:COLUMN`, hints left out.
    private func found(_ files: [(String, String)]) async -> [String] {
        await results(files).flatMap(\.findings).filter { $0.severity != .info }.map { "\($0.rule) \($0.location)" }
    }

    private func messages(_ files: [(String, String)]) async -> [String] {
        await results(files).flatMap(\.findings).filter { $0.severity != .info }.map(\.message)
    }

    @Test func `a module that nobody calls is looked at with its defaults`() async {
        #expect(await found([("m/main.tf", Self.module)]) == ["E1 m/main.tf:11:9"])
    }

    @Test func `the values of a call count, and the finding stands in the module and names the call`() async {
        let good = "module \"web\" {\n  source  = \"./m\"\n  timeout = 5\n}\n"
        #expect(await found([("main.tf", good), ("m/main.tf", Self.module)]) == [])
        let bad = "\nmodule \"web\" {\n  source  = \"./m\"\n  timeout = 5\n  probe   = { period = 3 }\n}\n"
        #expect(await found([("main.tf", bad), ("m/main.tf", Self.module)]) == ["E1 m/main.tf:11:9"])
        let message = await messages([("main.tf", bad), ("m/main.tf", Self.module)]).first
        #expect(message?.hasSuffix("(called as module \"web\" at main.tf:2)") == true, "\(message ?? "none")")
        #expect(message?.contains("timeoutSeconds 5") == true || message?.contains("timeout_seconds 5") == true)
    }

    @Test func `each call is looked at by itself, and one finding names all that it is true of`() async {
        let calls = """
            module "a" {
              source  = "./m"
              timeout = 11
            }
            module "b" {
              source  = "./m"
              timeout = 5
            }
            module "c" {
              source  = "./m"
              timeout = 11
            }
            module "d" {
              source  = "./m"
              timeout = 12
            }

            """
        let messages = await messages([("main.tf", calls), ("m/main.tf", Self.module)])
        #expect(messages.count == 2)
        #expect(messages.first?.contains("module \"a\" at main.tf:1; module \"c\" at main.tf:9") == true, "\(messages)")
        #expect(messages.last?.contains("module \"d\" at main.tf:13") == true)
    }

    @Test func `an instance of a call is named by its key`() async {
        let calls = """
            module "a" {
              source   = "./m"
              for_each = { small = 5, large = 30 }
              timeout  = each.value
            }

            """
        let messages = await messages([("main.tf", calls), ("m/main.tf", Self.module)])
        #expect(messages.count == 1)
        #expect(messages.first?.contains("at main.tf:1, each.key = \"large\"") == true, "\(messages)")
    }

    @Test func `calls are followed through folders, with what the first one gives`() async {
        let root =
            "module \"outer\" {\n  source = \"../modules/outer\"\n  seconds = var.seconds\n}\nvariable \"seconds\" {}\n"
        let outer =
            "variable \"seconds\" {}\nmodule \"inner\" {\n  source = \"../inner\"\n  timeout = var.seconds * 2\n}\n"
        let files = [
            ("live/main.tf", root), ("live/terraform.tfvars", "seconds = 8\n"), ("modules/outer/main.tf", outer),
            ("modules/inner/main.tf", Self.module),
        ]
        #expect(await found(files) == ["E1 modules/inner/main.tf:11:9"])
        let message = await messages(files).first
        #expect(
            message?
                .contains("module \"outer\" at live/main.tf:1 and there module \"inner\" at modules/outer/main.tf:2")
                == true,
            "\(message ?? "none")"
        )
        let calm = files.map { ($0.0, $0.0.hasSuffix("tfvars") ? "seconds = 4\n" : $0.1) }
        #expect(await found(calm) == [])
    }

    @Test func `a value that is not known is said and not guessed`() async {
        let call = "variable \"t\" {}\nmodule \"web\" {\n  source  = \"./m\"\n  timeout = var.t\n}\n"
        let findings = await results([("main.tf", call), ("m/main.tf", Self.module)]).flatMap(\.findings)
        #expect(findings.map { "\($0.rule) \($0.location)" } == ["P6 m/main.tf:11:9"])
    }

    @Test func `null takes an attribute away, unless the variable has none`() async {
        let call = "module \"web\" {\n  source  = \"./m\"\n  timeout = null\n}\n"
        #expect(await found([("main.tf", call), ("m/main.tf", Self.module)]) == [])
        let strict = Self.module.replacing("{ default = 20 }", with: "{\n  default  = 20\n  nullable = false\n}")
        #expect(await found([("main.tf", call), ("m/main.tf", strict)]) == ["E1 m/main.tf:14:9"])
    }

    @Test func `what a call leaves empty is empty`() async {
        let module = """
            variable "probes" { default = [] }
            resource "google_cloud_run_v2_service" "a" {
              template {
                containers {
                  image = "a"
                  dynamic "startup_probe" {
                    for_each = var.probes
                    content {
                      timeout_seconds = 20
                      tcp_socket {}
                    }
                  }
                }
              }
            }

            """
        let call = "module \"web\" {\n  source = \"./m\"\n}\n"
        #expect(await found([("main.tf", call), ("m/main.tf", module)]) == [])
        let filled = "module \"web\" {\n  source = \"./m\"\n  probes = [1]\n}\n"
        #expect(await found([("main.tf", filled), ("m/main.tf", module)]) == ["E1 m/main.tf:9:11"])
    }

    @Test func `a call in JSON is followed too`() async {
        let call = "{\"module\": {\"web\": {\"source\": \"./m\", \"timeout\": 30}}}"
        #expect(await found([("main.tf.json", call), ("m/main.tf", Self.module)]) == ["E1 m/main.tf:11:9"])
    }

    @Test(
        arguments: [
            ("terraform-google-modules/cloud-run/google", "is not a folder beside these files"),
            ("git::https://example.com/m.git", "is not a folder beside these files"),
            ("./nowhere", "no Terraform file was found in nowhere"), ("../m", "no Terraform file was found in ../m"),
            ("./", "it calls itself"),
        ]
    )
    func `what is not followed is said, with the reason`(source: String, reason: String) async {
        let call = "\nmodule \"web\" {\n  source = \"\(source)\"\n}\n"
        let notes = await results([("main.tf", call)]).flatMap(\.notFollowed)
        #expect(notes.map(\.module) == ["web"] && notes.map(\.line) == [2])
        #expect(notes.first?.reason.contains(reason) == true, "\(notes.map(\.reason))")
    }

    @Test func `probes among the arguments of a module that is not followed are looked at as before`() async {
        let call = """
            module "web" {
              source        = "example/cloud-run/google"
              startup_probe = { timeout_seconds = 20, period_seconds = 10, tcp_socket = {} }
            }

            """
        #expect(await found([("main.tf", call)]).map { $0.prefix(2) } == ["E1"])
    }

    @Test func `modules that call each other in a circle end`() async {
        let first = "module \"b\" {\n  source = \"../b\"\n}\n" + Self.module
        let second = "module \"a\" {\n  source = \"../a\"\n}\n"
        let results = await results([("a/main.tf", first), ("b/main.tf", second)])
        #expect(results.flatMap(\.findings).contains { $0.rule == "E1" })
        #expect(results.flatMap(\.notFollowed).contains { $0.reason.contains("calls itself") })
    }

    @Test func `the folders that are missing are named once each`() {
        let text =
            "module \"a\" {\n  source = \"./m\"\n}\nmodule \"b\" {\n  source = \"./x/../m\"\n}\nmodule \"c\" {\n  source = \"../n\"\n}\n"
        let input = ConfigurationLint.Input(path: "live/main.tf", bytes: Array(text.utf8))
        #expect(ConfigurationLint.missingModuleFolders(of: [input]) == ["live/m", "n"])
        let module = ConfigurationLint.Input(path: "./live/m/main.tf", bytes: Array(Self.module.utf8))
        #expect(ConfigurationLint.missingModuleFolders(of: [input, module]) == ["n"])
    }
}
