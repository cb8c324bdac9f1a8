import Checks
package import Reports

extension ResultFindings {
    /// Takes what a run found.
    ///
    /// A scenario that could not be run has one verdict, `run`, with the reason.
    ///
    /// - Complexity: O(scenarios and their verdicts).
    package init(_ run: FinishedRun) {
        self.init(run.scenarios.map(\.head), tool: run.toolVersion)
        fingerprints = Set(run.fingerprints.map(\.sha256))
        exitCode = run.exitCode.rawValue
        seconds = run.wallSeconds
    }

    /// Takes what was found of some scenarios of a run.
    ///
    /// - Parameters:
    ///   - scenarios: Their reports; rows and requests are not looked at.
    ///   - tool: The version of Coldstart.
    /// - Complexity: O(scenarios and their verdicts).
    package init(_ scenarios: [ScenarioReport], tool: String) {
        self.init(
            command: "run",
            tool: tool,
            subject: scenarios.count == 1 ? scenarios[0].name : Figures.count(scenarios.count, "scenario"),
            scope: scenarios.map { "\($0.name) \($0.file) \($0.seed)" },
            units: scenarios.count
        )
        for scenario in scenarios { add(scenario) }
    }

    private mutating func add(_ scenario: ScenarioReport) {
        if let error = scenario.error {
            verdicts.append(
                Verdict(subject: scenario.name, check: "run", outcome: scenario.outcome.rawValue, message: error)
            )
        }
        for verdict in scenario.verdicts {
            verdicts.append(
                Verdict(
                    subject: scenario.name,
                    check: verdict.check,
                    outcome: verdict.outcome.rawValue,
                    message: verdict.message
                )
            )
        }
        if let start = scenario.startup {
            add("start", of: scenario.name, start.outcome == "ready" ? start.at : nil)
            add("start.listening", of: scenario.name, start.listening)
            add("start.probeCouldPass", of: scenario.name, start.probeCouldPass)
            add("start.readyBasic", of: scenario.name, start.readyBasic)
            add("start.readyFull", of: scenario.name, start.readyFull)
            add("start.firstRows", of: scenario.name, start.firstRows)
            add("start.firstGoodRecommendation", of: scenario.name, start.firstGoodRecommendation)
            add("start.detectionLag", of: scenario.name, start.detectionLag)
            add("start.spare", of: scenario.name, start.killMargin?.spare)
        }
        if let counts = scenario.ledger?.counts {
            add("rows.landed", of: scenario.name, Double(counts.landed))
            add("rows.lost", of: scenario.name, Double(counts.lost))
        }
        add("seconds", of: scenario.name, scenario.wallSeconds, isCost: true)
    }
}
