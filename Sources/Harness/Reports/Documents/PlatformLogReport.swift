import ContainerPlatform
import Observations
import Scenarios

/// A line that the platform would log, in a report.
///
/// Keys: `at` (seconds), `severity` (`INFO`, `WARNING`, `ERROR`), `text`, `isVerified` (whether this wording has been
/// seen or is documented for the case; where not, it must not be taken for the platform's).
package struct PlatformLogReport: Hashable, Sendable, Codable {
    /// When it is logged.
    package var at: Double
    /// The severity of the entry.
    package var severity: String
    /// The text, literally.
    package var text: String
    /// Whether the wording is known for this very case.
    package var isVerified: Bool

    /// Returns the lines that the platform logs for a start.
    ///
    /// - Returns: The lines in order.
    /// - Complexity: O(*n*) in the number of events.
    static func lines(of observation: StartupObservation, under conditions: PlatformConditions) -> [PlatformLogReport] {
        let log = PlatformLog(
            profile: conditions.profile,
            probe: conditions.probe.value,
            liveness: conditions.liveness?.value
        )
        return observation.timeline.entries.compactMap { entry in
            log.line(for: entry.event)
                .map { line in
                    PlatformLogReport(
                        at: entry.moment.reportedSeconds,
                        severity: line.severity.rawValue,
                        text: line.text,
                        isVerified: line.isVerified
                    )
                }
        }
    }
}
