package import Domain

/// How a real service plays a scenario: how long its stages and answers take, and what goes wrong in them.
///
/// A service started with the variable ``variable`` runs its real stages and answers its requests with the real engine,
/// and takes at least the times stated here for it. All times are seconds of the real clock, so that whoever plays a
/// scenario faster than it is written divides them first. Members that are left out change nothing.
package struct Rehearsal: Codable, Hashable, Sendable {
    /// The variable that holds a rehearsal as JSON.
    package static let variable = "COLDSTART_REHEARSAL"

    /// How one stage of initialisation goes.
    package struct Stage: Codable, Hashable, Sendable {
        /// The least time that its work takes.
        package var seconds: Double?
        /// The time that passes before its work, whether the process has the CPU or not.
        package var delay: Double?
        /// The message it fails with once its work is done.
        package var fails: String?
        /// Whether it never ends.
        package var hangs: Bool?
        /// The code with which the process ends once its work is done.
        package var exits: Int32?
        /// The signal on which the process ends once its work is done.
        package var signal: Int32?

        /// Creates a stage that goes as it goes.
        package init(seconds: Double? = nil, delay: Double? = nil, fails: String? = nil, hangs: Bool? = nil) {
            self.seconds = seconds
            self.delay = delay
            self.fails = fails
            self.hangs = hangs
        }
    }

    /// The least time of an answer, by what the service could rank with when it took the request.
    package struct Serving: Codable, Hashable, Sendable {
        /// The least time of an answer from SVD alone, and of one from nothing.
        package var svdOnly: Double?
        /// The least time of an answer from both models.
        package var full: Double?
        /// The least time of an answer whose rankings the result cache has.
        package var cached: Double?

        private enum CodingKeys: String, CodingKey {
            case svdOnly = "svd_only"
            case full, cached
        }

        /// Creates times.
        package init(svdOnly: Double? = nil, full: Double? = nil, cached: Double? = nil) {
            self.svdOnly = svdOnly
            self.full = full
            self.cached = cached
        }
    }

    /// What the service does on SIGTERM.
    package struct Termination: Codable, Hashable, Sendable {
        /// The least time to its end.
        package var seconds: Double?
        /// Whether it goes on until SIGKILL.
        package var ignored: Bool?

        /// Creates a behaviour.
        package init(seconds: Double? = nil, ignored: Bool? = nil) {
            self.seconds = seconds
            self.ignored = ignored
        }
    }

    /// A failure of P5 while it scores.
    package struct ScoringFailure: Codable, Hashable, Sendable {
        /// The number of the request, as its header says; `nil` for every request.
        package var request: Int?
        /// The message it fails with.
        package var message: String

        /// Creates a failure.
        package init(request: Int? = nil, message: String) {
            self.request = request
            self.message = message
        }
    }

    /// The reading of the monotonic clock at which the process was started, in seconds, so that its own start-up is
    /// part of ``boot``; `nil` where nobody said so.
    package var started: Double?
    /// The least time from the start of the process to the environment check.
    package var boot: Double?
    /// The stages by name.
    package var stages: [String: Stage]?
    /// The times of answers.
    package var serving: Serving?
    /// What happens on SIGTERM.
    package var termination: Termination?
    /// The failures of P5.
    package var scoringFails: [ScoringFailure]?
    /// Whether `/health` is not answered while a request is being served, as by a server of one thread.
    package var healthWaits: Bool?
    /// Whether nobody stops the process, so that its times go by the clock; otherwise a jump of the clock counts as time
    /// without CPU.
    package var keepsCPU: Bool?

    private enum CodingKeys: String, CodingKey {
        case started, boot, stages, serving, termination
        case scoringFails = "scoring_fails"
        case healthWaits = "health_waits"
        case keepsCPU = "keeps_cpu"
    }

    /// Creates a rehearsal in which everything goes as it goes.
    package init() {}

    /// How a stage goes.
    package subscript(stage stage: InitialisationStage) -> Stage {
        get { stages?[stage.rawValue] ?? Stage() }
        set { stages = (stages ?? [:]).merging([stage.rawValue: newValue]) { $1 } }
    }

    /// The least time of an answer in a state, in seconds.
    package func servingTime(in state: ServingState, cached: Bool = false) -> Double {
        (cached ? serving?.cached : state == .full ? serving?.full : serving?.svdOnly) ?? 0
    }

    /// The message with which P5 fails in a request, `nil` where it does not.
    package func scoringFailure(of request: Int?) -> String? {
        scoringFails?.first { $0.request == nil || $0.request == request }?.message
    }

    /// What is wrong with it, in one line; `nil` where it can be played.
    package var fault: String? {
        let names = InitialisationStage.allCases.map(\.rawValue)
        if let unknown = stages?.keys.sorted().first(where: { !names.contains($0) }) {
            return "found the stage \"\(unknown)\", expected one of \(names.joined(separator: ", "))"
        }
        let times =
            [boot, serving?.svdOnly, serving?.full, serving?.cached, termination?.seconds]
            + (stages ?? [:]).values.flatMap { [$0.seconds, $0.delay] }
        guard times.allSatisfy({ (0...86_400).contains($0 ?? 0) }) else {
            return "found a time that is not between 0 and 86400 seconds"
        }
        let ends = (stages ?? [:]).values
        guard ends.allSatisfy({ (0...255).contains($0.exits ?? 0) && (1...64).contains($0.signal ?? 1) }) else {
            return "found an exit code that is not between 0 and 255, or a signal that is not between 1 and 64"
        }
        return nil
    }
}
