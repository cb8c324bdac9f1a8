/// What the system has counted of its scheduling so far.
struct SchedulerReading: Hashable, Sendable {
    /// What it counts of one thread: `/proc/PID/task/TID/schedstat`, whose first two numbers are nanoseconds.
    struct Thread: Hashable, Sendable {
        /// For how long it ran.
        var ran: Duration
        /// For how long it was ready and waited for a processor.
        var waited: Duration

        /// Reads a line of the file, `nil` where it is something else.
        init?(_ text: String) {
            let numbers = text.split(whereSeparator: \.isWhitespace).prefix(2).compactMap { Int64($0) }
            guard numbers.count == 2 else { return nil }
            ran = .nanoseconds(numbers[0])
            waited = .nanoseconds(numbers[1])
        }
    }

    /// What it counts of all processors: the first line of `/proc/stat`, in ticks of a hundredth of a second (proc(5)).
    struct Machine: Hashable, Sendable {
        /// For how long processors worked for somebody.
        var busy: Duration
        /// For how long the host took them away.
        var stolen: Duration

        /// Reads the file, `nil` where it is something else.
        init?(_ text: String) {
            let fields = text.prefix { $0 != "\n" }.split(separator: " ")
            let ticks = fields.dropFirst().compactMap { Int64($0) }
            guard fields.first == "cpu", ticks.count >= 8 else { return nil }
            // user, nice, system, idle, iowait, irq, softirq, steal
            busy = .milliseconds(10 * (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]))
            stolen = .milliseconds(10 * ticks[7])
        }
    }

    /// The threads of the service's group, by id.
    var service: [Int32: Thread] = [:]
    /// The threads of the harness's run and of the database's server, by id.
    var ownThreads: [Int32: Thread] = [:]
    /// The processors, `nil` where the system does not say.
    var machine: Machine?

    /// What has happened since an earlier reading.
    ///
    /// A thread that the earlier reading does not have has done everything since; one that has ended takes its last
    /// interval with it.
    func interval(since earlier: SchedulerReading, length: Duration, timerLateness: Duration) -> SchedulerInterval {
        func added(_ threads: [Int32: Thread], _ before: [Int32: Thread], _ what: KeyPath<Thread, Duration>) -> Duration
        {
            threads.reduce(.zero) { sum, thread in
                sum + max(thread.value[keyPath: what] - (before[thread.key]?[keyPath: what] ?? .zero), .zero)
            }
        }
        var interval = SchedulerInterval(length: length, timerLateness: timerLateness)
        guard let machine, let before = earlier.machine else { return interval }
        let ran = added(service, earlier.service, \.ran)
        interval.waited = added(service, earlier.service, \.waited) + added(ownThreads, earlier.ownThreads, \.waited)
        interval.usedByOthers = max(machine.busy - before.busy - ran, .zero)
        interval.stolen = max(machine.stolen - before.stolen, .zero)
        return interval
    }
}
