import ContainerPlatform
import Observations
import Scenarios

/// How a start ended, in the terms in which scenarios expect it.
struct ObservedStart {
    /// The outcome, `nil` where it is none that a scenario can expect.
    let outcome: StartupOutcome?
    /// When it ended, `nil` where it did not.
    let moment: Duration?
    /// The outcome in words.
    let text: String
    /// Whether the run ended before the start did.
    let isUndecided: Bool

    /// A service that is up and reports a failed initialisation counts as such, whatever its probe made of it; an
    /// instance that the platform killed counts as killed, whatever it reported before.
    init(_ startup: StartupObservation) {
        let hasFailed = startup.initialisationError != nil
        var isUndecided = false
        switch startup.summary?.outcome {
        case nil:
            outcome = .refused
            moment = nil
            text = "refused"
        case .killed(let at, let failures):
            outcome = .killed
            moment = at
            text = "killed after \(failures) failed attempts"
        case .exited(let at, let exit):
            outcome = .exited
            moment = at
            switch exit {
            case .code(let code): text = "exited with code \(code)"
            case .signal(let signal): text = "exited on signal \(signal)"
            }
        case .ready(let at):
            outcome = hasFailed ? .initialisationError : .ready
            moment = at
            text = outcome?.rawValue ?? ""
        case .undecided where hasFailed:
            outcome = .initialisationError
            moment = nil
            text = StartupOutcome.initialisationError.rawValue
        case .undecided:
            outcome = nil
            moment = nil
            text = "undecided when the run ended"
            isUndecided = true
        case .givenUp(let at):
            outcome = .givenUp
            moment = at
            text = "given up at the progress deadline"
        case .stopped(let at):
            outcome = nil
            moment = at
            text = "stopped by its owner's configuration"
        }
        self.isUndecided = isUndecided
    }
}
