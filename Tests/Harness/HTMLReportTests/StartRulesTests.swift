import ContainerPlatform
import Domain
import Foundation
import Testing

@testable import HTMLReport

/// The rules of a start in the page's script, held against the simulator.
@Suite(.serialized, .enabled(if: Browser.program != nil, Browser.missing))
struct StartRulesTests {
    @Test("the page decides random starts as the simulator does: outcome, moment and attempts", arguments: [1, 2, 3])
    func random(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let cases = (0..<2000).map { _ in RandomStart(using: &generator) }
        let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
        let page = try OpenPage(try ReportFixture.run.page.text, for: reader)
        let asked = try JSONSerialization.data(withJSONObject: cases.map(\.question))
        let answers: [[String: Any]] = try page.evaluate(
            "(\(String(decoding: asked, as: UTF8.self))).map((q) => decideStart(q.course, q.probe, q.millicores))"
        )
        try #require(answers.count == cases.count)
        var outcomes: [String: Int] = [:]
        for (number, (start, answer)) in zip(cases, answers).enumerated() {
            let expected = start.decision
            outcomes[expected.outcome, default: 0] += 1
            let found = RandomStart.Decision(
                outcome: answer["outcome"] as? String ?? "none",
                at: (answer["at"] as? NSNumber)?.int64Value ?? -1,
                attempts: answer["attempts"] as? Int ?? -1
            )
            #expect(found == expected, "seed \(seed), case \(number): \(start.question)")
            if found != expected { break }
        }
        // Every way to end is among them, so that none is compared with nothing.
        #expect(["ready", "killed", "exited"].allSatisfy { outcomes[$0, default: 0] > 50 }, "\(outcomes)")
    }

    @Test("fields below a tape begin with what was, and say what another probe makes of it")
    func fields() throws {
        let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
        let page = try OpenPage(try ReportFixture.run.page.text, for: reader)
        func said(_ scenario: String, _ changes: [String: String]) throws -> String {
            let json = try JSONSerialization.data(withJSONObject: changes)
            return try page.evaluate(
                """
                (() => {
                  const form = document.querySelector("#scenario-\(scenario) form.what-if");
                  const changes = \(String(decoding: json, as: UTF8.self));
                  for (const label of form.querySelectorAll("label")) {
                    const value = changes[label.textContent.trim()];
                    if (value !== undefined) label.querySelector("input").value = value;
                  }
                  form.dispatchEvent(new Event("input"));
                  return form.querySelector("output").textContent;
                })()
                """
            )
        }
        #expect(try said("incident-http-probe", [:]).hasPrefix("It is killed at 20.2 s, after 3 attempts if"))
        let longer = ["it would listen at (s)": "304.2", "threshold": "60"]
        #expect(try said("incident-http-probe", longer).hasPrefix("It is ready at 310.2 s, after 32 attempts if"))
        #expect(
            try said("incident-http-probe", ["threshold": "31"]).hasPrefix("It is killed at 300.2 s, after 31 attempts")
        )
        #expect(try said("incident-http-probe", ["timeout (s)": "20"]).hasSuffix("refuses a timeout above the period."))
        #expect(try said("gated-closes-hole", [:]) == "It is ready at 2.0 s, after 1 attempt.")
    }
}

/// A start of random stages under a random probe, and what the simulator makes of it.
private struct RandomStart {
    struct Decision: Equatable {
        var outcome: String
        var at: Int64
        var attempts: Int
    }

    let question: [String: Any]
    let decision: Decision

