import ContainerPlatform
import Domain
import Scenarios

/// The faults of a plan that strike the process, and where they stand.
struct ProcessFaults {
    /// What a fault does to the group.
    enum Effect: Hashable {
        /// SIGKILL.
        case kill
        /// SIGSTOP, and SIGCONT after so long; `nil` means never.
        case stop(for: Duration?)
    }

    /// A fault that has not struck yet.
    struct Pending {
        let number: Int
        let effect: Effect
        let moment: FaultMoment
        /// When it strikes, as soon as that is known.
        var due: Duration?
    }

    /// The faults that have not struck yet.
    var pending: [Pending] = []
    /// When a stopped group is continued, `nil` where it is not stopped by a fault.
    var stoppedUntil: Duration?
    /// The limit of the group's resident memory, until it has been exceeded.
    var memoryLimit: (fault: Int, bytes: Int)?
    /// When the group's memory is looked at next.
    var memoryDue = Duration.never
    /// The latest moment that any fault states.
    let lastMoment: Duration
    private let plan: Plan

    /// Creates the faults of a plan before any has struck.
    init(_ plan: Plan) {
        self.plan = plan
        var last = Duration.zero
        for planned in plan.faults {
            guard case .process(let fault) = planned.fault else { continue }
            switch fault {
            case .killed(let moment):
                pending.append(Pending(number: planned.number, effect: .kill, moment: moment))
                last = max(last, moment.stated)
            case .stopped(let moment, let length):
                pending.append(Pending(number: planned.number, effect: .stop(for: length), moment: moment))
                last = max(last, moment.stated + (length ?? .zero))
            case .memoryLimit(let bytes):
                memoryLimit = (planned.number, bytes)
                memoryDue = .zero
            }
        }
        lastMoment = last
        for index in pending.indices {
            switch pending[index].moment {
            case .time(let moment): pending[index].due = moment
            // The first stage begins with the service's boot, which nothing tells apart.
            case .stage(.environment): pending[index].due = plan.boot.duration
            case .stage, .request: break
            }
        }
    }

    /// Whether a fault waits for a moment that will come by itself.
    var arePending: Bool {
        pending.contains { $0.due != nil } || (stoppedUntil ?? .never) < .never || memoryLimit != nil
    }

    /// Forgets what has not struck, as there is nothing left to strike.
    mutating func processEnded() {
        pending = []
        stoppedUntil = nil
        memoryDue = .never
    }

    /// A stopped group is gone, and another is started: what has not struck strikes that one.
    mutating func processRestarts() { stoppedUntil = nil }

    /// The next moment at which a fault strikes or ends.
    func due(after now: Duration) -> Duration {
        min(pending.compactMap(\.due).min() ?? .never, stoppedUntil ?? .never, memoryDue)
    }

    /// Takes the end of a stage, after which the next begins.
    mutating func stageFinished(_ stage: InitialisationStage, at moment: Duration) {
        let stages = InitialisationStage.allCases
        guard let index = stages.firstIndex(of: stage), index + 1 < stages.count else { return }
        for fault in pending.indices where pending[fault].moment == .stage(stages[index + 1]) {
            pending[fault].due = moment
        }
    }

    /// Takes the sending of a request.
    mutating func requestSent(_ number: Int, at moment: Duration) {
        for fault in pending.indices where pending[fault].moment == .request(number) { pending[fault].due = moment }
    }
}

extension FaultMoment {
    /// The moment where it is stated as a time.
    fileprivate var stated: Duration {
        if case .time(let moment) = self { moment } else { .zero }
    }
}
