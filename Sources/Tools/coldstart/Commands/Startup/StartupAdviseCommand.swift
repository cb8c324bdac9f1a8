import ArgumentParser
import Checks
import Reports
import Scenarios
import StartupAnalysis
import StartupDiagnosis

/// `coldstart startup advise`: a probe that recorded starts would have survived.
struct StartupAdviseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract: "Proposes a startup probe that recorded starts would have survived, with its price.",
        usage: "coldstart startup advise <runs> ... [<options>]",
        discussion: """
            EXAMPLES
              for i in $(seq 59); do coldstart run my.yaml --target process \\
                  --report-dir runs/$i; done
              coldstart startup advise runs
              coldstart startup advise runs --as terraform --service movies
              coldstart startup advise --logs log.json --name movies
              kubectl get pods -o json > pods.json
              coldstart startup advise --logs pods.json --as kubernetes

            The probe waits for the bound of the quantile by order statistics,
            times the margin, rounded up. Limits: former 240 s, current 600 s,
            gpu 1800 s, none for Kubernetes.

            EXIT CODES
              0 advice · 1 no probe within the limit waits long enough
              2 usage · 7 too few starts to advise
            """
    )

    @Argument(help: "Runs: report.json, its folder, or a folder of such folders.")
    var runs: [String]

    @Flag(help: "The files are logs of Cloud Run, or kubectl get pods -o json, as coldstart diagnose reads them.")
    var logs = false

    @Option(
        help: ArgumentHelp("The scenario, where several were run; of logs the service or container.", valueName: "name")
    )
    var name: String?

    @Option(help: ArgumentHelp("The quantile of starts that must survive.", valueName: "q"))
    var quantile = 0.95

    @Option(help: ArgumentHelp("How sure that is to be.", valueName: "p"))
    var confidence = 0.95

    @Option(help: ArgumentHelp("By which factor a start may be slower still.", valueName: "factor"))
    var margin = 1.25

    @Option(help: ArgumentHelp("Seconds between attempts, the most by which one notices late.", valueName: "n"))
    var period = 1

    @Option(
        help: ArgumentHelp(
            "former, current, gpu or none (default: none for pods of Kubernetes, else current).",
            valueName: "name"
        )
    )
    var limit: ProbeLimit?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Only the configuration: cloud-run, kubernetes, terraform, gcloud or scenario.",
            valueName: "form"
        )
    )
    var form: AdviceFile.Form?

    @Option(help: ArgumentHelp("The service's name in configurations.", valueName: "name"))
    var service: String?

    @Option(help: ArgumentHelp("The container's image in configurations.", valueName: "image"))
    var image = "IMAGE"

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    /// How the result is printed.
    enum Format: String, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One document.
        case json
    }

    func validate() throws {
        for (option, value) in [("--quantile", quantile), ("--confidence", confidence)] where !(value > 0 && value < 1)
        {
            throw ValidationError("\(option) lies above 0 and below 1, found \(value).")
        }
        guard (1...100).contains(margin) else { throw ValidationError("--margin lies from 1 to 100, found \(margin).") }
        guard (1...600).contains(period) else { throw ValidationError("--period lies from 1 to 600, found \(period).") }
    }

    func run() throws {
        let advice = try advice()
        let files = AdviceFile(advice, name: service ?? advice.recorded.scenario, image: image)
        let console = Console(forbidsColour: noColor)
        if let form { return try console.output.write(files.text(form)) }
        switch format {
        case .human:
            try console.write(AdviceText(advice).lines(width: console.style.columns))
            for form in AdviceFile.Form.allCases {
                try console.write([StyledLine(""), StyledLine(form.rawValue, .strong)])
                try console.output.write(files.text(form))
            }
        case .json:
            try console.output.write(AdviceDocument(advice, files: files, toolVersion: Version.text).json)
        }
    }

    private func advice() throws -> ProbeAdvice {
        do {
            let recorded =
                try logs
                ? RecordedReadiness(LogDiagnosis(runs), service: name)
                : RecordedReadiness(runs.flatMap { try RecordedRun.all(at: $0) }.starts(of: name))
            let bound = QuantileBound(quantile: quantile, confidence: confidence)
            let limit = limit ?? (recorded.source == .kubernetes ? ProbeLimit.none : ProbeLimit.current)
            let request = ProbeAdvice.Request(bound: bound, margin: margin, period: period, limit: limit)
            return try ProbeAdvice(for: recorded, request)
        } catch let error as StartupAnalysisError where error.code == .outOfReach {
            throw CommandEnd(exitCode: .expectationFailed, message: "\(error)")
        } catch {
            throw CommandEnd(analysing: error)
        }
    }
}

extension ProbeLimit: ExpressibleByArgument {}

extension AdviceFile.Form: ExpressibleByArgument {}
