/// The report of a whole run: the content of `report.json`, and what every other report is written from.
///
/// # The document, version 1
///
/// Keys are in camel case and sorted. Times are numbers of seconds: virtual ones count from the start of the instance,
/// `wall…` ones are real and the only values that differ between two runs of the same seed on the same files. Something
/// that does not exist is `null`, never left out. A reader must ignore keys that it does not know; a change that breaks
/// readers raises `schemaVersion`.
///
/// | key | content |
/// |---|---|
/// | `kind` | `coldstart-run`; absent in reports of programs that did not write it |
/// | `schemaVersion` | 1 |
/// | `tool` | `name`, `version` |
/// | `seed` | the seed of the command line; `null` where each scenario used its own |
/// | `fingerprints` | `path`, `sha256` of every model file that was used |
/// | `complete` | whether the run reached its end without being interrupted |
/// | `summary` | counts: `planned`, `executed`, `passed`, `failed`, `errored`, `inconclusive`, `notRun` |
/// | `exitCode` | `code`, `name`, `meaning`, and `causes`: each of them with its `scenarios` |
/// | `virtualSeconds`, `wallSeconds` | the sum of the scenarios' simulated time; the real time of the run |
/// | `scenarios` | a ``ScenarioReport`` each, in the order in which they were given |
package struct RunReport: Hashable, Sendable, Codable {
    /// The version of the documents that this code writes.
    package static let schemaVersion = 1

    /// Always `coldstart-run`; `nil` in reports of programs that did not write it.
    package var kind: String? = "coldstart-run"
    /// The version of the document.
    package var schemaVersion: Int = RunReport.schemaVersion
    /// What wrote the document.
    package var tool: Tool
    /// The seed from the command line; `null` where each scenario used its own.
    @OrNull package var seed: UInt64?
    /// The model files that were used.
    package var fingerprints: [Fingerprint]
    /// Whether the run reached its end without being interrupted.
    package var complete: Bool
    /// How many scenarios ended in which way.
    package var summary: Summary
    /// The exit code with everything that caused it.
    package var exitCode: ExitCodeReport
    /// The sum of the scenarios' simulated time.
    package var virtualSeconds: Double
    /// The real time of the run.
    package var wallSeconds: Double
    /// The scenarios in the order in which they were given.
    package var scenarios: [ScenarioReport]

    /// The program that wrote a report.
    package struct Tool: Hashable, Sendable, Codable {
        /// The program's name.
        package var name: String = "coldstart"
        /// The program's version.
        package var version: String
    }

    /// A file and what it held.
    package struct Fingerprint: Hashable, Sendable, Codable {
        /// The file's path.
        package var path: String
        /// The SHA-256 of its content in hexadecimal digits.
        package var sha256: String
    }

    /// How many scenarios ended in which way.
    package struct Summary: Hashable, Sendable, Codable {
        /// The scenarios that were chosen.
        package var planned: Int
        /// The scenarios that were run, whatever came of it.
        package var executed: Int
        /// Those that passed.
        package var passed: Int
        /// Those of which an expectation failed.
        package var failed: Int
        /// Those that could not be run or judged.
        package var errored: Int
        /// Those without a verdict.
        package var inconclusive: Int
        /// The chosen scenarios that were never run.
        package var notRun: Int
    }
}

/// How a scenario ended, from the strongest statement to the weakest.
package enum ScenarioOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every expectation holds.
    case passed
    /// An expectation does not hold.
    case failed
    /// The scenario could not be run or judged.
    case errored
    /// The observation does not allow a verdict.
    case inconclusive
    /// The run ended before the scenario began.
    case notRun
}
