import ContainerPlatform
package import Observations

/// What only a real process shows, in a report.
///
/// | key | content |
/// |---|---|
/// | `speed` | how many seconds of the scenario passed in one real second |
/// | `latenessSeconds` | how late the machine made the run, in real time, at most |
/// | `termination` | `sent` (seconds from the start), `waited` (until the end or SIGKILL, in the scenario's time), `realWaited`, `ended` (in words), or `null` where it was not told to end |
/// | `misplaced` | where it listened instead of at the address that it was asked at: `port`, `sockets` (`address`, `port`), `explanation`; or `null` |
/// | `peakMemoryBytes` | the most resident memory that one of its processes held by the end of a start; absent where that was not seen |
package struct ProcessReport: Hashable, Sendable, Codable {
    /// What the service did when it was told to end.
    package struct Termination: Hashable, Sendable, Codable {
        /// When SIGTERM was sent.
        package var sent: Double
        /// The seconds until it ended or was killed, in the scenario's time.
        package var waited: Double
        /// The same in real time.
        package var realWaited: Double
        /// How it ended by itself; `null` where it did not and was killed.
        @OrNull package var ended: String?
    }

    /// Where it listened instead.
    package struct Misplaced: Hashable, Sendable, Codable {
        /// The port that it was to listen on.
        package var port: Int
        /// Where it listened.
        package var sockets: [MisplacedService.Socket]
        /// What is wrong, and what to do.
        package var explanation: String
    }

    /// How many seconds of the scenario passed in one real second.
    package var speed: Double
    /// How late the machine made the run.
    package var latenessSeconds: Double
    /// What the service did when it was told to end.
    @OrNull package var termination: Termination?
    /// Where it listened instead.
    @OrNull package var misplaced: Misplaced?
    /// The most resident memory that one of its processes held by the end of a start, in bytes.
    package var peakMemoryBytes: Int?

    /// Makes the report of a real process, `nil` for another target.
    init?(_ observation: Observation) {
        guard observation.target == .process, let process = observation.process else { return nil }
        let speed = observation.clock?.speed ?? 1
        self.speed = speed
        latenessSeconds = process.lateness.total.reportedSeconds
        termination = process.termination.map { seen in
            Termination(
                sent: seen.sent.reportedSeconds,
                waited: seen.waited.reportedSeconds,
                realWaited: (seen.waited / speed).reportedSeconds,
                ended: seen.exit?.words
            )
        }
        peakMemoryBytes = process.peakMemory
        misplaced = process.misplaced.map {
            Misplaced(port: $0.port, sockets: $0.sockets, explanation: $0.explanation)
        }
    }

    /// What the console says of it, a line each.
    var lines: [String] {
        var lines: [String] = []
        if let termination {
            let time =
                "\(Figures.virtual(termination.waited))"
                + (speed == 1 ? "" : " (\(Figures.fixed(termination.realWaited, decimals: 3)) s of real time)")
            lines.append(
                termination.ended.map { "after SIGTERM the process \($0) within \(time)" }
                    ?? "after SIGTERM the process went on for \(time) and was killed"
            )
        }
        if let peakMemoryBytes { lines.append("the start took \(peakMemoryBytes >> 20) MiB of memory") }
        if let misplaced { lines.append(misplaced.explanation) }
        if latenessSeconds > 0 {
            lines.append(
                "the machine was busy: the run waited up to \(Figures.fixed(latenessSeconds, decimals: 2)) s of real "
                    + "time for processors that others used"
            )
        }
        return lines
    }
}
