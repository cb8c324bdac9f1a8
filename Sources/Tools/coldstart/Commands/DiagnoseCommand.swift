import ArgumentParser
import Checks
import Reports
import Scenarios
import StartupDiagnosis

/// `coldstart diagnose`: says what became of the instances, revisions and containers that logs are about.
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Says from logs, events and statuses what became of an instance, and why.",
        usage: "coldstart diagnose [<options>] <files> ...",
        discussion: """
            Reads Cloud Run logs (JSON, JSON Lines, CSV, pasted text), the output of deployments, events and statuses of \
            Kubernetes and Knative, and what containers print, in any mixture; the content decides what a file is. Each \
            instance, revision or container gets a verdict with its evidence, what speaks against it and what would decide it.

            EXAMPLES
              gcloud logging read '…' --format=json | coldstart diagnose -
              kubectl get events -o json > events.json
              kubectl describe pod web-1 > pod.txt
              coldstart diagnose events.json pod.txt
              coldstart diagnose log.json --format json
              coldstart diagnose log.json --scenario start.yaml
              coldstart diagnose log.json --capsule start.json

            EXIT CODES
              0 nothing died · 2 usage · 3 a file cannot be read
              4 a start failed or an instance died · 7 it cannot be known
            """
    )

    /// How the diagnosis is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One JSON document.
        case json
        /// JUnit XML.
        case junit
        /// Markdown.
        case markdown
    }

    @Argument(help: "The files, - for standard input.")
    var files: [String]

    @Option(help: ArgumentHelp("How the program's lines show its stages, YAML.", valueName: "file"))
    var patterns: String?

    @Option(
        help: ArgumentHelp(
            "Writes a scenario that plays a start again: the first that failed, else the first.",
            valueName: "file"
        )
    )
    var scenario: String?

    @Option(
        help: ArgumentHelp("Writes that start as one file for coldstart replay, with its lines.", valueName: "file")
    )
    var capsule: String?

    @Option(help: ArgumentHelp("The models, as the scenario names them.", valueName: "folder"))
    var bundle = "bundle"

    @Option(help: ArgumentHelp("The sessions, as the scenario names them.", valueName: "file"))
    var sessions = "sessions/demo.jsonl"

    @Option(help: ArgumentHelp("The catalogue, as the scenario names it.", valueName: "file"))
    var catalogue = "catalogue.jsonl"

    @Option(help: ArgumentHelp("human, json, junit or markdown.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if files.count(where: { $0 == InputFile.standardInput }) > 1 {
            throw ValidationError("- stands for standard input, which can be read once.")
        }
    }

    func run() throws {
        let console = Console(forbidsColour: noColor)
        let diagnosis = try readFiles()
        switch format {
        case .human:
            try DiagnosisText(width: min(80, console.style.columns))
                .write(diagnosis) { lines throws(ReportError) in try console.write(lines) }
        case .json:
            try DiagnosisDocument.write(diagnosis, toolVersion: Version.text) { text throws(ReportError) in
                try console.output.write(text)
            }
        case .junit: try console.output.write(DiagnosisDocument(diagnosis, toolVersion: Version.text).junit)
        case .markdown: try console.output.write(DiagnosisDocument(diagnosis, toolVersion: Version.text).markdown)
        }
        let files = ScenarioDraft.Files(bundle: bundle, sessions: sessions, catalogue: catalogue)
        let isWritten = try StartKeeper(scenario: scenario, capsule: capsule, files: files).write(diagnosis)
        let code = Checks.ExitCode.combining([diagnosis.exitCode] + (isWritten ? [] : [.inconclusive]))
        if code != .passed { throw CommandEnd(exitCode: code, message: nil) }
    }

    private func readFiles() throws -> LogDiagnosis {
        do {
            let stages = try patterns.map { path throws(ScenarioError) in
                try StagePatterns(try InputFile.content(of: path, limit: 1 << 20), path: path)
            }
            return try Self.read(files, stages ?? StagePatterns())
        } catch let error as ScenarioError {
            throw CommandEnd.usage("\(error)" + (error.excerpt.map { "\n" + $0 } ?? ""))
        }
    }

    /// Reads the inputs; one that cannot be read is the environment's fault, not the user's.
    private static func read(_ files: [String], _ patterns: StagePatterns) throws -> LogDiagnosis {
        do throws(ScenarioError) {
            return try LogDiagnosis(files, patterns: patterns)
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }
}
