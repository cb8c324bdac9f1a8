import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios
import Testing

@testable import ServiceUnderTest

/// A simulated process that ends by itself in a stage.
struct ProcessEndTests {
    private func plan(platform: String, strategy: String = "blocking", fault: String) throws -> Plan {
        let text = """
            name: ends
            teaches: Nothing.
            platform: \(platform)
            service: {strategy: \(strategy), bundle: bundle}
            stages: {boot: 1s, svd: 1s, datamaps: 1s, tokenizer: 1s, checkpoint: 6s}
            faults: [\(fault)]
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """
        return try ScenarioLoader.decode(Array(text.utf8), path: "ends.yaml").plan(sessions: [])
    }

    private func receipts(_ plan: Plan, _ timeline: Timeline) -> Int {
        let ledger = FaultLedger()
        ledger.recordStageFaults(of: plan, in: timeline)
        return ledger.receipts.count
    }

    @Test(arguments: [("exits: 3", ProcessExit.code(3)), ("signal: 9", .signal(9))])
    func `before it is ready the start ends so, and the fault has its receipt`(words: String, exit: ProcessExit) throws
    {
        let plan = try plan(platform: "{probe: default}", fault: "{stage: checkpoint, \(words)}")
        let result = plan.simulation.run(seed: 1)
        guard case .exited(let moment, let found) = result.summary.outcome, found == exit else {
            Issue.record("\(result.summary.outcome)")
            return
        }
        // What the platform takes to notice.
        #expect(moment > .seconds(10) && moment < .seconds(11))
        #expect(result.process.listeningPort == nil)
        #expect(receipts(plan, result.timeline) == 1)
    }

    @Test func `after it is ready the start stands, and the process is gone`() throws {
        let plan = try plan(
            platform: "{probe: default, cpu: {billing: instance}}",
            strategy: "progressive",
            fault: "{stage: checkpoint, exits: 1}"
        )
        let result = plan.simulation.run(seed: 1)
        #expect(result.summary.isReady && result.process.exit == .code(1))
        #expect(result.timeline.entries.last { $0.event == .exited(.code(1)) }?.moment == .seconds(10))
        #expect(receipts(plan, result.timeline) == 1)
    }

    @Test func `Kubernetes starts it again and again, or until it no longer ends`() throws {
        // Without a startup probe it would count as started at once.
        let platform = "{profile: kubernetes, watch: 5m, probe: {type: tcp, period: 5s, failure_threshold: 30}}"
        let always = try plan(platform: platform, fault: "{stage: svd, exits: 1}")
        let ends = always.simulation.run(seed: 1)
        #expect(ends.summary.earlierLives.count > 2 && !ends.summary.isReady)
        let twice = try plan(platform: platform, fault: "{stage: svd, exits: 1, lives: 2}")
        let recovers = twice.simulation.run(seed: 1)
        #expect(recovers.summary.earlierLives.count == 2 && recovers.summary.isReady)
    }

    @Test func `a real service is told to end so`() throws {
        let plan = try plan(platform: "{probe: default}", fault: "{stage: svd, signal: 6}")
        let rehearsal = plan.rehearsal(speed: 2)
        #expect(rehearsal[stage: .svd].signal == 6 && rehearsal[stage: .svd].exits == nil)
        #expect(rehearsal.fault == nil)
    }

    @Test(
        "its times go by the clock where nobody stops it",
        arguments: [
            ("{cpu: {billing: instance}}", "{stage: svd, fails: x}", true),
            ("{profile: kubernetes, watch: 5m}", "{stage: svd, fails: x}", true),
            ("{cpu: {billing: request}}", "{stage: svd, fails: x}", nil),
            ("{cpu: {billing: instance, limit: 0.5}}", "{stage: svd, fails: x}", nil),
            ("{cpu: {billing: instance}}", "{process: stopped, at: 1s, for: 1s}", nil),
        ] as [(String, String, Bool?)]
    )
    func keepsCPU(platform: String, fault: String, keepsCPU: Bool?) throws {
        #expect(try plan(platform: platform, fault: fault).rehearsal(speed: 2).keepsCPU == keepsCPU)
    }
}
