/// How an instance started, in a report.
///
/// Keys: `outcome` (`ready`, `killed`, `init_error`, `exited`, `refused`), `at` (when it ended), `reason`, `attempts`,
/// `readyBasic`, `readyFull`, `firstGoodRecommendation`, `detectionLag`, `killMargin`, `probeTruthGap` (seconds, `null`
/// where there is none), `violations` (`rule`, `severity`, `field`, `reason` of what the platform says about the probe).
package struct StartupReport: Hashable, Sendable, Codable {
    /// How the start ended.
    package var outcome: String
    /// When it ended.
    @OrNull package var at: Double?
    /// Why it ended so, where the platform or the service says why.
    @OrNull package var reason: String?
    /// How many probe attempts were made.
    package var attempts: Int
    /// When the service called itself `ready_basic`.
    @OrNull package var readyBasic: Double?
    /// When the service called itself `ready_full`.
    @OrNull package var readyFull: Double?
    /// When the first answer with recommendations could be given.
    @OrNull package var firstGoodRecommendation: Double?
    /// How long the service could have passed the probe before the probe noticed.
    @OrNull package var detectionLag: Double?
    /// How much slower the load could have been before the platform had given up; negative where it was too slow.
    @OrNull package var killMargin: Double?
    /// For how long the probe said yes while `/recommend` could not serve.
    @OrNull package var probeTruthGap: Double?
    /// What the platform says about the probe's configuration.
    package var violations: [Violation]

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
