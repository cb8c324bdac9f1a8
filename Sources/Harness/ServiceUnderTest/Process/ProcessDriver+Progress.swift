import ContainerPlatform
import Scenarios

extension ProcessDriver {
    /// Says what the run waits for, where that has changed, a few times a second.
    func tellProgress() {
        let moment = ContinuousClock.now
        guard moment >= nextProgress else { return }
        let text = waitsFor
        guard text != toldProgress else { return }
        (toldProgress, nextProgress) = (text, moment + .milliseconds(250))
        setup.progress(text)
    }

    /// What the run waits for, the first of what is outstanding; the order is that of `isFinished`.
    private var waitsFor: String {
        switch instance.phase {
        case .starting: return "the startup probe"
        case .stopping: return "the end of the process"
        case .waiting: return "the next life of the container"
        case .serving, .ended: break
        }
        let open = setup.plan.requests.count - rows.closed
        if instance.inFlight > 0 { return Self.count(open, "answer") }
        if open > 0 { return Self.count(open, "request") }
        if !rows.isIdle { return "rows to be read back" }
        if arrivals.outstandingRatings > 0 { return Self.count(arrivals.outstandingRatings, "rating") }
        if faults.arePending { return "a fault that is to strike" }
        return "the service to have loaded everything"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)" + (number == 1 ? "" : "s")
    }
}
