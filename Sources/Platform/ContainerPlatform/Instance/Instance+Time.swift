/// What is due at moments that the instance knows beforehand.
extension Instance {
    /// The moment at which the driver reports the time, later than everything where nothing is due.
    package var nextWakeUp: Duration { due.moment }

    /// What is due first.
    @inline(__always)
    var due: Due { due { _ in true } }

    /// What is due first of the orders that count.
    @inline(__always)
    private func due(_ counts: (Order) -> Bool) -> Due {
        var due = Due(counts(.boost) ? cpu.boostDue : .never, .boost)
        if phase == .starting {
            if counts(.exitNotice) { due.consider(start.exitNoticeDue, .exitNotice) }
            if counts(.probe) { due.consider(start.probe.nextWakeUp ?? .never, .probe) }
        }
        if !workers.isEmpty, counts(.probe) { due.consider(workers.nextWakeUp, .probe) }
        if rules.hasKubelet {
            if counts(.restart) { due.consider(lives.restartDue, .restart) }
            if counts(.progressDeadline) { due.consider(lives.deadlineDue, .progressDeadline) }
        }
        if counts(.timeout) { due.consider(queue.timeoutDue, .timeout) }
        if counts(.kill) { due.consider(shutdown.killDue, .kill) }
        return due
    }

    /// Takes everything that is due by a moment and comes before an order.
    mutating func takeOverdue(before limit: Order, at moment: Duration, _ actions: inout some InstanceActions) {
        while true {
            let first = due { $0 < limit }
            guard first.moment <= moment else { return }
            take(first.order, at: moment, &actions)
        }
    }

    /// Takes what is due of an order.
    mutating func take(_ order: Order, at moment: Duration, _ actions: inout some InstanceActions) {
        switch order {
        case .boost:
            cpu.endBoost(at: moment, &log)
        case .exitNotice:
            advanceStart(.processExited, at: moment, &actions)
        case .probe:
            if !workers.isEmpty, let (kind, step) = workers.reached(moment) {
                follow(step, of: kind, at: moment, &actions)
            } else {
                advanceStart(.timeReached, at: moment, &actions)
            }
        case .timeout:
            queue.endTimedOut(at: moment, &log, &actions)
            deliver(&actions)
        case .kill:
            shutdown.kill(at: moment, &log, &actions)
        case .restart:
            restart(at: moment, &actions)
        case .progressDeadline:
            reachDeadline(at: moment, &actions)
        case .process, .answer, .arrival, .attempt, .stop, .exit:
            preconditionFailure("\(order) is handed over by the driver")
        }
    }
}
