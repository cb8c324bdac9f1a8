import ColdstartTestSupport
import ContainerPlatform
import Domain
import Reports
import StartupDiagnosis
import Testing

@testable import StartupAnalysis

/// Advice from starts that a log of Cloud Run shows.
struct LoggedStartsTests {
    private static let http =
        "STARTUP HTTP probe succeeded after 3 attempts for container \\\"a-1\\\" on port 8080 path \\\"/health\\\"."
    private static let tcp =
        "Default STARTUP TCP probe succeeded after 1 attempt for container \\\"a-1\\\" on port 8080."
    private static let failed =
        "STARTUP HTTP probe failed 24 times consecutively for container \\\"a-1\\\" on port 8080 path \\\"/health\\\". "
        + "The instance was not started. Connection failed with status ERROR_CONNECTION_FAILED."

    /// Lines of an instance: its beginning, and what its probe came to after so many seconds.
    private func instance(
        _ number: Int,
        after seconds: Int,
        _ text: String = http,
        service: String = "movies",
        begins: Bool = true
    ) -> String {
        func line(_ second: Int, _ text: String) -> String {
            let time =
                "2026-10-01T\(twoDigits(10 + number / 60)):\(twoDigits(number % 60)):\(twoDigits(second)).000000Z"
            return "{\"timestamp\": \"\(time)\", \"severity\": \"INFO\", \"logName\": "
                + "\"projects/p/logs/run.googleapis.com%2Fvarlog%2Fsystem\", \"resource\": {\"type\": \"cloud_run_revision\", "
                + "\"labels\": {\"service_name\": \"\(service)\", \"revision_name\": \"\(service)-00001-a\"}}, "
                + "\"labels\": {\"instanceId\": \"00\(number)\(service)\"}, \"textPayload\": \"\(text)\"}\n"
        }
        let start = begins ? line(0, "Starting new instance. Reason: AUTOSCALING - Instance started due to load.") : ""
        return start + line(seconds, text)
    }

    private func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    private func readiness(_ log: String, service: String? = nil) throws -> RecordedReadiness {
        let folder = try TemporaryFolder()
        return try RecordedReadiness(LogDiagnosis([try folder.write(log, to: "log.jsonl")]), service: service)
    }

    private func error(_ log: String, service: String? = nil) -> StartupAnalysisError? {
        do {
            _ = try readiness(log, service: service)
            return nil
        } catch {
            return error as? StartupAnalysisError
        }
    }

    @Test func `a start counts until its probe passed, one that failed has no time`() throws {
        let log = (1...5).map { instance($0, after: 10 + $0) }.joined() + instance(6, after: 50, Self.failed)
        let read = try readiness(log)
        #expect(read.seconds == [11, 12, 13, 14, 15])
        #expect(read.ended == 1 && read.count == 6 && read.leftOut == 0)
        #expect(read.handler == .http(path: "/health", port: nil))
        #expect(read.scenario == "movies" && read.strategy == "blocking" && read.cpu == nil && read.source == .log)
    }

    @Test func `a start without a line of its beginning is left out and counted`() throws {
        let log = instance(1, after: 11) + instance(2, after: 12, begins: false)
        let read = try readiness(log)
        #expect(read.seconds == [11] && read.leftOut == 1)
        let none = error(instance(1, after: 11, begins: false))
        #expect(none?.code == .empty && none?.message.contains("Starting new instance") == true)
    }

    @Test func `what cannot be put together is refused`() {
        let two = instance(1, after: 11) + instance(2, after: 12, service: "other")
        #expect(error(two)?.code == .unknownName)
        #expect(error(two)?.message.contains("`movies`, `other`") == true)
        #expect(error(two, service: "nobody")?.code == .unknownName)
        #expect((try? readiness(two, service: "other"))?.seconds == [12])
        #expect(error(instance(1, after: 11) + instance(2, after: 12, Self.tcp))?.code == .badValue)
        #expect(error("hello\n")?.code == .empty)
        let grpc = "STARTUP GRPC probe succeeded after 3 attempts for container \\\"a-1\\\" on port 8080."
        #expect(error(instance(1, after: 11, grpc))?.message.contains("unverified") == true)
    }

    @Test func `too few starts of a log are no ground for advice either`() throws {
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        let request = ProbeAdvice.Request(bound: bound, margin: 1.25, period: 1, limit: .current)
        let few = try readiness((1...58).map { instance($0, after: 20) }.joined())
        let error = #expect(throws: StartupAnalysisError.self) { try ProbeAdvice(for: few, request) }
        #expect(error?.message.contains("at least 59") == true)
    }

    @Test func `advice of a log says what it does not know, and its files leave that alone`() async throws {
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        let request = ProbeAdvice.Request(bound: bound, margin: 1.25, period: 1, limit: .current)
        let read = try readiness((1...59).map { instance($0, after: $0 % 20 + 1) }.joined())
        let advice = try ProbeAdvice(for: read, request)
        #expect(advice.needed == 25)
        #expect(advice.price.survived == 59)
        let text = AdviceText(advice).lines(width: 80).map(\.text).joined(separator: " ")
        #expect(text.contains("59 recorded starts of a log"), "\(text)")
        #expect(text.contains("not which CPU"))
        let files = AdviceFile(advice, name: "movies", image: "IMAGE")
        for form in AdviceFile.Form.allCases where form != .scenario {
            #expect(!files.text(form).contains("cpu"), "\(files.text(form))")
        }
        await expectNothingToCorrect(in: files)
        let document = AdviceDocument(advice, files: files, toolVersion: "0").json
        #expect(document.contains("\"source\": \"log\"") || document.contains("\"source\" : \"log\""), "\(document)")
    }
}
