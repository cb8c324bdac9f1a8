extension Instance {
    /// What can happen to an instance.
    package enum Event: Hashable, Sendable {
        /// The platform has started the instance: the first event of all.
        case started
        /// The time is ``Instance/nextWakeUp`` or later; what is due first is taken, one thing an event.
        case timeReached
        /// A probe's attempt under way has ended; at its deadline the result still counts, later it is a timeout.
        case attemptEnded(ProbeSighting, of: ProbeKind = .startup)
        /// An attempt of the probe that began now would succeed.
        case probeCouldPass
        /// The process listens on a port, or no longer listens.
        case listening(port: Int?)
        /// The service said this of itself.
        case healthSeen(ServiceHealth)
        /// The next request of the plan arrived; it counts from its planned moment, however late it is noticed.
        case requestArrived(Int, planned: Duration)
        /// A request that was to be delivered is on its way to the process.
        case requestSent(Int)
        /// The service took a request, in this state.
        case requestAdmitted(Int, RequestState)
        /// The service answered a request: served, or refused.
        case answerCame(Int, RequestOutcome)
        /// Nothing listened where a request was sent.
        case connectionRefused(Int)
        /// The connection broke while a request was with the service, or what came was no answer.
        case connectionLost(Int)
        /// The process ended.
        case processExited(ProcessExit)
        /// The owner's configuration no longer wants the instance.
        case stopRequested
        /// What the system shows of the process's members after CPU was withdrawn or given back.
        case cpuReadBack(isStopped: Bool)
    }

    /// The order in which events of one moment are taken.
    ///
    /// A service that is ready exactly at a tick is seen at that tick, an answer that comes with its timeout counts, and
    /// a request that arrives at the moment of a kill still waited for it.
    package enum Order: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// What the process becomes: its stages, its port, its health, its end by itself.
        case process
        /// The end of the startup boost.
        case boost
        /// Answers, and connections that are refused or lost.
        case answer
        /// Arrivals of requests.
        case arrival
        /// Results of attempts.
        case attempt
        /// The notice that a process ended while it started.
        case exitNotice
        /// The probe's time: attempts begin, and run out of theirs.
        case probe
        /// The request timeout.
        case timeout
        /// The owner's stop.
        case stop
        /// The end of a process that was told to end.
        case exit
        /// SIGKILL after the grace.
        case kill
        /// The start of a container that has ended, after its back-off.
        case restart
        /// The end of the platform's patience with a revision that does not become ready.
        case progressDeadline

        package static func < (first: Order, second: Order) -> Bool { first.rawValue < second.rawValue }
    }
}

extension Instance.Event {
    /// The event's place among those of its moment; absent for the time itself.
    func order(in phase: Instance.Phase) -> Instance.Order? {
        switch self {
        case .timeReached:
            nil
        case .started, .probeCouldPass, .listening, .healthSeen, .requestSent, .requestAdmitted, .cpuReadBack:
            .process
        case .answerCame, .connectionRefused, .connectionLost:
            .answer
        case .requestArrived:
            .arrival
        case .attemptEnded:
            .attempt
        case .stopRequested:
            .stop
        case .processExited:
            phase == .stopping ? .exit : .process
        }
    }
}
