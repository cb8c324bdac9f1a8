/// Something that happened during a start, or lasted for a while, in a report.
///
/// | key | content |
/// |---|---|
/// | `at`, `until` | when it began and ended, in seconds; `until` is `null` for a moment and for what never ended |
/// | `kind` | `instance`, `probe` (startup), `liveness`, `readiness`, `stage`, `state`, `serving` (`/recommend` can), `starved` (no CPU), `request`, `event` |
/// | `name` | which one: the stage, the state, the number of the attempt or request |
/// | `result` | `ok`, `failed`, `empty` (answered, with nothing in it), `cut` by the end of the instance, or `null` |
/// | `text` | what happened, in one phrase |
/// | `cpu` | the CPU time of a stage that finished, in seconds; absent elsewhere and where it was not measured |
/// | `vCPU` | the CPU that there is from then on, in vCPU; absent where nothing changes |
///
/// Entries are in the order of their beginnings.
package struct TimelineReport: Hashable, Sendable, Codable {
    /// What an entry is about.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The time from the start of the instance to its end.
        case instance
        /// An attempt of the startup probe.
        case probe
        /// An attempt of the liveness probe.
        case liveness
        /// An attempt of the readiness probe.
        case readiness
        /// A stage of initialisation.
        case stage
        /// What the service says of itself.
        case state
        /// A span in which `/recommend` can answer with rows.
        case serving
        /// A span without CPU.
        case starved
        /// A request to `/recommend`.
        case request
        /// A moment of any other kind.
        case event
    }

    /// How it went.
    package enum Result: String, Hashable, Sendable, Codable, CaseIterable {
        /// It succeeded.
        case ok
        /// It failed.
        case failed
        /// It succeeded in form and brought nothing: an answer of 200 without a row.
        case empty
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
    /// The CPU time of a stage that finished; `nil` elsewhere and where it was not measured.
    package var cpu: Double?
    /// The CPU that there is from then on, in vCPU; `nil` where nothing changes.
    package var vCPU: Double?
}

extension TimelineReport {
    /// Creates the entry of a stage that a reader of reports knows of though they have none.
    package init(stage name: String, from: Double, to: Double, isFinished: Bool) {
        self.init(at: from, until: to, kind: .stage, name: name, result: isFinished ? .ok : .cut, text: name)
    }
}
