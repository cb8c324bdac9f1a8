import Domain
import Scenarios

/// A value that a parameter takes in a sweep.
package enum SweepValue: Hashable, Sendable {
    /// A time of the probe in whole seconds, which is written without unit as in the platform's field.
    case seconds(Int)
    /// A number of failures.
    case count(Int)
    /// The duration of a stage.
    case duration(Duration)
    /// A CPU limit in vCPU.
    case cores(Double)
    /// A switch.
    case isOn(Bool)

    /// The value as the command line takes it.
    package var text: String {
        switch self {
        case .seconds(let number), .count(let number): String(number)
        case .duration(let duration): DurationText.text(of: duration)
        case .cores(let cores): Self.plain(cores)
        case .isOn(let isOn): isOn ? "on" : "off"
        }
    }

    /// The value as other programs take it: seconds, a count, vCPU, or a word.
    var plainText: String {
        if case .duration(let duration) = self { duration.secondsText } else { text }
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
