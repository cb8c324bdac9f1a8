import Testing

@testable import ContainerPlatform

@Suite struct InstanceCPUTests {
    @Test
    func `with request-based billing CPU is there while a request is in flight, before it is sent`() {
        var it = InstanceHarness.serving()
        #expect(it.instance.millicores == 0)
        #expect(it.after(.arrival(0, 5), at: 5) == [.deliver(0)])
        #expect(it.allocate(at: 5) == [.setCPU(millicores: 1000)])
        it.after(.requestSent(0), at: 5)
        #expect(it.allocate(at: 5) == [])
        it.after(.answerCame(0, .full), at: 6)
        #expect(it.allocate(at: 6) == [.setCPU(millicores: 0)])
        #expect(it.lines.suffix(2) == ["6.000 request 0 served 200 (full) after 1.000 s", "6.000 cpu withdrawn"])
    }

    @Test
    func `with instance-based billing it stays`() {
        let it = InstanceHarness.serving(cpu: CPUAllocation(limit: 2, billing: .instanceBased, startupBoost: false))
        #expect(it.instance.millicores == 2000)
    }

    @Test
    func `the boost holds for its tail and is due by itself`() {
        var it = InstanceHarness.serving(cpu: CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: true))
        #expect(it.instance.millicores == 2000)
        #expect(it.instance.nextWakeUp == .seconds(10))
        it.reach(10)
        #expect(it.allocate(at: 10) == [.setCPU(millicores: 1000)])
        #expect(it.instance.nextWakeUp == .never)
    }

    @Test
    func `the end of an instance has CPU, a stop gives it back`() {
        var it = InstanceHarness.serving()
        #expect(it.after(.stopRequested, at: 5) == [.setCPU(millicores: 1000), .signal(15)])
        #expect(it.after(.processExited(.code(0)), at: 6) == [.instanceEnded])
        #expect(it.instance.millicores == 0)
    }

    @Test
    func `what the members do not show is asked for once more, and only once`() {
        var it = InstanceHarness.serving()
        #expect(it.after(.cpuReadBack(isStopped: true), at: 1) == [])
        #expect(it.after(.cpuReadBack(isStopped: false), at: 1) == [.setCPU(millicores: 0)])
        #expect(it.after(.cpuReadBack(isStopped: false), at: 1) == [])
        it.after(.arrival(0, 2), at: 2)
        it.allocate(at: 2)
        #expect(it.after(.cpuReadBack(isStopped: true), at: 2) == [.setCPU(millicores: 1000)])
    }
}
