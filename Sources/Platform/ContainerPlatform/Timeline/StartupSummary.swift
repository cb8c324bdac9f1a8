/// How a start went, in the figures that scenarios expect.
///
/// All moments count from instance start.
package struct StartupSummary: Hashable, Sendable, Codable {
    /// How the start ended.
    package enum Outcome: Hashable, Sendable, Codable {
        /// The probe succeeded.
        case ready(at: Duration)
        /// The probe failed after so many consecutive failures, and the instance was killed.
        case killed(at: Duration, failures: Int)
        /// The process ended by itself before the probe succeeded.
        case exited(at: Duration, ProcessExit)
        /// The owner's configuration stopped the instance before the probe decided.
        case stopped(at: Duration)
        /// The platform waited no longer for the instance to become ready (Knative's progress deadline).
        case givenUp(at: Duration)
        /// The simulation, or the run, ended first.
        case undecided
    }

    /// A request that was served, and when its answer was there.
    package struct Served: Hashable, Sendable, Codable {
        /// The request's index in the plan.
        package let request: Int
        /// The moment of the answer.
        package let moment: Duration

        /// Creates a served request.
        package init(request: Int, moment: Duration) {
            self.request = request
            self.moment = moment
        }
    }

    /// How the start ended.
    package var outcome = Outcome.undecided
    /// The number of attempts that the probe made.
    package var attempts = 0
    /// The moment at which the process first listened.
    package var listening: Duration?
    /// The moment at which an attempt would first have succeeded.
    package var probeCouldPass: Duration?
    /// The moment at which the service first called itself ready.
    package var readyBasic: Duration?
    /// The moment at which everything was loaded.
    package var readyFull: Duration?
    /// The first request that was answered with any rows.
    package var firstWithRows: Served?
    /// The first request that was answered with all models' rows: the first good recommendation.
    package var firstFull: Served?
    /// How long the probe had said yes while a request for recommendations would have got no rows.
    package var truthGap: Duration = .zero
    /// Whether the gap was still open when the simulation ended.
    package var truthGapIsOpen = false
    /// The CPU time that background stages used.
    package var backgroundCPU: Duration = .zero
    /// The moment of the last event.
    package var ended: Duration = .zero
    /// The lives of the container that were followed by another; none where no container was restarted.
    package var earlierLives: [ContainerLife] = []

    /// Creates the summary of an instance to which nothing has happened.
    package init() {}

    /// The time from the moment an attempt would have succeeded to the moment one did.
    package var detectionLag: Duration? {
        guard case .ready(let moment) = outcome, let probeCouldPass else { return nil }
        return moment - probeCouldPass
    }

    /// The start is that of the first life that became ready, else that of the last that was decided.
    mutating func takeEarlierLives() {
        guard !earlierLives.isEmpty else { return }
        func isReady(_ life: ContainerLife) -> Bool { if case .ready = life.outcome { true } else { false } }
        let isOver = outcome != .undecided
        guard let life = earlierLives.first(where: isReady) ?? (isOver ? nil : earlierLives.last) else { return }
        outcome = life.outcome
        attempts = life.attempts
        probeCouldPass = life.couldPass
    }

    /// The number of the container's life whose start this is, from 1.
    package var life: Int {
        earlierLives.last { $0.outcome == outcome }?.number ?? earlierLives.count + 1
    }

    /// Whether the probe succeeded.
    package var isReady: Bool {
        if case .ready = outcome { true } else { false }
    }
}
