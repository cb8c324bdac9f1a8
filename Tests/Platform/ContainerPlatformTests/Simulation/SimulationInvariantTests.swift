import Domain
import Testing

@testable import ContainerPlatform

/// Properties that hold whatever the configuration, checked on starts drawn from seeds.
@Suite struct SimulationInvariantTests {
    private struct Draw {
        var generator: SplitMix64

        mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        mutating func bool() -> Bool { Bool.random(using: &generator) }
        mutating func time(_ milliseconds: ClosedRange<Int>) -> Duration { .milliseconds(int(milliseconds)) }

        mutating func plan() -> InstancePlan {
            let period = int(1...30)
            var probe = bool() ? Given.tcp() : Given.http()
            probe.initialDelay = .seconds(int(0...20))
            probe.period = .seconds(period)
            probe.timeout = .seconds(int(1...period))
            probe.failureThreshold = int(1...12)
            let cpu = CPUAllocation(
                limit: [0.5, 1, 2, 4][int(0...3)],
                billing: bool() ? .requestBased : .instanceBased,
                startupBoost: bool()
            )
            var profile = bool() ? PlatformProfile.cloudRun : Given.exact
            profile.concurrency = int(1...4)
            profile.requestTimeout = .seconds(int(5...300))
            let requests = (0..<int(0...12)).map { _ in time(0...400_000) }.sorted()
            let stopAt = int(0...4) == 0 ? time(0...300_000) : nil
            return InstancePlan(probe: probe, cpu: cpu, profile: profile, requests: requests, stopAt: stopAt)
        }

        mutating func process() -> StagedProcess {
            let stages = (0..<int(0...5))
                .map { index in
                    StageWork(
                        "stage \(index)",
                        delay: bool() ? .zero : time(0...5000),
                        cpu: time(0...60_000),
                        threads: int(1...4),
                        ending: [.finishes, .finishes, .finishes, .finishes, .fails, .hangs][int(0...5)],
                        failsAt: int(0...9) == 0 ? time(0...200_000) : nil
                    )
                }
            return StagedProcess(
                stages: stages,
                listensAfter: int(0...stages.count),
                port: int(0...15) == 0 ? 9000 : 8080,
                passesAfter: int(0...stages.count),
                notReady: bool() ? .hangs : .status(503),
                rowsAfter: int(0...stages.count),
                keepsRequestsWaiting: bool(),
                requestCPU: time(0...20_000),
                onFailure: bool() ? .stays : .exits(.code(1)),
                termination: bool() ? .ignores : .exits(after: time(0...15_000), .code(0))
            )
        }
    }

    @Test("every start keeps the rules of probes, time, requests and CPU", arguments: 0..<20 as Range<UInt64>)
    func invariants(block: UInt64) throws {
        for seed in block * 100..<(block + 1) * 100 {
            try check(seed: seed)
        }
    }

    private func check(seed: UInt64) throws {
        var draw = Draw(generator: SplitMix64(seed: seed))
        let plan = draw.plan()
        let process = draw.process()
        let simulation = InstanceSimulation(plan: plan, process: process)
        let result = simulation.run(seed: seed)
        let entries = result.timeline.entries
        let probe = plan.probe

        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.moment <= $1.moment }, "seed \(seed): time goes on")
        #expect(entries.allSatisfy { $0.line.count <= Timeline.Entry.width }, "seed \(seed)")

        let attempts = result.attempts
        #expect(attempts.map(\.number) == Array(1..<(attempts.count + 1)), "seed \(seed)")
        #expect(attempts.count <= probe.failureThreshold, "seed \(seed)")
        #expect(attempts.dropLast().allSatisfy { !$0.saw.isSuccess }, "seed \(seed): the first success ends the probe")
        #expect(
            zip(attempts, attempts.dropFirst()).allSatisfy { $1.started - $0.started == probe.period },
            "seed \(seed)"
        )
        #expect(attempts.allSatisfy { $0.ended - $0.started <= probe.timeout }, "seed \(seed)")
        switch result.summary.outcome {
        case .ready(let moment):
            #expect(attempts.last?.saw.isSuccess == true, "seed \(seed)")
            #expect(attempts.last?.ended == moment, "seed \(seed)")
            #expect(try #require(result.summary.detectionLag) >= .zero, "seed \(seed)")
        case .killed(let moment, let failures):
            #expect(failures == probe.failureThreshold && attempts.count == failures, "seed \(seed)")
            #expect(attempts.last?.ended == moment && attempts.last?.saw.isSuccess == false, "seed \(seed)")
        case .exited, .stopped:
            #expect(attempts.allSatisfy { !$0.saw.isSuccess }, "seed \(seed)")
        case .undecided, .givenUp:
            Issue.record("seed \(seed): every start is decided")
        }

        #expect(result.requests.count == plan.requests.count, "seed \(seed)")
        for request in result.requests {
            #expect(request.outcome != .unanswered, "seed \(seed)")
            if let ended = request.ended {
                #expect(ended - request.arrived <= plan.profile.requestTimeout, "seed \(seed)")
            }
            if let admitted = request.admitted, let delivered = request.delivered {
                #expect(request.arrived <= delivered && delivered <= admitted, "seed \(seed)")
            }
        }

        let wanted = process.stages.reduce(Duration.zero) { $0 + $1.cpu }
        #expect(result.summary.backgroundCPU <= wanted, "seed \(seed)")
        if result.process.finished == process.stages.count {
            #expect(result.summary.backgroundCPU == wanted, "seed \(seed): all work is done, and done once")
        }
        #expect(result.summary.backgroundCPU <= cpuSupplied(result, plan), "seed \(seed): no work without CPU")

        let again = simulation.run(seed: seed, recording: false)
        #expect(again.summary == result.summary, "seed \(seed)")
        #expect(again.requests == result.requests, "seed \(seed)")
    }

    /// The integral of the allocation over the timeline, read from its entries alone.
    private func cpuSupplied(
        _ result: InstanceSimulation<StagedProcess>.Result,
        _ plan: InstancePlan
    ) -> Duration {
        var supplied = Duration.zero
        var cores = 0.0
        var since = Duration.zero
        func settle(_ moment: Duration) {
            supplied += (moment - since) * cores
            since = moment
        }
        for entry in result.timeline.entries {
            settle(entry.moment)
            switch entry.event {
            case .instanceStarted(let millicores), .cpuAllocated(let millicores): cores = Double(millicores) / 1000
            case .cpuWithdrawn: cores = 0
            default: break
            }
        }
        return supplied + .microseconds(1)
    }
}
