import ContainerPlatform
import Domain
import Scenarios
import Testing

@testable import ServiceUnderTest

/// The start alone, as a sweep simulates it, is decided as the whole simulation decides it.
struct StartTests {
    /// A service, its faults and its probe, drawn from a seed.
    private func plan(seed: UInt64) throws -> Plan {
        var generator = SplitMix64(seed: seed)
        func pick(_ texts: [String]) -> String { texts[Int(generator.next() % UInt64(texts.count))] }
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let probe = pick([
            "default", "{type: tcp, timeout: \(number(1...9))s, period: 9s, failure_threshold: \(number(1...9))}",
            "{type: http, path: /health, initial_delay: \(number(0...9))s, period: \(number(1...9))s, "
                + "failure_threshold: \(number(1...9))}",
            "{type: http, path: /elsewhere, period: 1s}", "{type: http, path: /health, port: 9090, period: 1s}",
            "{type: grpc, period: \(number(1...9))s, failure_threshold: \(number(1...9))}",
            "{type: grpc, service: movies, period: 1s}",
        ])
        let fault = pick([
            "[]", "[]", "[{stage: svd, fails: damaged}]", "[{stage: checkpoint, hangs: on}]",
            "[{stage: environment, fails: missing}]", "[{stage: tokenizer, delayed: 7s}]",
            "[{stage: svd, exits: 1}]", "[{stage: datamaps, exits: 3}]", "[{stage: checkpoint, signal: 11}]",
            "[{stage: tokenizer, exits: 0}, {stage: svd, signal: 6}]",
        ])
        let text = """
            name: drawn
            teaches: Nothing.
            platform:
              cpu: {limit: \(pick(["0.5", "1", "2"])), startup_boost: \(pick(["on", "off"]))}
              probe: \(probe)
            service: {strategy: \(pick(InitialisationStrategy.allCases.map(\.rawValue))), bundle: bundle,
              grpc_health: \(pick(["on", "on", "off"]))}
            stages: {boot: \(number(0...4))s, svd: \(number(0...9))s, checkpoint: {duration: \(number(0...40))s, threads: 2}}
            faults: \(fault)
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """
        return try ScenarioLoader.decode(Array(text.utf8), path: "drawn.yaml").plan(sessions: [], seed: seed)
    }

    /// A container of a platform that restarts it, its faults in some of its lives and its probes, drawn from a seed.
    private func restartedPlan(seed: UInt64) throws -> Plan {
        var generator = SplitMix64(seed: seed &+ 1_000_000)
        func pick(_ texts: [String]) -> String { texts[Int(generator.next() % UInt64(texts.count))] }
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func probe() -> String {
            let handler = pick([
                "http, path: /health", "http, path: /health", "tcp", "grpc", "http, path: /elsewhere",
                "tcp, port: 9090",
            ])
            return "{type: \(handler), initial_delay: \(number(0...5))s, period: \(number(1...9))s, "
                + "failure_threshold: \(number(1...6))}"
        }
        let end = pick(["exits: 1", "exits: 0", "signal: 11", "hangs: on", "fails: damaged", "delayed: 20s"])
        let lives = pick(["", ", lives: 1", ", lives: 2", ", lives: 4"])
        let fault = "{stage: \(pick(["environment", "svd", "tokenizer", "checkpoint"])), \(end)\(lives)}"
        let profile = pick(["kubernetes", "kubernetes", "knative"])
        let text = """
            name: drawn
            teaches: Nothing.
            platform:
              profile: \(profile)
              probe: \(pick([probe(), probe(), "none"]))
              \(pick(["", "readiness: \(probe())"]))
              \(pick(["", "liveness: \(probe())"]))
              \(profile == "knative" ? "progress_deadline: \(number(20...200))s" : "")
              kubelet_uptime: \(pick(["0s", "1h"]))
              container_creation: \(number(0...3))s
              grace: \(number(1...30))s
              watch: \(number(30...600))s
            service: {strategy: \(pick(InitialisationStrategy.allCases.map(\.rawValue))), bundle: bundle,
              grpc_health: \(pick(["on", "off"])), on_sigterm: \(pick(["{exits_after: 2s}", "ignored"]))}
            stages: {boot: \(number(0...4))s, svd: \(number(0...9))s, checkpoint: \(number(0...40))s}
            faults: \(pick(["[]", "[\(fault)]", "[\(fault)]"]))
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """
        return try ScenarioLoader.decode(Array(text.utf8), path: "drawn.yaml").plan(sessions: [], seed: seed)
    }

    @Test(arguments: UInt64(1)...400)
    func `a start that is restarted is decided as the whole simulation decides it`(seed: UInt64) throws {
        let plan = try restartedPlan(seed: seed)
        let whole = plan.simulation
        let summary = whole.run(seed: seed, recording: false).summary
        let decision = plan.start.decide(under: whole.drawnDelays(seed: seed))
        #expect(decision.outcome == summary.outcome)
        #expect(decision.attempts == summary.attempts)
        #expect(decision.couldPass == summary.probeCouldPass)
        #expect(decision.life == summary.life)
    }

    @Test func `the drawn containers live at once, live after a restart and never live`() throws {
        var (first, later, never) = (0, 0, 0)
        for seed in UInt64(1)...400 {
            let summary = try restartedPlan(seed: seed).simulation.run(seed: seed, recording: false).summary
            guard summary.isReady else {
                never += 1
                continue
            }
            if summary.life == 1 { first += 1 } else { later += 1 }
        }
        #expect(first > 20 && later > 20 && never > 20, "\(first) at once, \(later) later, \(never) never")
    }

    @Test(arguments: UInt64(1)...400)
    func `the start alone is decided as the whole simulation decides it`(seed: UInt64) throws {
        let plan = try plan(seed: seed)
        let whole = plan.simulation
        let summary = whole.run(seed: seed, recording: false).summary
        let decision = plan.start.decide(under: whole.drawnDelays(seed: seed))
        #expect(decision.outcome == summary.outcome)
        #expect(decision.attempts == summary.attempts)
        #expect(decision.couldPass == summary.probeCouldPass)
    }

    @Test func `the drawn starts end in every way`() throws {
        var ready = 0
        var killed = 0
        var exited = 0
        for seed in UInt64(1)...400 {
            switch try plan(seed: seed).simulation.run(seed: seed, recording: false).summary.outcome {
            case .ready: ready += 1
            case .killed: killed += 1
            case .exited: exited += 1
            case .stopped, .givenUp, .undecided: Issue.record("seed \(seed)")
            }
        }
        #expect(ready > 50 && killed > 50 && exited > 5, "\(ready) ready, \(killed) killed, \(exited) exited")
    }
}
