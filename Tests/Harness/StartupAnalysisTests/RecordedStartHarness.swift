import Reports

/// Reports of starts as `report.json` has them, from a few figures.
enum RecordedStartHarness {
    /// An entry of the timeline.
    static func entry(
        _ kind: String,
        _ name: String,
        _ from: Double,
        _ to: Double?,
        _ result: String? = "ok",
        cpu: Double? = nil
    ) -> String {
        let end = to.map { "\($0)" } ?? "null"
        let result = result.map { "\"\($0)\"" } ?? "null"
        let cpu = cpu.map { ", \"cpu\": \($0)" } ?? ""
        return "{\"at\": \(from), \"until\": \(end), \"kind\": \"\(kind)\", \"name\": \"\(name)\", "
            + "\"result\": \(result), \"text\": \"\(name)\"\(cpu)}"
    }

    /// The stages of a load of 4.5 s, after a boot of 1 s that only a simulation knows of.
    static let stages = [
        entry("stage", "environment", 1, 1), entry("stage", "svd", 1, 2, cpu: 0.9),
        entry("stage", "datamaps", 2, 2.5, cpu: 0.5), entry("stage", "tokenizer", 2.5, 3, cpu: 0.1),
        entry("stage", "checkpoint", 3, 5.5, cpu: 2),
    ]

    /// The report of a start.
    static func report(
        name: String = "made-up",
        strategy: String = "blocking",
        outcome: String = "ready",
        at: Double? = 6.2,
        couldPass: Double? = 5.5,
        full: Double? = 5.5,
        timeline: [String] = stages,
        speed: Double? = 1,
        lateness: Double = 0,
        probe: String = "\"kind\": \"HTTP\", \"path\": \"/health\", \"port\": null",
        billing: String = "request-based"
    ) throws -> ScenarioReport {
        func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
        let process = speed.map { "\"process\": {\"speed\": \($0), \"latenessSeconds\": \(lateness)}," } ?? ""
        return try ReportEncoding.decode(
            ScenarioReport.self,
            from: """
                {"name": "\(name)", "file": "a.yaml", "seed": 1, "teaches": "Nothing.", "outcome": "passed",
                 "headline": "", "exitCodes": [], "verdicts": [], \(process)
                 "setup": {"strategy": "\(strategy)", "wholeWordEmbeddings": false,
                   "probe": {\(probe), "initialDelay": 0, "timeout": 1, "period": 1, "failureThreshold": 30,
                     "isPlatformDefault": false},
                   "cpu": {"limit": 1, "billing": "\(billing)", "startupBoost": true}},
                 "startup": {"outcome": "\(outcome)", "at": \(number(at)), "attempts": 7,
                   "listening": \(number(couldPass)), "probeCouldPass": \(number(couldPass)),
                   "readyFull": \(number(full)), "probeTruthGapIsOpen": false, "violations": []},
                 "timeline": [\(timeline.joined(separator: ", "))], "platformLog": [], "answers": [], "receipts": [],
                 "virtualSeconds": 0, "wallSeconds": 0, "reproduction": ""}
                """
        )
    }
}
