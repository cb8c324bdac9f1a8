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
        var group: pid_t
    }

    /// What the system had counted when a run began.
    struct Start: Sendable {
        fileprivate let files: SchedulerFiles
        fileprivate let reading: SchedulerReading
        fileprivate let moment: ContinuousClock.Instant

        /// Reads now, for a run on the calling thread.
        init() {
            var files = SchedulerFiles()
            reading = files.read()
            moment = .now
            self.files = files
        }
    }

    private let state: Mutex<State>

    /// Starts to measure a service's group and the thread that `start` was made on, which is the run's.
    ///
    /// - Parameters:
    ///   - group: The service's group.
    ///   - start: What had been counted before the run's clock began and the group was started.
    init(group: pid_t, since start: Start) {
        state = Mutex(State(group: group))
        OwnThread.start { [self] in measure(start.files.of(group), since: start) }
    }

    /// Takes the scenario's time, which what is measured from now on is dated with.
    func reached(_ moment: Duration) {
        state.withLock { $0.moment = max($0.moment, moment) }
    }

    /// Measures another group from now on, as the service has been started again.
    func follow(group: pid_t) { state.withLock { $0.group = group } }

    /// Ends measuring and returns what was measured; further calls return the same.
    func finish() -> Lateness {
        state.withLock { state in
            state.isOver = true
            return state.lateness
        }
    }

    private func measure(_ files: SchedulerFiles, since start: Start) {
        var files = files
        var (before, looked) = (start.reading, start.moment)
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
            let (isOver, group) = state.withLock { state in
                if !state.isOver { state.lateness.add(interval.late, of: interval.length, by: state.moment) }
                return (state.isOver, state.group)
            }
            if isOver { return }
            if group != files.group {
                files = files.of(group)
                before = files.read()
            }
        }
    }
}
