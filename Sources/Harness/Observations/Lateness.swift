/// How late a real run was through no doing of the service, adding up over the run.
///
/// It is an upper bound: work that the machine held up may have had time to spare.
package struct Lateness: Hashable, Sendable {
    /// What had added up by a moment.
    package struct Sample: Hashable, Sendable {
        /// The moment, from the start of the instance, in the scenario's time.
        package let moment: Duration
        /// How late the run was by then, in real time.
        package let total: Duration

        /// Creates a sample.
        package init(moment: Duration, total: Duration) {
            self.moment = moment
            self.total = total
        }
    }

    /// The samples in the order of time; neither moments nor totals descend.
    package private(set) var samples: [Sample] = []
    /// For how long it was measured, in real time.
    package private(set) var measured = Duration.zero

    /// The share of a time below which waiting is what any machine does.
    ///
    /// A scenario at the automatic speed takes some 3 s, of which this share is the 150 ms that a real clock is allowed
    /// anyway.
    package static let ordinaryShare = 0.05

    /// Creates the lateness of a run that has not been late.
    package init() {}

    /// Adds what an interval of so much real time brought.
    ///
    /// - Precondition: The moment is not before the last sample's, and the addition is not negative.
    package mutating func add(_ late: Duration, of length: Duration = .zero, by moment: Duration) {
        precondition(late >= .zero && moment >= samples.last?.moment ?? moment, "\(late) late by \(moment)")
        measured += length
        samples.append(Sample(moment: moment, total: total + late))
    }

    /// How late the whole run was, in real time.
    package var total: Duration { samples.last?.total ?? .zero }

    /// How late the run was by a moment, in real time: what the interval around the moment brought included.
    ///
    /// - Complexity: O(*n*) in the number of samples.
    package func total(by moment: Duration) -> Duration {
        samples.first { $0.moment >= moment }?.total ?? total
    }
}
