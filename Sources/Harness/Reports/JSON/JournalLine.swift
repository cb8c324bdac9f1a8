/// One line of `report.jsonl`, the journal of a run that is written while it runs.
///
/// Every line is a JSON object with `schemaVersion` and `event`, and by the event:
///
/// | `event` | further keys |
/// |---|---|
/// | `runStarted` | `tool`, `seed`, `scenarios`: `name` and `file` of each chosen one |
/// | `scenarioStarted` | `index` (from 0, into those scenarios), `name` |
/// | `scenarioFinished` | `index`, `name`, `scenario`: a ``ScenarioReport`` |
/// | `runFinished` | `complete`, `summary`, `exitCode`, `fingerprints`, `virtualSeconds`, `wallSeconds` as in ``RunReport`` |
///
/// A journal whose last line is not a whole `runFinished` was cut short, and its results are not those of a run.
package struct JournalLine: Hashable, Sendable, Codable {
    /// What a line tells of.
    package enum Event: String, Hashable, Sendable, Codable {
        /// The run begins.
        case runStarted
        /// A scenario begins.
        case scenarioStarted
        /// A scenario has ended in some way.
        case scenarioFinished
        /// The run is over, and the journal with it.
        case runFinished
    }

    /// The name and the file of a chosen scenario.
    package struct Planned: Hashable, Sendable, Codable {
        /// The scenario's name.
        package var name: String
        /// The file that holds it.
        package var file: String
    }

    /// The version of the documents.
    package var schemaVersion: Int = RunReport.schemaVersion
    /// What the line tells of.
    package var event: Event
    /// What writes the journal.
    package var tool: RunReport.Tool?
    /// The seed from the command line.
    package var seed: UInt64?
    /// The chosen scenarios.
    package var scenarios: [Planned]?
    /// The scenario's index among the chosen ones, from 0.
    package var index: Int?
    /// The scenario's name.
    package var name: String?
    /// The scenario's report.
    package var scenario: ScenarioReport?
    /// Whether the run reached its end without being interrupted.
    package var complete: Bool?
    /// How many scenarios ended in which way.
    package var summary: RunReport.Summary?
    /// The exit code with everything that caused it.
    package var exitCode: ExitCodeReport?
    /// The model files that were used.
    package var fingerprints: [RunReport.Fingerprint]?
    /// The sum of the scenarios' simulated time.
    package var virtualSeconds: Double?
    /// The real time of the run.
    package var wallSeconds: Double?
}
