extension Instance {
    /// What a driver has to do.
    package enum Action: Hashable, Sendable {
        /// Make an attempt of a probe that ends at the deadline.
        case startAttempt(of: ProbeKind = .startup, number: Int, deadline: Duration)
        /// Drop the attempt of a probe that is under way: its deadline has passed, or nobody wants its result.
        case abandonAttempt(of: ProbeKind = .startup)
        /// Deliver a request, which counts as in flight from now; ``Instance/Event/requestSent(_:)`` says that it is done.
        case deliver(Int)
        /// Listen to a request no longer: it has its outcome.
        case ended(Int)
        /// Let the process have this much CPU from now on; 0 withdraws it.
        case setCPU(millicores: Int)
        /// Send a signal to the process.
        case signal(Int32)
        /// Leave nothing of the process running: the instance is over.
        case instanceEnded
        /// Leave nothing of the process running and start it again, as the life with this number.
        case startContainer(number: Int)
    }
}

/// Where an instance's actions go, in their order.
package protocol InstanceActions {
    /// Takes an action.
    mutating func take(_ action: Instance.Action)
}

extension Array: InstanceActions where Element == Instance.Action {
    package mutating func take(_ action: Instance.Action) { append(action) }
}
