import Checks
import ContainerPlatform
import Observations

/// An attempt at a scenario before the one that counts, which the machine was too busy for.
///
/// Keys: `speed` (how many seconds of the scenario passed in one real second), `latenessSeconds` (of real time),
/// `exitCodes`, `wallSeconds`, `verdicts` (those that did not pass, a ``VerdictReport`` each).
package struct AttemptReport: Hashable, Sendable, Codable {
    /// How many seconds of the scenario passed in one real second.
    package var speed: Double
    /// How late the machine made the run, in real time.
    package var latenessSeconds: Double
    /// Every code that the attempt would have given cause for.
    package var exitCodes: [Int32]
    /// The real time that it took.
    package var wallSeconds: Double
    /// The verdicts that are not a pass.
    package var verdicts: [VerdictReport]

    /// Makes the report of an attempt.
    init(_ result: ScenarioResult) {
        speed = result.observation?.clock?.speed ?? 1
        latenessSeconds = result.observation?.process?.lateness.total.reportedSeconds ?? 0
        exitCodes = ExitCode.precedence.filter(result.causes.contains).map(\.rawValue)
        wallSeconds = result.wallTime.reportedSeconds
        verdicts = result.verdicts.filter { $0.outcome != .passed }.map(VerdictReport.init)
    }

    /// The attempt in one line for the console, its number first.
    func line(number: Int) -> String {
        let what = verdicts.first.map { "\($0.check): \($0.message)" } ?? "without a verdict"
        return "attempt \(number), \(Figures.fixed(speed, decimals: 1)) times as fast, "
            + "\(Figures.fixed(latenessSeconds, decimals: 2)) s of waiting for processors: \(what)"
    }
}
