import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct ManifestCommandTests {
        private static let resources = ["--memory", "1000", "--cores", "2", "--time", "90m"]
        private static let containers = ["--image", "registry.example/coldstart:0.1.0", "--storage", "models"]

        private func run(_ arguments: [String], _ command: [String] = ["rank", "--bundle", "/data/bundle"]) async throws
            -> CommandLineHarness.Outcome
        {
            let results = ["--shards", "64", "--output", "/data/results"]
            return try await CommandLineHarness().run(["manifest"] + arguments + results + ["--"] + command)
        }

        @Test("lint finds nothing in a manifest of containers", arguments: ["kubernetes", "cloud-run"])
        func lint(engine: String) async throws {
            let harness = try CommandLineHarness()
            let printed = try await run([engine] + Self.containers + Self.resources)
            #expect(printed.status == 0 && printed.errors == "", "\(printed.errors)")
            try printed.output.write(toFile: harness.path + "/manifest.yaml", atomically: true, encoding: .utf8)
            let lint = try await harness.run(["lint", harness.path + "/manifest.yaml", "--strict"])
            #expect(lint.status == 0, "\(lint.output)")
        }

        @Test func `the same arguments give the same text`() async throws {
            let first = try await run(["slurm"] + Self.resources)
            #expect(first.status == 0 && !first.output.isEmpty)
            #expect(try await run(["slurm"] + Self.resources).output == first.output)
        }

        @Test func `a shard's resources come from its measurement, which what is given overrides`() async throws {
            let harness = try CommandLineHarness()
            let report = """
                \tUser time (seconds): 174.22
                \tSystem time (seconds): 0.61
                \tElapsed (wall clock) time (h:mm:ss or m:ss): 1:27.50
                \tMaximum resident set size (kbytes): 591872
                \tExit status: 0

                """
            let file = harness.path + "/measured.txt"
            try report.write(toFile: file, atomically: true, encoding: .utf8)
            let measured = try await run(["slurm", "--measured", file, "--time", "1h"])
            #expect(measured.status == 0, "\(measured.errors)")
            for line in ["--mem=768M", "--cpus-per-task=2", "--time=60"] {
                #expect(measured.output.contains("#SBATCH \(line)\n"))
            }
        }

        @Test func `without a measurement nothing is guessed`() async throws {
            let outcome = try await run(["slurm"])
            #expect(outcome.status == 2 && outcome.output == "")
            #expect(outcome.errors.contains("/usr/bin/time -v"), "\(outcome.errors)")
        }

        @Test(
            "a secret among the arguments ends with 2 and is not shown",
            arguments: [["--secret", "PGPASSWORD=hunter2"], ["--secret", "hunter2"]]
        )
        func secrets(arguments: [String]) async throws {
            let outcome = try await run(["kubernetes"] + Self.containers + Self.resources + arguments)
            #expect(outcome.status == 2 && outcome.output == "")
            #expect(!outcome.errors.contains("hunter2"), "\(outcome.errors)")
        }

        @Test func `a password in the command ends with 2 and is not shown`() async throws {
            let command = ["run", "scenarios", "--db", "postgresql://user:hunter2@host/movies"]
            let outcome = try await run(["slurm"] + Self.resources, command)
            #expect(outcome.status == 2 && outcome.output == "")
            #expect(outcome.errors.contains("--secret PGPASSWORD="), "\(outcome.errors)")
            #expect(!outcome.errors.contains("hunter2"), "\(outcome.errors)")
        }

        @Test(
            "what an engine needs or does not know is said",
            arguments: ["kubernetes", "cloud-run", "slurm", "spark"]
        )
        func names(engine: String) async throws {
            let isContainer = engine == "kubernetes" || engine == "cloud-run"
            let outcome = try await run([engine] + Self.resources + (isContainer ? [] : Self.containers))
            #expect(outcome.status == 2 && outcome.errors.contains("--image"), "\(outcome.errors)")
        }
    }
}
