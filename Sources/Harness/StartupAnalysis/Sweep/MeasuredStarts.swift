import ContainerPlatform

/// What the stages of recorded starts took, from which a sweep draws.
package struct MeasuredStarts: Hashable, Sendable {
    /// A stage as it was measured.
    package struct Work: Hashable, Sendable {
        /// The time in which it used no CPU of its own: network, disk, a lock.
        package let delay: Duration
        /// The CPU time, or all of its time where CPU was not measured.
        package let cpu: Duration

        /// Creates what was measured of a stage.
        ///
        /// - Parameters:
        ///   - elapsed: From its begin to its end.
        ///   - cpu: The CPU time that it used, absent where that was not measured.
        package init(elapsed: Duration, cpu: Duration?) {
            let used = min(cpu ?? elapsed, elapsed)
            self.cpu = used
            delay = elapsed - used
        }
    }

    /// Where the starts were recorded, for reports.
    package let source: String
    /// The stages of each start, by their place among ``SweepParameter/Stage/allCases``; absent where it was not recorded.
    package let starts: [[Work?]]

    /// Creates recorded starts.
    ///
    /// - Precondition: There is a start, and each has a place for every stage.
    package init(source: String, starts: [[Work?]]) {
        precondition(!starts.isEmpty, "there is no start to draw from")
        precondition(starts.allSatisfy { $0.count == SweepParameter.Stage.allCases.count }, "a start lacks stages")
        self.source = source
        self.starts = starts
    }

    /// The recorded start that a random number means; each is as likely as any other.
    func start(drawnBy number: UInt64) -> [Work?] {
        starts[Int(number.multipliedFullWidth(by: UInt64(starts.count)).high)]
    }
}
