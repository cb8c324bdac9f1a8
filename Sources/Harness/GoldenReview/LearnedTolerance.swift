package import Domain
package import Goldens

/// What a golden may allow beyond what is standard, learned from runs of one bundle and tried on rankings that are wrong on
/// purpose.
package struct LearnedTolerance: Sendable {
    /// Why nothing may be learned.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// Candidates of these sessions come and go between runs, which no tolerance can allow.
        case unstable([SessionID])
        /// One of the runs would not pass.
        case unexplained(String)
        /// Rankings that are wrong on purpose would pass; `nil` where there was none to try.
        case tooWide(String?)

        package var description: String {
            switch self {
            case .unstable(let sessions):
                let named = sessions.prefix(3).map(\.text).joined(separator: ", ")
                return "candidates change from run to run, which no tolerance can allow: \(named)"
            case .unexplained(let difference): return "what was learned does not explain its own runs: \(difference)"
            case .tooWide(let ranking):
                return "wrong rankings would pass, so that nothing was learned: \(ranking ?? "there is none to try")"
            }
        }
    }

    /// What was learned.
    package let tolerance: GoldenTolerance
    /// How many rankings that are wrong on purpose it was tried on.
    package let canaries: Int

    /// Learns from runs.
    ///
    /// - Parameters:
    ///   - runs: The rankings of each run, the first the yardstick of the others; there is at least one.
    ///   - golden: The golden.
    ///   - origin: Who has it learned, when, and in what the runs differ.
    /// - Throws: ``Refusal``.
    /// - Complexity: O(*r*·*s*·*n*²) for *r* runs of *s* sessions of *n* places.
    package init(
        from runs: [[GoldenSession]],
        for golden: GoldenRankings,
        _ origin: GoldenTolerance.Origin
    ) throws(Refusal) {
        let header = golden.header.with(tolerance: nil)
        var calibration = GoldenCalibration(GoldenRankings(file: golden.file, header: header, sessions: runs[0]))
        for run in runs.dropFirst() { calibration.add(run) }
        guard calibration.unstable.isEmpty else { throw .unstable(calibration.unstable.sorted()) }
        tolerance = calibration.tolerance(origin)
        let learned = GoldenRankings(
            file: golden.file,
            header: header.with(tolerance: tolerance),
            sessions: runs[0]
        )
        for run in runs {
            var check = GoldenCheck(with: learned)
            for session in run { check.add(session) }
            if let difference = check.differences.first { throw .unexplained(difference.summary) }
        }
        let canary = GoldenCanary(learned).outcome()
        guard canary.passed.isEmpty, canary.tried > 0 else { throw .tooWide(canary.passed.first) }
        canaries = canary.tried
    }
}
