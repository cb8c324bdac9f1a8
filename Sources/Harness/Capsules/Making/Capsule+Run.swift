package import Checks
import ContainerPlatform
package import Domain
import Observations
import Reports
import Scenarios

extension Capsule {
    /// Keeps a run that was simulated or of a real process; there is none of a scenario that could not be run.
    ///
    /// - Parameters:
    ///   - result: The scenario as it was run, where it was simulated with whole rankings.
    ///   - scenario: The text of its file.
    ///   - catalogue: The movies of its catalogue, in their order.
    ///   - toolVersion: The version of Coldstart.
    /// - Complexity: O(*n*) in answers and rows.
    package init?(_ result: ScenarioResult, scenario: String, catalogue: [MovieID], toolVersion: String) {
        guard let plan = result.plan, let observation = result.observation else { return nil }
        self.init(
            toolVersion: toolVersion,
            origin: observation.target == .simulated ? .run : .process,
            subject: "scenario \(plan.name)",
            scenario: scenario,
            seed: plan.seed,
            trace: observation.startup.timeline.lines.map { TraceLine(text: $0) },
            start: StartupReport(observation.startup),
            answers: observation.answers.map(CapsuleAnswer.init),
            rows: observation.rows.map { rows in rows.recommendations.map { CapsuleRow($0.row) } },
            unknown: Self.unknown(observation)
        )
        for stage in plan.measuredStages {
            measured[stage.rawValue] = plan.timing(of: stage).duration.nanosecondCount
        }
        sessions = plan.sessions.map(CapsuleSession.init)
        self.catalogue = catalogue
    }

    private static func unknown(_ observation: Observation) -> [String] {
        var unknown =
            observation.target == .simulated
            ? ["the models: rankings are taken as they were, not made again"]
            : ["the models, and the rankings behind what was shown and saved", "what else the machine did meanwhile"]
        if let strange = observation.rows?.strange, !strange.isEmpty {
            unknown.append("\(strange.count) rows that cannot be read as the service's")
        }
        return unknown
    }
}