    init(using generator: inout SplitMix64) {
        // Half of the starts have round times, so that things come at one moment.
        let isRound = Bool.random(using: &generator)
        func time(_ most: Double) -> Duration {
            let seconds = Double.random(in: 0...most, using: &generator)
            return isRound ? .milliseconds(Int64(seconds * 2) * 500) : .nanoseconds(Int64(seconds * 1e9))
        }
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
        let stages = (0..<Int.random(in: 0...6, using: &generator))
            .map { number in
                StageWork(
                    "stage \(number)",
                    delay: chance(0.4) ? time(20) : .zero,
                    cpu: chance(0.8) ? time(30) : .zero,
                    threads: Int.random(in: 1...4, using: &generator),
                    ending: chance(0.08) ? .fails : chance(0.05) ? .hangs : .finishes,
                    failsAt: chance(0.05) ? time(60) : nil
                )
            }
        let listensAfter = Int.random(in: 0...stages.count, using: &generator)
        let passesAfter = chance(0.1) ? Int.max : Int.random(in: listensAfter...stages.count, using: &generator)
        let before: ProbeAnswer =
            [.status(503), .status(404), .status(301), .hangs]
            .randomElement(using: &generator) ?? .hangs
        let exits = chance(0.7)
        let handler: ProbeHandler = chance(0.5) ? .tcp(port: nil) : .http(path: "/health", port: nil)
        let probe = ProbeConfiguration(
            handler: handler,
            initialDelay: chance(0.3) ? time(30) : .zero,
            timeout: .milliseconds(500) + time(20),
            period: .milliseconds(500) + time(20),
            failureThreshold: Int.random(in: 1...12, using: &generator)
        )
        let limits = [0.08, 0.5, 1, 2, 4, 6]
        let cpu = CPUAllocation(
            limit: limits.randomElement(using: &generator) ?? 1,
            billing: chance(0.5) ? .requestBased : .instanceBased,
            startupBoost: chance(0.5)
        )
        var profile = PlatformProfile.cloudRun
        profile.connectionNotice = isRound ? .zero : .microseconds(3800)
        profile.answerDelay = isRound ? .milliseconds(500) : .milliseconds(1)
        let delays = PlatformDelays(firstAttempt: isRound ? .zero : time(0.3), exitNotice: time(2))
        let process = StagedProcess(
            stages: stages,
            listensAfter: listensAfter,
            passesAfter: passesAfter,
            notReady: before,
            onFailure: exits ? .exits(.code(1)) : .stays
        )
        let plan = InstancePlan(probe: probe, cpu: cpu, profile: profile)
        decision = Decision(InstanceSimulation(plan: plan, process: process).decide(under: delays))
        question = [
            "millicores": cpu.startupMillicores,
            "probe": [
                "kind": handler.path == nil ? "TCP" : "HTTP", "initialDelay": probe.initialDelay.count,
                "timeout": probe.timeout.count, "period": probe.period.count,
                "failureThreshold": probe.failureThreshold,
            ],
            "course": [
                "stages": stages.map(\.question), "listensAfter": listensAfter,
                "passesAfter": passesAfter == .max ? NSNull() : passesAfter as Any, "before": before.question,
                "exits": exits, "firstAttempt": delays.firstAttempt.count, "exitNotice": delays.exitNotice.count,
                "connectionNotice": profile.connectionNotice.count, "answerDelay": profile.answerDelay.count,
            ],
        ]
    }
}

extension RandomStart.Decision {
    fileprivate init(_ decision: StartDecision) {
        switch decision.outcome {
        case .ready(let at): self.init(outcome: "ready", at: at.count, attempts: decision.attempts)
        case .killed(let at, _): self.init(outcome: "killed", at: at.count, attempts: decision.attempts)
        case .exited(let at, _): self.init(outcome: "exited", at: at.count, attempts: decision.attempts)
        default: self.init(outcome: "\(decision.outcome)", at: 0, attempts: decision.attempts)
        }
    }
}

extension Duration {
    /// Whole nanoseconds.
    fileprivate var count: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

extension StageWork {
    fileprivate var question: [String: Any] {
        var question: [String: Any] = ["delay": delay.count, "cpu": cpu.count, "threads": threads]
        if ending == .fails { question["ends"] = "fails" }
        if ending == .hangs { question["ends"] = "hangs" }
        if let failsAt { question["failsAt"] = failsAt.count }
        return question
    }
}

extension ProbeAnswer {
    fileprivate var question: Any {
        switch self {
        case .status(let code): code
        case .hangs: "hangs"
        }
    }
}
