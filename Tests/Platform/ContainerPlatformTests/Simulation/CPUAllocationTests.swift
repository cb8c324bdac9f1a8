import Testing

@testable import ContainerPlatform

@Suite struct CPUAllocationTests {
    private let probe = Given.http(period: 10, threshold: 3)

    @Test("with request-based CPU a background load goes on only while a request is in flight")
    func starvation() throws {
        var process = Given.progressive(svd: 4, p5: 6)
        process.requestCPU = .seconds(3)
        let requests: [Duration] = [.seconds(100), .seconds(200), .seconds(300), .seconds(400)]
        let result = simulate(process, probe, requests: requests)
        // The probe passes at once and withdraws the CPU; each request lends the load 3 s.
        #expect(result.summary.outcome == .ready(at: .zero))
        #expect(
            result.moment { $0 == .stageFinished("svd", elapsed: .seconds(201), cpu: .seconds(4)) } == .seconds(201)
        )
        #expect(result.summary.readyFull == .seconds(401))
        #expect(result.summary.backgroundCPU == .seconds(10))
        #expect(result.requests.map(\.outcome).first == .served(RequestState("empty", quality: .none)))
        #expect(result.requests[2].outcome == .served(RequestState("partial", quality: .partial)))
    }

    @Test("without requests the load starves and the truth gap stays open")
    func starvesForever() {
        let result = simulate(Given.progressive(svd: 4, p5: 6), probe, requests: [.seconds(1000)])
        #expect(result.summary.readyFull == nil)
        #expect(result.summary.truthGapIsOpen)
        #expect(result.summary.truthGap == .milliseconds(1_000_100))
        #expect(result.summary.backgroundCPU == .milliseconds(100))
    }

    @Test("with instance-based CPU the load goes on")
    func instanceBased() {
        let cpu = CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false)
        let result = simulate(Given.progressive(svd: 4, p5: 6), probe, cpu: cpu)
        #expect(result.summary.readyFull == .seconds(10))
        #expect(result.summary.truthGap == .seconds(4))
        #expect(!result.summary.truthGapIsOpen)
    }

    @Test("the boost lends CPU while starting and ten seconds after")
    func boostTail() {
        let cpu = CPUAllocation(limit: 1, billing: .requestBased, startupBoost: true)
        var process = Given.progressive(svd: 4, p5: 100)
        process.stages[0].threads = 2
        let result = simulate(process, probe, cpu: cpu)
        #expect(result.moment { $0 == .stageFinished("svd", elapsed: .seconds(2), cpu: .seconds(4)) } == .seconds(2))
        #expect(result.moment { $0 == .boostEnded } == .seconds(10))
        #expect(result.moment { $0 == .cpuWithdrawn } == .seconds(10))
        #expect(result.summary.backgroundCPU == .seconds(4 + 8))
    }

    @Test("a stage is no faster than its threads, nor than the allocation")
    func rates() {
        for (threads, limit, expected) in [(1, 4.0, 12), (2, 4.0, 6), (8, 4.0, 3), (4, 0.5, 24)] {
            let process = StagedProcess(stages: [StageWork("load", cpu: .seconds(12), threads: threads)])
            let cpu = CPUAllocation(limit: limit, startupBoost: false)
            let result = simulate(process, .cloudRunDefault, cpu: cpu)
            #expect(result.summary.listening == .seconds(expected))
        }
    }

    @Test("a request that spans the end of the boost slows down there")
    func requestAcrossBoost() {
        let cpu = CPUAllocation(limit: 0.5, startupBoost: true)
        var process = StagedProcess(stages: [])
        process.requestCPU = .seconds(3)
        // One thread: a whole vCPU until 10 s, then half of one.
        let result = simulate(process, probe, cpu: cpu, requests: [.seconds(8)])
        #expect(result.requests[0].ended == .seconds(12))
    }

    @Test("a delay passes whatever the CPU does")
    func delay() {
        var process = Given.progressive(svd: 0, p5: 0)
        process.stages[0].delay = .seconds(50)
        let result = simulate(process, probe)
        #expect(result.summary.readyFull == .seconds(50))
    }

    @Test("a hung stage uses its CPU and then nothing, and a moment can fail a stage that runs or hangs")
    func fates() {
        var hung = Given.progressive(svd: 4, p5: 6)
        hung.stages[0].ending = .hangs
        let cpu = CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false)
        let hanging = simulate(hung, probe, cpu: cpu)
        #expect(hanging.moment { $0 == .stageHung("svd") } == .seconds(4))
        #expect(hanging.summary.backgroundCPU == .seconds(4))
        hung.stages[0].failsAt = .seconds(9)
        hung.onFailure = .stays
        let failing = simulate(hung, probe, cpu: cpu)
        #expect(failing.moment { $0 == .stageFailed("svd", elapsed: .seconds(9)) } == .seconds(9))
        #expect(failing.process.health.text == "init_error: svd")
    }
}
