import Observations
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Measures the lateness of a run on a thread of its own, from its creation until it is read.
final class LatenessMeter: Sendable {
    /// How often it looks, in real time.
    ///
    /// The processors are counted in ticks of 10 ms, of which an interval must hold many.
    private static let interval = Duration.milliseconds(250)

    private struct State {
        var lateness = Lateness()
        var moment = Duration.zero
        var isOver = false
    }

    private let state = Mutex(State())

    /// Starts to measure a service's group and the calling thread, which is the run's.
    ///
    /// - Parameter group: The service's group.
    init(group: pid_t) {
        let files = SchedulerFiles(group: group)
        OwnThread.start { [self] in measure(files) }
    }

    /// Takes the scenario's time, which what is measured from now on is dated with.
    func reached(_ moment: Duration) {
        state.withLock { $0.moment = max($0.moment, moment) }
    }

    /// Ends measuring and returns what was measured; further calls return the same.
    func finish() -> Lateness {
        state.withLock { state in
            state.isOver = true
            return state.lateness
        }
    }

    private func measure(_ files: SchedulerFiles) {
        var files = files
        var before = files.read()
        var looked = ContinuousClock.now
        while true {
            let asked = ContinuousClock.now
            usleep(UInt32(Self.interval / .microseconds(1)))
            let woken = ContinuousClock.now
            let reading = files.read()
            let interval = reading.interval(
                since: before,
                length: woken - looked,
                timerLateness: max(woken - asked - Self.interval, .zero)
            )
            (before, looked) = (reading, woken)
            let isOver = state.withLock { state in
                if !state.isOver { state.lateness.add(interval.late, of: interval.length, by: state.moment) }
                return state.isOver
            }
            if isOver { return }
        }
    }
}
