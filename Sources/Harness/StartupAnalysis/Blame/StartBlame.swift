package import Reports

/// A recorded start taken apart: what it spent its time on, and what nobody can say.
///
/// As `systemd-analyze blame` and `critical-chain` do it for a machine. Stages follow one another in the service's load, so
/// that time between two of them belongs to nobody.
package struct StartBlame: Sendable {
    /// Time that belongs to no part.
    package struct Gap: Hashable, Sendable, Codable {
        /// When it begins and ends, in seconds from the start.
        package let from: Double
        package let to: Double
        /// What lies on either side, in words.
        package let place: String
        /// Whether a machine that others kept busy may have made it, and the service not.
        package let mayBeLateness: Bool
    }

    /// What time between two parts may come to where a real process was watched: its log is read in turns with its sockets.
    package static let realTolerance = 0.05
    /// What it may come to where time is computed.
    package static let computedTolerance = 0.001

    /// The scenario's report.
    package let report: ScenarioReport
    /// The parts in the order of their beginnings.
    package let spans: [StartSpan]
    /// The time that belongs to no part and is longer than may be.
    package let gaps: [Gap]
    /// What a gap may come to without being one.
    package let tolerance: Double
    /// The moment at which the load or the start ended.
    package let end: Double

    /// Takes a start apart.
    ///
    /// - Parameters:
    ///   - report: The scenario's report.
    ///   - tolerance: What time between two parts may come to, in the scenario's seconds; by default what the target can
    ///     tell.
    /// - Throws: `StartupAnalysisError` where nothing was started, or the report has no stage.
    package init(_ report: ScenarioReport, tolerance: Double? = nil) throws(StartupAnalysisError) {
        guard let startup = report.startup, startup.outcome != "refused" else {
            throw StartupAnalysisError(
                .empty,
                "\(report.name): nothing was started (\(report.startup?.reason ?? report.error ?? "it was not run"))"
            )
        }
        var spans = StartSpans(report).spans
        guard !spans.isEmpty else {
            throw StartupAnalysisError(
                .unreadable,
                "\(report.name): the report has no stage of the load; a service says in its log when one has finished "
                    + "(message \"stage finished\", stage, milliseconds)"
            )
        }
        self.report = report
        self.tolerance = tolerance ?? report.process.map { Self.realTolerance * $0.speed } ?? Self.computedTolerance
        let decided = startup.at.flatMap { startup.outcome == "ready" || startup.outcome == "init_error" ? nil : $0 }
        if let decided, let under = StartSpans.underway(after: spans, until: decided, of: report) {
            spans.append(under)
        }
        self.spans = spans
        let loaded = spans.map(\.to).max() ?? 0
        // What listens only after the load has to listen right after it.
        end = max(loaded, decided ?? startup.listening ?? 0)
        let lateness = report.process.map { $0.latenessSeconds * $0.speed } ?? 0
        let (allowed, certain) = (self.tolerance, self.tolerance + lateness)
        let word = decided == nil ? "listens" : Self.words(startup.outcome)
        gaps = Self.gaps(between: spans, until: end, endedBy: word)
            .filter { $0.to - $0.from > allowed }
            .map { Gap(from: $0.from, to: $0.to, place: $0.place, mayBeLateness: $0.to - $0.from <= certain) }
    }

    /// All time between parts, however short.
    private static func gaps(
        between spans: [StartSpan],
        until end: Double,
        endedBy: String
    ) -> [(from: Double, to: Double, place: String)] {
        var gaps: [(from: Double, to: Double, place: String)] = []
        var (moment, before) = (0.0, "the start of the instance")
        for span in spans {
            gaps.append((moment, span.from, "between \(before) and \(span.name)"))
            if span.to >= moment { (moment, before) = (span.to, span.name) }
        }
        gaps.append((moment, end, "after \(before), before it \(endedBy)"))
        return gaps
    }

    /// Whether some time belongs to nobody and no lateness of the machine explains it.
    package var hasFailed: Bool { gaps.contains { !$0.mayBeLateness } }

    private static func words(_ end: String) -> String {
        switch end {
        case "killed": "is killed"
        case "exited": "exits"
        case "stopped": "is stopped"
        default: end
        }
    }

    /// The parts by the time they took, the longest first.
    package var byTime: [StartSpan] {
        spans.enumerated().sorted { ($1.element.elapsed, $0.offset) < ($0.element.elapsed, $1.offset) }.map(\.element)
    }
}
