package import Domain
package import Reports

/// One start with everything that is needed to play it again somewhere else: no model, no database, no network.
///
/// | key | content |
/// |---|---|
/// | `schemaVersion`, `kind` | 1 and `coldstart-capsule` |
/// | `toolVersion` | the Coldstart that wrote it |
/// | `sha256` | the SHA-256 of the file with 64 zeros in the place of this value |
/// | `origin` | `run`, `process` or `log` |
/// | `subject` | what it is of, in words |
/// | `scenario` | the text of the scenario: platform and probes, stages, faults, requests, expectations |
/// | `seed` | the seed that was used |
/// | `measured` | nanoseconds of each stage that was measured instead of stated |
/// | `sessions` | the sessions that take part, with their ratings |
/// | `catalogue` | the movies that sessions chose from |
/// | `trace` | of a run or a process what happened to the instance; of a log its lines that show it |
/// | `start` | how the start went; absent where the scenario's expectations say it |
/// | `answers` | what was answered to each request, with the rankings behind it |
/// | `rows` | the rows in the database at the end; absent where nobody looked |
/// | `unknown` | what would belong here and is not known |
///
/// Keys are added within a version; one that changes its meaning or goes raises it.
package struct Capsule: Hashable, Sendable, Codable {
    /// The version of the document.
    package static let currentVersion = 1
    /// What every capsule calls itself.
    package static let kindName = "coldstart-capsule"

    /// Where the content comes from.
    package enum Origin: String, Hashable, Sendable, Codable {
        /// A simulated run.
        case run
        /// A run of a real process.
        case process
        /// A log that somebody's platform wrote.
        case log
    }

    /// Something that happened, or a line that shows it.
    package struct TraceLine: Hashable, Sendable, Codable {
        /// The event, or the line's message without secrets.
        package var text: String
        /// Where the line stands, as `file:line:column`; absent for an event of a run.
        package var place: String?
    }

    /// The version of the document.
    package var schemaVersion = Self.currentVersion
    /// Always ``kindName``.
    package var kind = Self.kindName
    /// The version of Coldstart that wrote it.
    package var toolVersion: String
    /// 64 hexadecimal digits; zeros in a capsule that is not written yet.
    package var sha256 = String(repeating: "0", count: 64)
    /// Where the content comes from.
    package var origin: Origin
    /// What it is of, in words.
    package var subject: String
    /// The text of the scenario.
    package var scenario: String
    /// The seed that was used.
    package var seed: UInt64
    /// Nanoseconds of each stage that was measured, by its name.
    package var measured: [String: Int64] = [:]
    /// The sessions that take part, in the order of the scenario's selection.
    package var sessions: [CapsuleSession] = []
    /// The movies that sessions chose from.
    package var catalogue: [MovieID] = []
    /// What happened to the instance.
    package var trace: [TraceLine]
    /// How the start went; `nil` where the scenario's expectations say it.
    package var start: StartupReport?
    /// What was answered to each request.
    package var answers: [CapsuleAnswer]
    /// The rows in the database at the end; `nil` where nobody looked.
    package var rows: [CapsuleRow]?
    /// What would belong here and is not known, in words.
    package var unknown: [String]

    /// Creates a capsule without sessions.
    package init(
        toolVersion: String,
        origin: Origin,
        subject: String,
        scenario: String,
        seed: UInt64,
        trace: [TraceLine],
        start: StartupReport?,
        answers: [CapsuleAnswer],
        rows: [CapsuleRow]?,
        unknown: [String]
    ) {
        self.toolVersion = toolVersion
        self.origin = origin
        self.subject = subject
        self.scenario = scenario
        self.seed = seed
        self.trace = trace
        self.start = start
        self.answers = answers
        self.rows = rows
        self.unknown = unknown
    }
}
