import ArgumentParser
import Replay

/// The value of `--target`.
enum TargetArgument: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// The engine in this process, in virtual time.
    case simulated
    /// A real process, in real time.
    case process
    /// A deployed service.
    case remote
}

/// The value of `--speed`: a number from 1 to 1000, or `auto`.
struct SpeedArgument: ExpressibleByArgument, Sendable {
    /// The speed.
    let speed: ProcessSettings.Speed

    init?(argument: String) {
        if argument == "auto" {
            speed = .automatic
        } else if let factor = Double(argument), (1...1000).contains(factor) {
            speed = .fixed(factor)
        } else {
            return nil
        }
    }
}
