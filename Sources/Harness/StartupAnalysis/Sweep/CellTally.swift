package import ContainerPlatform

/// What became of the starts of one combination.
package struct CellTally: Hashable, Sendable, Codable {
    /// The combination's number in the grid.
    package let combination: Int
    /// Whether the platform refused the configuration, so that nothing was started.
    package let isRefused: Bool
    /// How many starts were simulated.
    package private(set) var started = 0
    /// In how many of them the instance became ready, in whichever life of its container.
    package private(set) var survived = 0
    /// In how many of those it did so only after its container had been restarted.
    package private(set) var restarted = 0
    /// How many attempts their probes made.
    package private(set) var attempts = 0
    /// The latest moment at which one of them was decided.
    package private(set) var latest = Duration.zero
    /// The sum and the most of the detection lags of those that survived.
    package private(set) var lag = Duration.zero
    package private(set) var longestLag = Duration.zero
    /// What became of the first of them, absent before there is one.
    package private(set) var first: StartupSummary.Outcome?

    /// Creates a tally without starts.
    init(combination: Int, isRefused: Bool) {
        self.combination = combination
        self.isRefused = isRefused
    }

    /// Counts a start.
    mutating func count(_ decision: StartDecision) {
        started += 1
        attempts += decision.attempts
        if first == nil { first = decision.outcome }
        switch decision.outcome {
        case .ready(let moment):
            survived += 1
            if decision.life > 1 { restarted += 1 }
            latest = max(latest, moment)
            if let couldPass = decision.couldPass {
                lag += moment - couldPass
                longestLag = max(longestLag, moment - couldPass)
            }
        case .killed(let moment, _), .exited(let moment, _), .stopped(let moment), .givenUp(let moment):
            latest = max(latest, moment)
        case .undecided: break
        }
    }

    /// Adds the starts of another part of the same combination, those that come after this part's.
    mutating func add(_ other: CellTally) {
        precondition(combination == other.combination, "\(other.combination) is not \(combination)")
        started += other.started
        survived += other.survived
        restarted += other.restarted
        attempts += other.attempts
        latest = max(latest, other.latest)
        lag += other.lag
        longestLag = max(longestLag, other.longestLag)
        if first == nil { first = other.first }
    }

    /// Whether every start survived, and there was one.
    package var allSurvived: Bool { started > 0 && survived == started }

    /// The mean detection lag of those that survived, absent where none did.
    package var meanLag: Duration? { survived > 0 ? lag / survived : nil }

    /// The probability of survival as an interval, absent where nothing was started.
    package var interval: WilsonInterval? {
        started > 0 ? WilsonInterval(successes: survived, of: started) : nil
    }
}

extension StartupSummary.Outcome {
    /// The outcome in one word, as reports write it.
    var name: String {
        switch self {
        case .ready: "ready"
        case .killed: "killed"
        case .exited: "exited"
        case .stopped: "stopped"
        case .givenUp: "given_up"
        case .undecided: "undecided"
        }
    }
}
