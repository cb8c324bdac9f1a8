import Checks
import Scenarios
import SourcePlaces

/// Writes a JUnit XML document at the end of the run: a suite for each scenario, a case for each verdict.
///
/// `failure` is an expectation that does not hold. `error` is a scenario that could not be run or judged, an
/// inconclusive verdict, an interrupted run and a run of nothing: none of these may look like a pass. `skipped` is a
/// chosen scenario that was never run, and a check that only follows from another, which is named. Times are real seconds
/// and stand on suites, as no verdict has a time of its own. `system-out` has a line for each attempt that the machine was
/// too busy for. The elements are those that Jenkins' and GitLab's readers share.
package struct JUnitRecorder: Recorder {
    private let sink: ReportSink
    private var start: PlannedRun?
    private var finished: [Int: ScenarioReport] = [:]

    /// Creates a recorder that writes once, at the end.
    package init(sink: @escaping ReportSink) {
        self.sink = sink
    }

    package mutating func take(_ event: ReportEvent) throws(ReportError) {
        switch event {
        case .runStarted(let start): self.start = start
        case .scenarioStarted, .scenarioWaiting: break
        case .scenarioFinished(let scenario, let index): finished[index] = scenario.head
        case .runFinished(let run): try sink(document(for: run))
        }
    }

    private func document(for run: FinishedRun) -> String {
        let scenarios = start?.scenarios ?? run.scenarios.map { .init(name: $0.head.name, file: $0.head.file) }
        var suites = scenarios.enumerated()
            .map { index, scenario in
                finished[index].map { Self.suite(of: $0, toolVersion: run.toolVersion) }
                    ?? Self.skippedSuite(scenario.name, scenario.file)
            }
        if run.wasInterrupted {
            suites.append(Self.runSuite(error: "interrupted", "the run was interrupted before its end"))
        }
        if scenarios.isEmpty {
            suites.append(Self.runSuite(error: "inconclusive", "nothing ran: no scenario was chosen"))
        }
        let all = suites.flatMap(\.children).filter { $0.name == "testcase" }
        var root = XMLElement("testsuites", [("name", "coldstart")] + Self.counts(of: all))
        root.attributes.append(("time", Figures.fixed(run.wallSeconds, decimals: 3)))
        root.children = suites
        return root.document
    }

    private static func properties(of report: ScenarioReport, toolVersion: String) -> XMLElement {
        let properties = [
            ("schemaVersion", String(RunReport.schemaVersion)), ("toolVersion", toolVersion),
            ("seed", String(report.seed)),
        ]
        let children = properties.map { XMLElement("property", [("name", $0.0), ("value", $0.1)]) }
        return XMLElement("properties", children: children)
    }

    private static func suite(of report: ScenarioReport, toolVersion: String) -> XMLElement {
        var cases = zip(report.verdicts, CaseNames(report.verdicts).names).map { verdictCase($0, $1, in: report) }
        if let error = report.error {
            let element = XMLElement(
                "error",
                [("type", report.outcome.rawValue), ("message", error)],
                text: report.reproduction
            )
            cases.append(testCase("scenario", in: report, children: [element]))
        } else if cases.isEmpty {
            let message = "no check gave a verdict"
            let element = XMLElement(
                "error",
                [("type", "inconclusive"), ("message", message)],
                text: report.reproduction
            )
            cases.append(testCase("scenario", in: report, children: [element]))
        }
        var suite = XMLElement("testsuite", [("name", report.name)] + counts(of: cases))
        suite.attributes.append(("time", Figures.fixed(report.wallSeconds, decimals: 3)))
        suite.attributes.append(("file", report.file))
        suite.children = [properties(of: report, toolVersion: toolVersion)] + cases
        if let attempts = report.attempts {
            let lines = attempts.enumerated().map { $1.line(number: $0 + 1) }
            suite.children.append(XMLElement("system-out", text: lines.joined(separator: "\n")))
        }
        return suite
    }

    private static func verdictCase(_ verdict: VerdictReport, _ name: String, in report: ScenarioReport) -> XMLElement {
        let text = explanation(of: verdict, in: report)
        let attributes = [("type", verdict.check), ("message", verdict.message)]
        let children: [XMLElement] =
            switch verdict.outcome {
            case .passed: []
            case .inconclusive where verdict.consequenceOf != nil:
                [XMLElement("skipped", [("message", "\(verdict.followsFrom ?? ""): \(verdict.message)")])]
            case .failed: [XMLElement("failure", attributes, text: text)]
            case .inconclusive: [XMLElement("error", [("type", "inconclusive")] + attributes.suffix(1), text: text)]
            }
        return testCase(name, in: report, line: verdict.location?.line, children: children)
    }

    private static func testCase(
        _ name: String,
        in report: ScenarioReport,
        line: Int? = nil,
        children: [XMLElement]
    ) -> XMLElement {
        var element = XMLElement("testcase", [("classname", report.name), ("name", name), ("file", report.file)])
        if let line { element.attributes.append(("line", String(line))) }
        element.children = children
        return element
    }

    private static func explanation(of verdict: VerdictReport, in report: ScenarioReport) -> String {
        var lines: [String] = []
        if let location = verdict.location { lines.append(location.text) }
        if let expected = verdict.expected { lines.append("expected: " + expected) }
        if let actual = verdict.actual { lines.append("actual: " + actual) }
        lines += verdict.details + ["reproduce: " + report.reproduction]
        if verdict.subject == .rankings, let acceptance = report.acceptance { lines.append("accept: " + acceptance) }
        return lines.joined(separator: "\n")
    }

    private static func skippedSuite(_ name: String, _ file: String) -> XMLElement {
        let skipped = XMLElement("skipped", [("message", "the run ended before this scenario began")])
        let attributes = [("classname", name), ("name", "scenario"), ("file", file)]
        let cases = [XMLElement("testcase", attributes, children: [skipped])]
        return XMLElement("testsuite", [("name", name)] + counts(of: cases) + [("file", file)], children: cases)
    }

    private static func runSuite(error: String, _ message: String) -> XMLElement {
        let element = XMLElement("error", [("type", error), ("message", message)])
        let cases = [XMLElement("testcase", [("classname", "coldstart"), ("name", "run")], children: [element])]
        return XMLElement("testsuite", [("name", "coldstart")] + counts(of: cases), children: cases)
    }

    private static func counts(of cases: [XMLElement]) -> [(name: String, value: String)] {
        func count(_ name: String) -> String {
            String(cases.count { element in element.children.contains { $0.name == name } })
        }
        return [
            ("tests", String(cases.count)), ("failures", count("failure")), ("errors", count("error")),
            ("skipped", count("skipped")),
        ]
    }
}
