import Observations
import Testing

@testable import ServiceUnderTest

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What makes a run late, and what does not.
struct SchedulerTests {
    private static func interval(
        waited: Int?,
        others: Int? = 250,
        stolen: Int = 0,
        timer: Int = 0
    ) -> SchedulerInterval {
        SchedulerInterval(
            length: .milliseconds(250),
            waited: waited.map { .milliseconds($0) },
            usedByOthers: others.map { .milliseconds($0) },
            stolen: .milliseconds(stolen),
            timerLateness: .milliseconds(timer)
        )
    }

    @Test(
        "what the run waited for others counts, up to the length of the interval",
        arguments: [
            (interval(waited: 100), 100), (interval(waited: 900), 250), (interval(waited: 0, stolen: 40), 40),
            (interval(waited: 200, stolen: 100), 250),
        ]
    )
    func counts(interval: SchedulerInterval, milliseconds: Int) {
        #expect(interval.late == .milliseconds(milliseconds))
    }

    @Test("a service whose threads wait for one another, while nobody else works, is late by its own doing")
    func ownDoing() {
        #expect(Self.interval(waited: 1500, others: 0).late == .zero)
        #expect(Self.interval(waited: 1500, others: 30).late == .milliseconds(30))
    }

    @Test("a service that sleeps waits for nobody, however busy the machine is")
    func sleeping() {
        #expect(Self.interval(waited: 3, others: 500).late == .zero)
    }

    @Test("what any machine does is no lateness", arguments: [(12, 0), (13, 13)])
    func ordinary(waited: Int, late: Int) {
        #expect(Self.interval(waited: waited).late == .milliseconds(late))
    }

    @Test("where the system says nothing, the harness's own timer does")
    func timerAlone() {
        #expect(Self.interval(waited: nil, others: nil, timer: 80).late == .milliseconds(80))
        #expect(Self.interval(waited: 0, others: 500, timer: 80).late == .zero)
    }

    @Test("the system's files are read as proc(5) has them")
    func files() throws {
        let thread = try #require(SchedulerReading.Thread("1003623311 31513 1\n"))
        #expect(thread.ran == .nanoseconds(1_003_623_311))
        #expect(thread.waited == .nanoseconds(31_513))
        #expect(SchedulerReading.Thread("") == nil)
        #expect(SchedulerReading.Thread("x y z") == nil)
        let machine = try #require(SchedulerReading.Machine("cpu  100 20 30 1000 7 4 6 9 0 0\ncpu0 1 2 3\n"))
        #expect(machine.busy == .milliseconds(1600))
        #expect(machine.stolen == .milliseconds(90))
        #expect(SchedulerReading.Machine("intr 1 2 3 4 5 6 7 8 9") == nil)
        #expect(SchedulerReading.Machine("cpu 1 2") == nil)
    }

    @Test("an interval is what was added since, of new threads all, and the group's own work is nobody else's")
    func difference() throws {
        func thread(_ ran: Int, _ waited: Int) -> SchedulerReading.Thread? {
            SchedulerReading.Thread("\(ran * 1_000_000) \(waited * 1_000_000) 1")
        }
        var before = SchedulerReading()
        before.service = [1: try #require(thread(100, 10)), 2: try #require(thread(50, 50))]
        before.ownThreads = [9: try #require(thread(5, 5))]
        before.machine = .init("cpu 100 0 0 0 0 0 0 0")
        var after = before
        after.service = [1: try #require(thread(200, 30)), 3: try #require(thread(20, 40))]
        after.ownThreads = [9: try #require(thread(6, 12))]
        after.machine = .init("cpu 130 0 0 0 0 0 0 2")
        let interval = after.interval(since: before, length: .milliseconds(250), timerLateness: .milliseconds(3))
        #expect(interval.waited == .milliseconds(20 + 40 + 7))
        #expect(interval.usedByOthers == .milliseconds(300 - 120))
        #expect(interval.stolen == .milliseconds(20))
        #expect(interval.late == .milliseconds(87))
        after.machine = nil
        #expect(after.interval(since: before, length: .seconds(1), timerLateness: .zero).waited == nil)
    }

    #if os(Linux)
    @Test("the system is asked for the threads of a group, the calling thread and all processors")
    func system() throws {
        var files = SchedulerFiles().of(getpgrp())
        let reading = files.read()
        #expect(reading.service.values.contains { $0.ran > .zero })
        #expect(try #require(reading.machine).busy > .zero)
        #expect(reading.ownThreads[0] != nil)
        #expect(ProcessGroup.parent(of: getpid()) == getppid())
        #expect(ProcessGroup.parent(of: -1) == nil)
        #expect(ProcessGroup.family(named: "no such program", of: getpid()).isEmpty)
    }
    #endif
}
