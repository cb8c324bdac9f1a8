import Domain

/// A process that runs stages one after another and opens, passes and serves after given numbers of them.
///
/// It is the simplest process worth simulating: enough for sweeps over probes and load times, and for benchmarks.
package struct StagedProcess: SimulatedProcess, Hashable, Sendable {
    /// What happens when a stage fails.
    package enum OnFailure: Hashable, Sendable {
        /// The process ends by itself.
        case exits(ProcessExit)
        /// The process goes on without the stages that are left, and its health is `init_error`.
        case stays
    }

    /// What a process is from a later life of its container on.
    package struct Later: Hashable, Sendable {
        /// The life from which it holds, from 2.
        package let first: Int
        /// The process.
        package var process: StagedProcess

        /// Creates a process of later lives.
        package init(from first: Int, _ process: StagedProcess) {
            self.first = first
            self.process = process
        }
    }

    /// The stages in their order.
    package var stages: [StageWork]
    /// The number of finished stages after which the process listens.
    package var listensAfter: Int
    /// The port that it listens on.
    package var port: Int
    /// The number of finished stages after which a probe is answered with 200, and with ``notReady`` before.
    package var passesAfter: Int
    /// The answer to a probe before that.
    package var notReady: ProbeAnswer
    /// The only path that is ever answered with 200; absent where every path is.
    package var healthPath: String?
    /// The numbers of finished stages at which a health check of gRPC is answered with `SERVING`, and with `NOT_SERVING`
    /// at any other; absent where the process speaks HTTP/1 alone.
    package var servingStages: Range<Int>?
    /// The number of finished stages after which a request gets rows.
    package var rowsAfter: Int
    /// Whether requests wait until then instead of being served without rows.
    package var keepsRequestsWaiting: Bool
    /// The CPU time of a request.
    package var requestCPU: Duration
    /// What happens when a stage fails.
    package var onFailure: OnFailure
    /// What the process does on SIGTERM.
    package var termination: Termination
    /// What the process is in later lives of its container, in their order; empty where it is the same in each.
    package var later: [Later] = []
    /// The number of stages that have finished.
    package private(set) var finished = 0
    /// Whether a stage has failed.
    package private(set) var hasFailed = false
    package private(set) var exit: ProcessExit?

    /// Creates a process; counts that are left out mean all stages.
    package init(
        stages: [StageWork],
        listensAfter: Int? = nil,
        port: Int = 8080,
        passesAfter: Int? = nil,
        notReady: ProbeAnswer = .status(503),
        servingStages: Range<Int>? = nil,
        rowsAfter: Int? = nil,
        keepsRequestsWaiting: Bool = false,
        requestCPU: Duration = .milliseconds(100),
        onFailure: OnFailure = .exits(.code(1)),
        termination: Termination = .exits(after: .zero, .signal(15))
    ) {
        self.stages = stages
        self.listensAfter = listensAfter ?? stages.count
        self.port = port
        self.passesAfter = passesAfter ?? listensAfter ?? stages.count
        self.notReady = notReady
        self.servingStages = servingStages
        self.rowsAfter = rowsAfter ?? stages.count
        self.keepsRequestsWaiting = keepsRequestsWaiting
        self.requestCPU = requestCPU
        self.onFailure = onFailure
        self.termination = termination
    }

    package var currentWork: StageWork? {
        finished < stages.count && !hasFailed && exit == nil ? stages[finished] : nil
    }

    package var listeningPort: Int? {
        exit == nil && finished >= listensAfter ? port : nil
    }

    package var health: ServiceHealth {
        let recommends = finished >= rowsAfter
        if hasFailed { return ServiceHealth(.failed(reason: stages[finished].name), recommends: recommends) }
        if finished == stages.count { return ServiceHealth(.readyFull, recommends: true) }
        guard finished >= passesAfter else { return ServiceHealth(.booting, recommends: recommends) }
        return ServiceHealth(.readyBasic, recommends: recommends)
    }

    package func answer(toProbe path: String) -> ProbeAnswer {
        finished >= passesAfter && (healthPath == nil || healthPath == path) ? .status(200) : notReady
    }

    package func sighting(ofHealthCheck service: String) -> ProbeSighting? {
        guard let servingStages else { return .notGRPC }
        guard service.isEmpty else { return .callFailed(code: 5) }
        return .health(status: servingStages.contains(finished) ? 1 : 2)
    }

    package mutating func workEnded(failed: Bool, at moment: Duration) {
        guard failed else {
            finished += 1
            return
        }
        hasFailed = true
        if case .exits(let end) = onFailure { exit = end }
    }

    package mutating func admit(request index: Int, at moment: Duration) -> Admission {
        if finished == stages.count {
            .serve(cpu: requestCPU, threads: 1, RequestState("full", quality: .full))
        } else if finished >= rowsAfter {
            .serve(cpu: requestCPU, threads: 1, RequestState("partial", quality: .partial))
        } else if keepsRequestsWaiting, !hasFailed {
            .wait
        } else {
            .serve(cpu: requestCPU, threads: 1, RequestState("empty", quality: .none))
        }
    }

    package mutating func terminate(at moment: Duration) -> Termination { termination }

    package mutating func restart(life: Int) {
        if let other = later.last(where: { $0.first <= life }) {
            let later = later
            self = other.process
            self.later = later
        }
        finished = 0
        hasFailed = false
        exit = nil
    }
}
