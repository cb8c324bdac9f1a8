/// One scenario in a report.
///
/// | key | content |
/// |---|---|
/// | `name`, `file`, `seed` | the scenario, its file, and the seed it ran with |
/// | `tags` | the scenario's tags; absent in reports of programs that did not write them |
/// | `teaches`, `showsDefect` | what it teaches; the defect that it expects on purpose, or `null` |
/// | `outcome` | `passed`, `failed`, `errored`, `inconclusive`, or `notRun` where the run ended before its turn |
/// | `headline` | the outcome of the start, the rows and the visitors in one phrase |
/// | `exitCodes` | every code that this scenario gives cause for |
/// | `error` | why it could not be run or judged, or `null` |
/// | `verdicts` | a ``VerdictReport`` each |
/// | `setup` | a ``SetupReport``: strategy, probe, CPU |
/// | `startup` | a ``StartupReport``, or `null` where nothing was observed |
/// | `timeline` | a ``TimelineReport`` each: attempts, stages, states, requests |
/// | `platformLog` | a ``PlatformLogReport`` for each line that the platform would log |
/// | `serviceLog` | a ``ServiceLogReport`` for each line around a real service's failure, or its last; absent elsewhere |
/// | `process` | a ``ProcessReport``; absent for other targets |
/// | `attempts` | an ``AttemptReport`` for each attempt before this one, which the machine was too busy for; absent elsewhere |
/// | `answers` | an ``AnswerReport`` for each request |
/// | `sessions` | the sessions that take part: `session`, `ratings` (`movie`, `rating`) as recorded; absent where not written |
/// | `titles` | the titles of the movies that the scenario's part of the report names, by id; absent where not written |
/// | `ledger` | a ``LedgerReport``, or `null` where no database was read |
/// | `landing` | the note's summary query: `model`, `phase`, `rows`, `sessions`; `null` where no database was read |
/// | `visitors` | what each session's visitor would see: `session`, `films`, `fallback`; `null` likewise |
/// | `receipts` | the proof that each fault fired: `fault`, `evidence` |
/// | `virtualSeconds`, `wallSeconds` | the simulated time that was observed; the real time that it took |
/// | `reproduction` | the command line that runs this scenario alone |
/// | `acceptance` | the command line that keeps what differs from a golden to be accepted; absent where no golden failed |
package struct ScenarioReport: Hashable, Sendable, Codable {
    /// The scenario's name.
    package var name: String
    /// The file that holds it.
    package var file: String
    /// The seed it ran with.
    package var seed: UInt64
    /// The scenario's tags; `nil` in reports of programs that did not write them.
    package var tags: [String]?
    /// What a reader learns from it.
    package var teaches: String
    /// The defect that it expects on purpose.
    @OrNull package var showsDefect: String?
    /// How it ended.
    package var outcome: ScenarioOutcome
    /// The start, the rows and the visitors in one phrase.
    package var headline: String
    /// Every code that it gives cause for.
    package var exitCodes: [Int32]
    /// Why it could not be run or judged.
    @OrNull package var error: String?
    /// What the checks found.
    package var verdicts: [VerdictReport]
    /// What was run.
    package var setup: SetupReport
    /// How the instance started.
    @OrNull package var startup: StartupReport?
    /// What happened when.
    package var timeline: [TimelineReport]
    /// What the platform would log.
    package var platformLog: [PlatformLogReport]
    /// What a real service wrote around its failure, or last; `nil` where there is none.
    package var serviceLog: [ServiceLogReport]?
    /// What only a real process shows; `nil` for other targets.
    package var process: ProcessReport?
    /// The attempts before this one; `nil` where there were none.
    package var attempts: [AttemptReport]?
    /// The requests and their answers.
    package var answers: [AnswerReport]
    /// The sessions that take part; `nil` in reports of programs that did not write them.
    package var sessions: [SessionReport]?
    /// The titles of the movies that this report names, by id; `nil` in reports of programs that did not write them.
    package var titles: [String: String]?
    /// What became of each expected row.
    @OrNull package var ledger: LedgerReport?
    /// The note's summary query.
    @OrNull package var landing: [LandingReport]?
    /// What each session's visitor would see.
    @OrNull package var visitors: [VisitorReport]?
    /// The proof that each fault fired.
    package var receipts: [ReceiptReport]
    /// The simulated time that was observed.
    package var virtualSeconds: Double
    /// The real time that it took.
    package var wallSeconds: Double
    /// The command line that runs this scenario alone.
    package var reproduction: String
    /// The command line that keeps what differs from a golden to be accepted; `nil` where no golden failed.
    package var acceptance: String?

    /// A line of the note's summary query.
    package struct LandingReport: Hashable, Sendable, Codable {
        /// The model as the table spells it.
        package var model: String
        /// The phase of the study.
        package var phase: Int
        /// How many rows there are.
        package var rows: Int
        /// How many sessions they belong to.
        package var sessions: Int
    }

    /// What one visitor would see.
    package struct VisitorReport: Hashable, Sendable, Codable {
        /// The visitor's session.
        package var session: String
        /// The movies in order.
        package var movies: [String]
        /// Whether these are the first movies of the catalogue, shown silently because nothing was saved.
        package var fallback: Bool

        private enum CodingKeys: String, CodingKey {
            case session, fallback
            case movies = "films"
        }
    }

    /// The proof that one fault fired.
    package struct ReceiptReport: Hashable, Sendable, Codable {
        /// The fault's number in the scenario, from 1.
        package var fault: Int
        /// What was done.
        package var evidence: String
    }
}
