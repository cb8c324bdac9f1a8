/// Something that happened during a start, or lasted for a while, in a report.
///
/// Keys: `at`, `until` (`null` for a moment, and for a stage that never ended), `kind`, `name`, `result` (`ok`,
/// `failed`, `cut`, or `null` where there is nothing to judge), `text`.
package struct TimelineReport: Hashable, Sendable, Codable {
    /// What an entry is about.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The instance itself: its start, signals, its end.
        case instance
        /// An attempt of the startup probe.
        case probe
        /// A stage of initialisation.
        case stage
        /// A change of what the service says of itself.
        case state
        /// A span without CPU.
        case starved
        /// A request to `/recommend`.
        case request
        /// A line that the platform logs.
        case log
    }

    /// How it went.
    package enum Result: String, Hashable, Sendable, Codable, CaseIterable {
        /// It succeeded.
        case ok
        /// It failed.
        case failed
        /// It was cut short by the end of the instance.
        case cut
    }

    /// When it happened or began.
    package var at: Double
    /// When it ended.
    @OrNull package var until: Double?
    /// What it is about.
    package var kind: Kind
    /// Which one: the stage, the state, the number of the attempt or the request.
    package var name: String
    /// How it went.
    @OrNull package var result: Result?
    /// What happened, in one phrase.
    package var text: String
}
