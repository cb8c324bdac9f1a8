/// Requests, as far as the phase decides what they get.
extension Instance {
    /// Takes a request into the queue, or says at once that this instance does not serve it.
    mutating func requestArrived(
        _ index: Int,
        planned: Duration,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        queue.arrived(index, planned: planned, at: moment, &log)
        switch phase {
        case .starting:
            break
        case .serving:
            deliver(&actions)
        case .stopping, .ended:
            queue.end(index, hasFailed ? Self.refusal : .elsewhere, at: moment, &log, &actions)
        }
    }

    /// Gives a request its outcome and its place to the next one.
    mutating func endRequest(
        _ index: Int,
        _ outcome: RequestOutcome,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        queue.end(index, outcome, at: moment, &log, &actions)
        deliver(&actions)
    }

    /// Delivers queued requests where the instance takes any.
    mutating func deliver(_ actions: inout some InstanceActions) {
        if phase == .serving { queue.deliver(&actions) }
    }

    /// Whether the start has failed, so that requests are refused and not sent elsewhere.
    private var hasFailed: Bool {
        switch outcome {
        case .killed, .exited: true
        case .ready, .stopped, .undecided: false
        }
    }

    private static var refusal: RequestOutcome {
        .refusedByPlatform(status: 500, text: PlatformLog.couldNotStart)
    }
}
