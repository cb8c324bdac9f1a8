import Checks
import Observations
import Scenarios

/// What landed of one scenario and what its visitors see, for people.
struct LandingSummary {
    /// The scenario's name.
    let name: String
    /// The note's summary query.
    let rows: [ScenarioReport.LandingReport]
    /// What visitors see.
    let visitors: VisitorCounts

    /// Sums a result up; `nil` where no database was read.
    ///
    /// - Complexity: O(*n*) in the number of visitors.
    init?(_ result: ScenarioResult) {
        guard let read = result.observation?.rows else { return nil }
        name = result.scenario.name.value
        rows = read.summary.map { ScenarioReport.LandingReport($0) }
        visitors = VisitorCounts(read.visitors)
    }

    /// Sums a whole report up; `nil` where no database was read.
    init?(_ report: ScenarioReport) {
        guard let landing = report.landing, let seen = report.visitors else { return nil }
        name = report.name
        rows = landing
        visitors = VisitorCounts(seen)
    }
}
