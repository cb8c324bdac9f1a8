package import Goldens
import Reports

/// Recorded starts as a golden holds one: their stages, each with what the instance did meanwhile.
package struct RecordedTimelines: Sendable {
    /// The name of the scenario, and its strategy.
    package let scenario: String
    package let strategy: String
    /// The stages of each start.
    package let starts: [[TimelineDifference.Stage]]

    /// Reads starts that were taken apart.
    ///
    /// - Parameter blames: The starts, at least one.
    /// - Throws: `StartupAnalysisError` where time of a start belongs to no stage, or a stage did not finish: of such a start
    ///   nobody can say what it has to look like.
    package init(_ blames: [StartBlame]) throws(StartupAnalysisError) {
        precondition(!blames.isEmpty, "there is no start")
        scenario = blames[0].report.name
        strategy = blames[0].report.setup.strategy
        for blame in blames {
            if let gap = blame.gaps.first {
                throw StartupAnalysisError(
                    blame.hasFailed ? .unattributed : .empty,
                    "\(blame.report.name): \(Figures.fixed(gap.to - gap.from, decimals: 3)) s \(gap.place) belong to no stage"
                )
            }
            if let stage = blame.spans.first(where: { $0.kind == .unfinished }) {
                throw StartupAnalysisError(
                    .unattributed,
                    "\(blame.report.name): the stage \(stage.name) did not finish"
                )
            }
        }
        starts = blames.map { blame in
            let passed = blame.report.startup?.outcome == "ready" ? blame.report.startup?.at : nil
            return blame.spans.filter { $0.kind == .stage }
                .map { span in
                    TimelineDifference.Stage(
                        name: span.name,
                        during: passed.map { span.from >= $0 } ?? false ? .serving : .starting,
                        seconds: span.elapsed
                    )
                }
        }
    }

    /// The golden of these starts: the median of each stage, and a band around the least and the most.
    ///
    /// - Parameters:
    ///   - band: The part of a time by which it may be less or more.
    ///   - least: The seconds by which it may be so at least.
    /// - Returns: The golden.
    /// - Throws: `StartupAnalysisError` where the starts have not the same stages in the same order.
    package func golden(band: Double, least: Double) throws(StartupAnalysisError) -> GoldenTimeline {
        let first = starts[0]
        for start in starts where start.map(\.name) != first.map(\.name) || start.map(\.during) != first.map(\.during) {
            throw StartupAnalysisError(
                .badValue,
                "the starts differ in structure: \(Self.words(first)) in one, \(Self.words(start)) in another"
            )
        }
        let stages = first.indices.map { place in
            let times = starts.map { $0[place].seconds }.sorted()
            let (shortest, longest) = (times[0], times[times.count - 1])
            return GoldenTimeline.Stage(
                name: first[place].name,
                during: first[place].during,
                seconds: rounded(times[(times.count - 1) / 2]),
                from: rounded(max(0, shortest - max(least, band * shortest))),
                to: rounded(longest + max(least, band * longest))
            )
        }
        return GoldenTimeline(
            scenario: scenario,
            strategy: strategy,
            starts: starts.count,
            band: band,
            least: least,
            stages: stages
        )
    }

    /// To the microsecond, as reports have it.
    private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

    private static func words(_ stages: [TimelineDifference.Stage]) -> String {
        stages.map { $0.during == .serving ? "\($0.name) (serving)" : $0.name }.joined(separator: ", ")
    }
}
