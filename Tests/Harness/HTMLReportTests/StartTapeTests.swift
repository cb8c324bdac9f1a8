import Foundation
import Testing

@testable import HTMLReport

struct StartTapeTests {
    private func entry(
        _ kind: String,
        _ name: String,
        _ at: Double,
        _ until: Double?,
        _ result: String? = nil,
        vCPU: Double? = nil
    ) throws -> TimelineEntry {
        var object: [String: Any] = ["kind": kind, "name": name, "at": at, "text": name]
        if let until { object["until"] = until }
        if let result { object["result"] = result }
        if let vCPU { object["vCPU"] = vCPU }
        return try TimelineEntry(ReportValue(json: Array(JSONSerialization.data(withJSONObject: object))))
    }

    private func tape(_ entries: [TimelineEntry]) -> String {
        StartTape(
            entries,
            moments: [.init(seconds: 20.2, words: "killed", isBad: true)],
            of: "a scenario",
            summary: "It was killed."
        )
        .markup(named: "a")
    }

    @Test("every stage, attempt and request is there with its time, and what was decided")
    func everything() throws {
        let svg = tape([
            try entry("stage", "boot", 0, 2, "ok"), try entry("stage", "checkpoint", 2, 20.2, "cut"),
            try entry("probe", "1", 0.2, 0.2, "failed"), try entry("probe", "2", 10.2, 10.3, "failed"),
            try entry("state", "booting", 0, 20.2), try entry("request", "1", 5, 20.2, "failed"),
        ])
        #expect(svg.contains("0.0 s to 2.0 s: stage boot"))
        #expect(svg.contains("0.2 s: probe attempt 1: 1") && svg.contains("10.2 s to 10.3 s: probe attempt 2: 2"))
        #expect(svg.contains("startup probe: 2 attempts, 2 failed"))
        #expect(svg.contains("requests: 0 of 1 served"))
        #expect(svg.contains(">killed 20.2 s</text>"))
        #expect(svg.contains("role=\"img\"") && svg.contains(">It was killed.</desc>"))
    }

    @Test("CPU is drawn as steps: what there is from each moment on, and none while the instance waits")
    func cpu() throws {
        let steps = CPUSteps(
            [
                try entry("instance", "alive", 0, 40, "ok", vCPU: 2), try entry("event", "cpu", 12, nil, vCPU: 1),
                try entry("starved", "cpu", 15, 20), try entry("event", "cpu", 20, nil, vCPU: 1),
            ],
            end: 40
        )
        #expect(steps.steps.map(\.from) == [0, 12, 15, 20])
        #expect(steps.steps.map(\.to) == [12, 15, 20, 40])
        #expect(steps.steps.map(\.vCPU) == [2, 1, 0, 1])
        #expect(steps.most == 2)
    }

    @Test("shapes beyond four hundred of a lane are not drawn, and their number is said")
    func many() throws {
        let svg = tape(try (0..<1000).map { try entry("request", "\($0)", Double($0), Double($0) + 0.5, "ok") })
        #expect(svg.contains("requests: 1000 of 1000 served (600 more not drawn)"))
        #expect(svg.components(separatedBy: "class=\"mark ok\"").count == 401)
    }

    @Test(
        "an axis has at most ten marks at round times, the first at 0",
        arguments: [0.001, 0.7, 1, 9.99, 10, 31, 240.2, 312, 3600, 86_400]
    )
    func marks(end: Double) {
        let axis = TimeAxis(end: end)
        #expect(axis.marks.first == 0)
        #expect((2...11).contains(axis.marks.count))
        #expect(axis.marks.allSatisfy { $0 <= end * 1.000001 })
        let digits = axis.step.description.filter(\.isNumber).drop { $0 == "0" }.prefix { $0 != "0" && $0 != "e" }
        #expect(["1", "2", "5", ""].contains(digits.prefix(1)), "\(axis.step)")
    }
}
