import ArgumentParser
import Checks
import ConfigurationLint
import Reports

/// `coldstart lint`: configurations of probes, checked against what the platforms do with them.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Checks probes in Cloud Run, Terraform, Kubernetes and gcloud files.",
        usage: "coldstart lint <file> ... [<options>]",
        discussion: """
            Reads service.yaml, API v2 JSON, Terraform, Kubernetes and Knative manifests, scripts and workflows with \
            gcloud commands. A folder stands for all such files in it. Values that are not in a file are said to be \
            unknown, never guessed. Local Terraform modules that the files call are looked at \
            with the values of the call.

            EXAMPLES
              coldstart lint service.yaml main.tf deploy.sh
              coldstart lint deploy --platform cloud-run --strict
              coldstart lint service.yaml --fix
              coldstart lint service.yaml --measured run/report.json
              coldstart lint --explain E1

            EXIT CODES
              0 no error (warnings and hints may be there) · 1 an error, or a warning
              with --strict · 2 usage · 3 a file cannot be read · 7 nothing to look at
            """
    )

    /// How findings are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One JSON document.
        case json
        /// SARIF 2.1.0.
        case sarif
        /// GitHub's workflow commands.
        case github
    }

    @Argument(help: ArgumentHelp("Files and folders; - for standard input.", valueName: "file"))
    var files: [String] = []

    @Option(help: ArgumentHelp("cloud-run, kubernetes or knative, where a file does not tell.", valueName: "name"))
    var platform: LintPlatform?

    @Option(
        help: ArgumentHelp(
            "The report.json of a run, or its folder, for rules about measured starts.",
            valueName: "run"
        )
    )
    var measured: String?

    @Option(help: ArgumentHelp("human, json, sarif or github.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Exit with 1 for warnings too.")
    var strict = false

    @Flag(help: "Write the corrections that are certain into the files.")
    var fix = false

    @Option(help: ArgumentHelp("Say why a rule is there; all lists the rules.", valueName: "rule"))
    var explain: String?

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if let explain, explain != "all", LintRule.named(explain) == nil {
            let names = LintRule.all.map(\.id).joined(separator: ", ")
            throw ValidationError("--explain: there is no rule \"\(explain)\"; there are \(names).")
        }
        if explain == nil, files.isEmpty { throw ValidationError("Missing expected argument '<file> ...'.") }
        if fix, files.contains(LintFiles.standardInput) {
            throw ValidationError("--fix cannot write to standard input.")
        }
    }

    func run() async throws {
        let console = Console(forbidsColour: noColor)
        if let explain { return try console.write(page(of: explain, width: console.style.columns)) }
        let measurement = try measured.map(LintFiles.measurement)
        let linter = ConfigurationLint(platform: platform, measured: measurement)
        let paths = files
        let (inputs, results) = try await withInterruption {
            let inputs = LintFiles.inputs(of: paths)
            return (inputs, await linter.results(of: inputs.read))
        }
        var report = LintReport(
            results: results,
            unreadable: inputs.unreadable,
            isStrict: strict,
            measured: measurement
        )
        if fix { report = try await fixed(report, inputs.read, linter) }
        for unreadable in report.unreadable { StandardError.say("\(unreadable.file): \(unreadable.reason)") }
        switch format {
        case .human: try console.write(LintText(report, width: console.style.columns).lines)
        case .json: try console.output.write(LintDocument(report).json)
        case .sarif: try console.output.write(SARIFDocument(report, toolVersion: Version.text).json)
        case .github: try console.output.write(LintAnnotations.text(report))
        }
        let code = Checks.ExitCode(rawValue: report.exitCode) ?? .environment
        if code != .passed { throw CommandEnd(exitCode: code, message: nil) }
    }

    private func page(of id: String, width: Int) -> [StyledLine] {
        LintRule.named(id).map { RuleText.page($0, width: width) } ?? RuleText.list
    }

    /// Writes the corrections, and returns the report of the corrected files.
    private func fixed(
        _ report: LintReport,
        _ inputs: [ConfigurationLint.Input],
        _ linter: ConfigurationLint
    ) async throws -> LintReport {
        var written: [String: Int] = [:]
        var inputs = inputs
        // What nobody named is read, not written.
        for (place, result) in report.results.enumerated() where !inputs[place].isFollowed {
            let (bytes, count) = LintFixer.corrected(inputs[place].bytes, result.findings)
            guard count > 0 else { continue }
            try LintFiles.replace(inputs[place], with: bytes)
            inputs[place] = .init(path: inputs[place].path, bytes: bytes, format: inputs[place].format)
            written[result.path] = count
        }
        var corrected = LintReport(
            results: await linter.results(of: inputs),
            unreadable: report.unreadable,
            isStrict: strict
        )
        corrected.unansweredRules = report.unansweredRules
        corrected.fixed = written
        return corrected
    }
}

extension LintPlatform: ExpressibleByArgument {}
