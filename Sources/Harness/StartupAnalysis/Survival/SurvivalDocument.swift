import ContainerPlatform
import Domain
import Reports

/// What a sweep came to as a JSON document.
///
/// | key | content |
/// |---|---|
/// | `kind` | `coldstart-sweep` |
/// | `schemaVersion` | 1 |
/// | `toolVersion` | the version of Coldstart |
/// | `scenario`, `seed` | the scenario; the seed of the first start of each combination |
/// | `axes` | each with `name`, `count`, `first`, `last`, and `measured`: the recorded starts drawn from, or `null` |
/// | `startsEach`, `combinations`, `refused`, `started`, `survived` | counts |
/// | `restarts` | where the platform restarts containers: `watch` (seconds for which a container is watched) and `survived` (how many of the survived did so only after a restart); absent elsewhere |
/// | `refusal` | why the platform refused the first of the refused; `null` where it refused none |
/// | `survivingCombinations` | combinations that count as surviving: `probability` where each has several starts |
/// | `policies` | the cheapest choice that survives under every condition for each CPU: see ``Policy`` |
/// | `survivingPolicies`, `admittedPolicies` | choices that do; choices that the platform does not refuse |
/// | `cliffs` | `axis`, `columns` (`axis`, `values`), `rows` (`values`, `cliffs` in words), `rowCount`, and how many lines are `none`, `some`, `all`, `refused`, `unsteady`; `null` without an axis of two values |
/// | `map` | the survival map: see ``Map``; absent without an axis of two values |
/// | `probabilities` | `values`, `starts`, `survived`, `share`, `lower`, `upper` of up to 31 combinations |
package struct SurvivalDocument: Codable, Hashable, Sendable {
    /// One axis.
    package struct Axis: Codable, Hashable, Sendable {
        package let name: String
        package let count: Int
        package let first: String
        package let last: String
        package let measured: Int?
    }

    /// The table of cliffs.
    package struct Cliffs: Codable, Hashable, Sendable {
        package let axis: String
        package let rowAxes: [String]
        package let columnAxis: String?
        package let columns: [String]
        package let rows: [Row]
        package let rowCount: Int
        package let none: Int
        package let some: Int
        package let all: Int
        package let refused: Int
        package let unsteady: Int
    }

    /// A row of it.
    package struct Row: Codable, Hashable, Sendable {
        package let values: [String]
        package let cliffs: [String]
    }

    /// A probability of survival.
    package struct Probability: Codable, Hashable, Sendable {
        package let values: [String]
        package let starts: Int
        package let survived: Int
        package let share: Double?
        package let lower: Double?
        package let upper: Double?
    }

    /// Always `coldstart-sweep`.
    package private(set) var kind = "coldstart-sweep"
    /// The version of the format.
    package let schemaVersion: Int
    package let toolVersion: String
    package let scenario: String
    package let seed: UInt64
    package let axes: [Axis]
    package let startsEach: Int
    package let combinations: Int
    package let refused: Int
    package let refusal: String?
    package let started: Int
    package let survived: Int
    package let restarts: Restarts?
    package let probability: Double
    package let survivingCombinations: Int
    package let policies: [Policy]
    package let survivingPolicies: Int
    package let admittedPolicies: Int
    package let cliffs: Cliffs?
    package let map: Map?
    package let probabilities: [Probability]

    /// The document of a survey.
    package init(_ survey: SurvivalSurvey, of sweep: StartSweep, scenario: String, toolVersion: String) {
        schemaVersion = 1
        self.toolVersion = toolVersion
        self.scenario = scenario
        seed = sweep.seed
        axes = survey.grid.axes.map(Axis.init)
        startsEach = sweep.starts
        combinations = survey.combinations
        refused = survey.refused
        refusal = survey.refusal
        started = survey.started
        survived = survey.survived
        restarts = sweep.watch.map { Restarts(watch: $0.reportedSeconds, survived: survey.restarted) }
        probability = survey.criterion.probability
        survivingCombinations = survey.surviving
        policies = survey.policies.policies.map { Policy($0, isRestarted: sweep.watch != nil) }
        survivingPolicies = survey.policies.surviving
        admittedPolicies = survey.policies.admitted
        cliffs = survey.cliffs.map(Cliffs.init)
        map = survey.map.map(Map.init)
        probabilities = survey.probabilities.map(Probability.init)
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}

extension SurvivalDocument.Axis {
    fileprivate init(_ axis: SweepAxis) {
        name = axis.parameter.name
        count = axis.count
        first = axis.text(at: 0)
        last = axis.text(at: axis.count - 1)
        if case .measured(let starts) = axis.values { measured = starts.starts.count } else { measured = nil }
    }
}

extension SurvivalDocument.Cliffs {
    fileprivate init(_ table: CliffTable) {
        axis = table.axis.parameter.name
        rowAxes = table.rowAxes.map(\.parameter.name)
        columnAxis = table.columnAxis?.parameter.name
        columns = table.columnAxis.map { axis in (0..<axis.count).map { axis.text(at: $0) } } ?? []
        rows = table.rows.map { row in
            SurvivalDocument.Row(values: row.values, cliffs: row.cliffs.map { $0.text(on: table.axis) })
        }
        rowCount = table.rowCount
        none = table.none
        some = table.some
        all = table.all
        refused = table.refused
        unsteady = table.unsteady
    }
}

extension SurvivalDocument.Probability {
    fileprivate init(_ probability: SurvivalSurvey.Probability) {
        let tally = probability.tally
        values = probability.values
        starts = tally.started
        survived = tally.survived
        share = tally.started > 0 ? Double(tally.survived) / Double(tally.started) : nil
        lower = tally.interval?.lower
        upper = tally.interval?.upper
    }
}
