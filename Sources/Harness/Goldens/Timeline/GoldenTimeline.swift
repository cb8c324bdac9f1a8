/// What a start has to look like: its stages in their order, what the instance did meanwhile, and how long each may take.
///
/// The file is one JSON object:
///
/// | key | content |
/// |---|---|
/// | `format`, `version` | `coldstart-timeline`, 1 |
/// | `scenario`, `strategy` | of the recorded starts |
/// | `starts` | how many starts it was made from |
/// | `band`, `least` | by which part of a time, and by how many seconds at least, a stage may take less or more |
/// | `stages` | a ``Stage`` each, in their order |
/// | `accepted` | a ``Acceptance`` for each change that a person accepted; absent where there was none |
/// | `rejected` | in a pending start: who took it as wrong, a `PendingEntry.Rejection`; absent where nobody did |
package struct GoldenTimeline: Hashable, Sendable, Codable {
    /// What the instance does while a stage begins: the stage's parent.
    package enum Period: String, Hashable, Sendable, Codable {
        /// Its startup probe has not decided.
        case starting
        /// It serves, and the load goes on behind.
        case serving
    }

    /// A stage; times are seconds.
    package struct Stage: Hashable, Sendable, Codable {
        /// Its name.
        package let name: String
        /// What the instance does while it begins.
        package let during: Period
        /// The median of what it took.
        package let seconds: Double
        /// The least and the most that it may take.
        package let from: Double
        package let to: Double

        /// Creates a stage.
        package init(name: String, during: Period, seconds: Double, from: Double, to: Double) {
            self.name = name
            self.during = during
            self.seconds = seconds
            self.from = from
            self.to = to
        }
    }

    /// A change that a person accepted.
    package struct Acceptance: Hashable, Sendable, Codable {
        /// Who accepted, and when, in ISO 8601 and UTC.
        package let who: String
        package let when: String
        /// The class of what was accepted.
        package let risk: GoldenRisk
        /// Why; always there where the structure changed.
        package let reason: String?

        /// Creates a record.
        package init(who: String, when: String, risk: GoldenRisk, reason: String?) {
            self.who = who
            self.when = when
            self.risk = risk
            self.reason = reason
        }
    }

    /// The name of the format.
    package static let formatName = "coldstart-timeline"
    /// The version that this code writes.
    package static let currentVersion = 1

    /// The format and its version.
    package let format: String
    package let version: Int
    /// The scenario that was started, and its strategy.
    package let scenario: String
    package let strategy: String
    /// How many starts it was made from.
    package let starts: Int
    /// By which part of a time, and by how many seconds at least, a stage may take less or more.
    package let band: Double
    package let least: Double
    /// The stages in their order.
    package let stages: [Stage]
    /// What was accepted since, the oldest first.
    package private(set) var accepted: [Acceptance]?
    /// Who took the start as wrong, where it is pending and somebody did.
    package private(set) var rejected: PendingEntry.Rejection?

    /// Creates a golden that nobody has changed.
    ///
    /// - Parameters:
    ///   - scenario: The scenario that was started.
    ///   - strategy: Its strategy.
    ///   - starts: How many starts it is made from.
    ///   - band: By which part of a time a stage may take less or more.
    ///   - least: By how many seconds it may at least.
    ///   - stages: The stages in their order.
    package init(scenario: String, strategy: String, starts: Int, band: Double, least: Double, stages: [Stage]) {
        format = Self.formatName
        version = Self.currentVersion
        self.scenario = scenario
        self.strategy = strategy
        self.starts = starts
        self.band = band
        self.least = least
        self.stages = stages
    }

    /// Returns the golden that takes another's place, with its record and one more.
    package func accepting(_ acceptance: Acceptance, after other: GoldenTimeline) -> GoldenTimeline {
        var golden = self
        golden.accepted = (other.accepted ?? []) + [acceptance]
        golden.rejected = nil
        return golden
    }

    /// Returns the pending start as somebody rejected it.
    package func rejecting(_ rejection: PendingEntry.Rejection) -> GoldenTimeline {
        var golden = self
        golden.rejected = rejection
        return golden
    }
}
