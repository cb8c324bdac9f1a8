package import Domain

/// What a comparison found.
package struct ComparisonFindings: Sendable {
    /// A side, and what it cost.
    package struct Side: Hashable, Sendable, Codable {
        /// What the user called it.
        package var name: String
        /// What it is.
        package var kind: String
        /// SHA-256 of the files behind it.
        package var fingerprints: [String: String]
        /// What is to be said about it.
        package var notes: [String]
        /// The seconds that its rankings took.
        package var seconds: Double
        /// By how many bytes the memory of the process grew while it was opened and ranked first; `nil` where unknown.
        package var bytes: Int?
        /// What verified precision did; `nil` where all was done in float32.
        package var precision: PrecisionReport?
    }

    /// The old side.
    package var old: Side
    /// The new side.
    package var new: Side
    /// The sessions.
    package var sessions: SessionCounts
    /// The metrics.
    package var metrics: [MetricRow]
    /// The most changed sessions, those with the smallest overlap first.
    package var changes: [SessionChange]
    /// How many changed sessions are not in `changes`.
    package var changesLeftOut: Int
    /// Where relevance comes from; `nil` where there is none.
    package var relevance: String?
    /// What was measured.
    package var settings: ComparisonSettings

    /// The row of a metric.
    package func row(_ name: String, _ list: ComparedList, slice: String = SlicePlan.all) -> MetricRow? {
        metrics.first { $0.name == name && $0.model == list && $0.slice == slice }
    }

    /// Whether every list of every session is the same on both sides, and something was compared.
    package var isSame: Bool {
        sessions.compared > 0 && sessions.changed == 0 && sessions.onlyOld == 0 && sessions.onlyNew == 0
    }
}
