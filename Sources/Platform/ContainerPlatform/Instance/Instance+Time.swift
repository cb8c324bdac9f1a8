/// What is due at moments that the instance knows beforehand.
extension Instance {
    /// The moment at which the driver reports the time, later than everything where nothing is due.
    package var nextWakeUp: Duration { due.moment }

    /// What is due first.
    @inline(__always)
    var due: Due {
        var due = Due(cpu.boostDue, .boost)
        if phase == .starting {
            due.consider(start.exitNoticeDue, .exitNotice)
            due.consider(start.probe.nextWakeUp ?? .never, .probe)
        }
        due.consider(queue.timeoutDue, .timeout)
        due.consider(shutdown.killDue, .kill)
        return due
    }

    /// The moment at which something is due, for the orders that the instance itself keeps.
    private func moment(of order: Order) -> Duration {
        switch order {
        case .boost: cpu.boostDue
        case .exitNotice: phase == .starting ? start.exitNoticeDue : .never
        case .probe: phase == .starting ? start.probe.nextWakeUp ?? .never : .never
        case .timeout: queue.timeoutDue
        case .kill: shutdown.killDue
        case .process, .answer, .arrival, .attempt, .stop, .exit: .never
        }
    }

    /// Takes everything that is due by a moment and comes before an order.
    mutating func takeOverdue(before limit: Order, at moment: Duration, _ actions: inout some InstanceActions) {
        while due.moment <= moment {
            var first = Due(.never, .kill)
            for order in Order.allCases where order < limit { first.consider(self.moment(of: order), order) }
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
            advanceStart(.timeReached, at: moment, &actions)
        case .timeout:
            queue.endTimedOut(at: moment, &log, &actions)
            deliver(&actions)
        case .kill:
            shutdown.kill(at: moment, &log, &actions)
        case .process, .answer, .arrival, .attempt, .stop, .exit:
            preconditionFailure("\(order) is handed over by the driver")
        }
    }
}
