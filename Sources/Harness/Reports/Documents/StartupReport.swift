/// How an instance started, in a report.
///
/// | key | content |
/// |---|---|
/// | `outcome` | `ready`, `killed`, `init_error`, `exited`, `stopped`, `given_up`, `undecided`, or `refused` by the platform |
/// | `at` | when the start ended |
/// | `reason` | why it ended so, in one sentence |
/// | `attempts` | how many probe attempts were made |
/// | `listening`, `probeCouldPass` | when the process listened; when an attempt would first have succeeded |
/// | `readyBasic`, `readyFull` | when the service called itself so |
/// | `firstRows` | when a request was first answered with any rows |
/// | `firstGoodRecommendation` | when a request was first answered with the rows of all models |
/// | `detectionLag` | the time from `probeCouldPass` to the probe's success |
/// | `killMargin` | `spare` (seconds), `factor` (on every stage's duration), `unbounded`; `null` where unknown |
/// | `probeTruthGap`, `probeTruthGapIsOpen` | for how long the probe had said yes while `/recommend` could not serve |
/// | `lives` | of a container that was restarted, the lives that were followed by another; absent elsewhere |
/// | `violations` | `rule`, `severity`, `field`, `reason` of what the platform says about the probe |
///
/// A life has `life` (its number, from 1), `began`, `ended`, `outcome`, `attempts` of the startup probe, `failedProbe`
/// (`null` where it ended by itself) and `end`, how its process ended, in words. The figures are those of the first life
/// that became ready, else of the last.
///
/// All times are seconds from the start of the instance, `null` where there is none.
package struct StartupReport: Hashable, Sendable, Codable {
    /// How the start ended.
    package var outcome: String
    /// When it ended.
    @OrNull package var at: Double?
    /// Why it ended so, where the platform or the service says why.
    @OrNull package var reason: String?
    /// How many probe attempts were made.
    package var attempts: Int
    /// When the process first listened.
    @OrNull package var listening: Double?
    /// When an attempt would first have succeeded.
    @OrNull package var probeCouldPass: Double?
    /// When the service called itself `ready_basic`.
    @OrNull package var readyBasic: Double?
    /// When the service called itself `ready_full`.
    @OrNull package var readyFull: Double?
    /// When a request was first answered with any rows.
    @OrNull package var firstRows: Double?
    /// When a request was first answered with the rows of all models.
    @OrNull package var firstGoodRecommendation: Double?
    /// How long the service could have passed the probe before the probe noticed.
    @OrNull package var detectionLag: Double?
    /// How much slower the load could have been.
    @OrNull package var killMargin: Margin?
    /// For how long the probe said yes while `/recommend` could not serve.
    @OrNull package var probeTruthGap: Double?
    /// Whether that was still so at the end.
    package var probeTruthGapIsOpen: Bool
    /// What the platform says about the probe's configuration.
    package var violations: [Violation]
    /// The lives of a restarted container that were followed by another; `nil` where none was.
    package var lives: [Life]?

    /// One life of a container that was restarted.
    package struct Life: Hashable, Sendable, Codable {
        /// Its number, from 1.
        package var life: Int
        /// When it began.
        package var began: Double
        /// When it ended.
        package var ended: Double
        /// How its start went.
        package var outcome: String
        /// The attempts of the startup probe in it.
        package var attempts: Int
        /// The probe for whose failure it was ended.
        @OrNull package var failedProbe: String?
        /// How its process ended, in words.
        package var end: String
    }

    /// How much slower the load could have been, or how much too slow it was.
    package struct Margin: Hashable, Sendable, Codable {
        /// Seconds from the moment the probe could pass to the last at which it would have been seen; negative if late.
        @OrNull package var spare: Double?
        /// The largest factor on every stage's duration with which the start survives.
        @OrNull package var factor: Double?
        /// Whether the start survives every factor that was tried.
        package var unbounded: Bool
    }

    /// A rule that the probe's configuration breaks.
    package struct Violation: Hashable, Sendable, Codable {
        /// The rule's code.
        package var rule: String
        /// `error` where the deployment is refused, `warning` otherwise.
        package var severity: String
        /// The field that is wrong.
        package var field: String
        /// What is wrong and why.
        package var reason: String
    }
}
