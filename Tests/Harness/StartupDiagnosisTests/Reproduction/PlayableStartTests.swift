import ColdstartTestSupport
import Scenarios
import Testing

@testable import StartupDiagnosis

struct PlayableStartTests {
    private func finding(_ name: String) throws -> LogDiagnosis.Finding {
        let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose/" + name
        return try #require(try LogDiagnosis(Inputs.of(folder)).findings.first)
    }

    @Test(arguments: [
        ("reported/25-job-exit-0-is-success", "a task of a job"), ("reported/31-image-not-found", "no container ran"),
        ("reported/17-exec-format-error", "could not be started at all"),
        ("reported/58-k8s-evicted-memory-pressure", "its node ended it"),
        ("reported/33-port-message-alone", "the probe's own line is not in the input"),
        ("made/traceback-of-a-living-service", ""), ("made/the-note", "its owner ended it"),
    ])
    func `what cannot be played says why`(name: String, reason: String) throws {
        guard case .nothing(let found) = try finding(name).playable else {
            #expect(reason.isEmpty, "\(name) can be played")
            return
        }
        #expect(!reason.isEmpty && found.contains(reason), "\(found)")
    }

    @Test func `the end of a process comes with its moment`() throws {
        let start = try #require(try finding("made/exit-3-then-cancelled").playable.start)
        #expect(start.outcome == .exited(.code(3)) && start.hasDied && start.platform == .cloudRun)
        let later = try #require(try finding("made/exit-1-long-after-ready").playable.start)
        #expect(later.outcome == .ready && later.later == .exited(.code(1)))
    }

    @Test func `numbers of a described probe are read, and nothing is made of half of them`() {
        let probe = RecordedProbe(
            described: "http-get http://:3333/health delay=60s timeout=1s period=3s #success=1 #failure=5"
        )
        #expect(probe.handler == "HTTP" && probe.path == "/health")
        #expect(probe.specification == .init(delay: 60, timeout: 1, period: 3, threshold: 5))
        #expect(RecordedProbe(described: "tcp-socket :8080 delay=0s timeout=1s").specification == nil)
        #expect(
            RecordedProbe(described: "http-get http://:1/ delay=9999999s timeout=1s period=0s #failure=0").specification
                == nil
        )
    }

    /// A line of Cloud Run's platform.
    private func entry(_ time: String, _ text: String) -> String {
        "{\"timestamp\": \"2026-10-\(time)Z\", \"logName\": "
            + "\"projects/p/logs/run.googleapis.com%2Fvarlog%2Fsystem\", \"resource\": {\"type\": "
            + "\"cloud_run_revision\"}, \"labels\": {\"instanceId\": \"00\"}, \"textPayload\": \"\(text)\"}\n"
    }

    @Test func `lines that are days apart are no start of so long`() throws {
        let log =
            entry("01T10:00:00", "Starting new instance. Reason: A - b")
            + entry("03T10:00:00", "STARTUP TCP probe succeeded after 1 attempt for container 'a' on port 8080.")
        let folder = try TemporaryFolder()
        let diagnosis = try LogDiagnosis([try folder.write(log, to: "log.jsonl")])
        let start = try #require(diagnosis.findings.first?.playable.start)
        #expect(start.outcome == .ready && start.decidedAt == nil)
        #expect(start.leftOut.contains { $0.contains("further apart") })
    }

    /// Numbers that no probe has, in a line that looks like the platform's.
    @Test(arguments: ["0", "1", "2", "9223372036854775806", "9223372036854775807", "99999999999999999999"])
    func `a draft is a scenario whatever numbers a line has`(number: String) throws {
        let folder = try TemporaryFolder()
        for handler in ["TCP", "HTTP", "GRPC"] {
            let failed =
                "STARTUP \(handler) probe failed \(number) times consecutively for container 'a' on port \(number). "
                + "The instance was not started."
            let log = entry("01T10:00:00", "Starting new instance. Reason: A - b") + entry("01T10:00:09", failed)
            let diagnosis = try LogDiagnosis([try folder.write(log, to: "log-\(handler).jsonl")])
            let finding = try #require(diagnosis.findings.first)
            let start = try #require(finding.playable.start)
            let files = ScenarioDraft.Files(bundle: "bundle", sessions: "sessions.jsonl", catalogue: "c.jsonl")
            let text = ScenarioDraft(start, of: finding.subject, files: files).text
            #expect(throws: Never.self) { try ScenarioLoader.decode(Array(text.utf8), path: "draft.yaml") }
        }
    }

    /// Whatever a log says, its draft is a scenario that can be decoded.
    @Test func `every draft can be read`() throws {
        let root = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose/"
        var drafted = 0
        for name in ReportedCasesTests.cases.map({ "reported/" + $0 }) + MadeCasesTests.cases.map({ "made/" + $0 }) {
            for finding in try LogDiagnosis(Inputs.of(root + name)).findings {
                guard let start = finding.playable.start else { continue }
                let files = ScenarioDraft.Files(bundle: "bundle", sessions: "sessions.jsonl", catalogue: "c.jsonl")
                let text = ScenarioDraft(start, of: finding.subject, files: files).text
                let scenario = try ScenarioLoader.decode(Array(text.utf8), path: name)
                #expect(!scenario.platform.isRefused, "\(name): \(text)")
                drafted += 1
            }
        }
        #expect(drafted >= 30)
    }
}
