/// The container's process as the simulation sees it: a value that says what it wants and is told what happened.
///
/// The simulation owns time and CPU; the process owns meaning: which stage comes next, when the port opens, what
/// `/health` answers, in which state a request is served. Every member must depend on the value alone, so that the same
/// process under the same plan and seed gives the same timeline to the byte.
package protocol SimulatedProcess {
    /// The background stage that runs now, absent when there is nothing to do.
    ///
    /// Asked once when the last stage has ended, at the start, and after an admission while no stage runs.
    var currentWork: StageWork? { get }

    /// The port that the process listens on, on all addresses; absent while it does not listen.
    var listeningPort: Int? { get }

    /// How the process ended by itself, absent while it runs.
    var exit: ProcessExit? { get }

    /// What `/health` says.
    var health: ServiceHealth { get }

    /// Returns what a probe on the path would be answered now.
    func answer(toProbe path: String) -> ProbeAnswer

    /// Returns what a health check of gRPC sees now.
    ///
    /// - Parameter service: The service that is asked about; empty for the server as a whole.
    /// - Returns: The sighting; absent while the server keeps the check waiting.
    func sighting(ofHealthCheck service: String) -> ProbeSighting?

    /// Tells that the current stage ended, by finishing or by failing as it had said it would.
    mutating func workEnded(failed: Bool, at moment: Duration)

    /// Takes a request, by its index in the plan; asked again after each stage where it answers `wait`.
    mutating func admit(request index: Int, at moment: Duration) -> Admission

    /// Tells that SIGTERM came.
    mutating func terminate(at moment: Duration) -> Termination

    /// Tells that the answer to a request is out, or that nobody waits for it any more.
    mutating func answered(request index: Int)

    /// Begins again as a new process, in the life of the container with this number, from 2.
    mutating func restart(life: Int)
}

extension SimulatedProcess {
    /// Speaks HTTP/1 alone.
    package func sighting(ofHealthCheck service: String) -> ProbeSighting? { .notGRPC }

    /// Ends at once by the signal's default action.
    package mutating func terminate(at moment: Duration) -> Termination {
        .exits(after: .zero, .signal(15))
    }

    /// Does nothing: the process does the same whatever it works on.
    package mutating func answered(request index: Int) {}
}

/// What a process answers to a probe.
package enum ProbeAnswer: Hashable, Sendable {
    /// A response with this status.
    case status(Int)
    /// The connection is accepted and nothing is answered; asked again whenever a stage or a request ends.
    case hangs
}

/// What a process does with a request.
package enum Admission: Hashable, Sendable {
    /// Serves it in the state it is in now, with so much CPU time on so many threads.
    case serve(cpu: Duration, threads: Int, RequestState)
    /// Refuses it at once with a status and a text.
    case refuse(status: Int, text: String)
    /// Keeps it until a stage has ended.
    case wait
}

/// What a process does on SIGTERM.
package enum Termination: Hashable, Sendable {
    /// Ends so much later.
    case exits(after: Duration, ProcessExit)
    /// Goes on until SIGKILL.
    case ignores
}
