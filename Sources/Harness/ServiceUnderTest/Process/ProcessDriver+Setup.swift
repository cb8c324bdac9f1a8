import ContainerPlatform
import Domain
import Observations
import RecommendationEngine
import SafeText
import Scenarios

extension ProcessDriver {
    /// What a run needs to know.
    struct Setup: Sendable {
        /// The plan.
        var plan: Plan
        /// The program, less its port.
        var launch: CommandLaunch
        /// What the service is to act out in a life of its container, from 1.
        var rehearsal: @Sendable (_ life: Int) -> Rehearsal
        /// How many seconds of the scenario pass in one real second.
        var speed: Double
        /// The header fields of every request to `/recommend`, such as the shared secret.
        var headers: [(name: String, value: String)]
        /// What no log and no report may show.
        var redaction: Redaction
        /// The file that gets the whole log, `nil` for none.
        var logPath: String?
        /// The platform's delays before the first attempt, and from an exit to its notice.
        var delays: PlatformDelays
        /// What the run waits for when its requests have their answers.
        var awaited: AwaitedEnd
        /// Whether rows may come after the answer that promises them.
        var waitsForRows = false
        /// Where other tasks tell the run something.
        var mailbox: RunMailbox
        /// Asks for something of the database; the answer comes by the mailbox.
        var ask: @Sendable (DatabaseTask) -> Void
        /// Takes what the run waits for.
        var progress: ProgressHandler = { _ in }
    }

    /// Something that the run wants of the database.
    enum DatabaseTask: Sendable {
        /// The rows of sessions.
        case rows(RowQuestion)
        /// A rating that a visitor gives now.
        case rating(PlannedRating)
    }

    /// What came of a run.
    struct Result: Sendable {
        /// The figures of the start.
        var summary: StartupSummary
        /// What happened.
        var timeline: Timeline
        /// The answers by request number.
        var answers: [ObservedAnswer]
        /// What the service said of itself last.
        var finalHealth: HealthStatus?
        /// The lines of the log that matter.
        var log: [LoggedLine]
        /// What only a process shows.
        var process: ProcessObservation
    }
}
