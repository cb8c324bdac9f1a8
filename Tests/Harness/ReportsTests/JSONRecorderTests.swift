import Checks
import Testing

@testable import Reports

struct JSONRecorderTests {
    private func document(_ run: RecordedRun) throws -> String {
        let output = Output()
        try run.tell(JSONRecorder(sink: output.sink))
        return output.text
    }

    @Test("a run is written as its golden says")
    func golden() throws {
        try TextGolden.expect(document(RecordedRun()), "report")
    }

    @Test("the document reads back as it was")
    func roundTrip() throws {
        let run = RecordedRun()
        let read = try ReportEncoding.decode(RunReport.self, from: document(run))
        #expect(read == RunReport(run.result, planned: run.results.count))
        #expect(read.schemaVersion == 1)
    }

    @Test("what is written piece by piece is the text of the whole, on lines or on one")
    func pieces() throws {
        let run = RecordedRun()
        let whole = RunReport(run.result, planned: run.results.count)
        #expect(try document(run) == ReportEncoding.pretty(whole))
        let output = Output()
        try JSONPieces.write(
            RunReport.part(of: FinishedRun(run.result), planned: run.results.count),
            isPretty: false,
            to: output.sink
        )
        #expect(output.text == ReportEncoding.line(whole))
    }

    @Test("a long list comes in pieces, each no longer than it must be")
    func longList() throws {
        let output = Output()
        let part = JSONPart.object([("list", .array(Array(0..<100_000)) { $0 }), ("none", .array([Int]()) { $0 })])
        try JSONPieces.write(part, isPretty: true, to: output.sink)
        #expect(output.text == ReportEncoding.pretty(["list": Array(0..<100_000), "none": []]))
        #expect(output.pieces.count > 10 && output.pieces.allSatisfy { $0.utf8.count < 1 << 17 })
    }

    @Test("the same results give the same text")
    func deterministic() throws {
        #expect(try document(RecordedRun()) == document(RecordedRun(order: [6, 5, 4, 3, 2, 1, 0])))
    }

    @Test("counts and causes cover every scenario")
    func counts() throws {
        let run = RecordedRun(neverRun: [Samples.scenario("never-run")])
        let report = RunReport(run.result, planned: 8)
        #expect(
            report.summary
                == .init(planned: 8, executed: 6, passed: 3, failed: 1, errored: 1, inconclusive: 1, notRun: 2)
        )
        #expect(report.exitCode.code == 3)
        #expect(report.exitCode.causes.map(\.code) == [3, 5, 1, 7])
        #expect(report.exitCode.causes.map(\.scenarios).map(\.count) == [1, 1, 1, 2])
    }

    @Test("a run that passed has one cause, a run of nothing another")
    func singleCause() {
        let passed = RunReport(RecordedRun(results: [SampleResults.killed]).result, planned: 1)
        #expect(passed.exitCode.causes.map(\.code) == [0])
        let nothing = RunReport(RecordedRun(results: []).result, planned: 0)
        #expect(nothing.exitCode.causes == [.init(code: 7, name: "inconclusive", scenarios: [])])
    }

    @Test("there are no numbers that JSON does not know")
    func nonFinite() throws {
        let text = ReportEncoding.line([Double.nan, .infinity, -.infinity, 240.2])
        #expect(text == "[\"NaN\",\"Infinity\",\"-Infinity\",240.2]\n")
    }

    @Test("the largest seed survives")
    func seed() throws {
        let text = try document(RecordedRun(results: [], seed: .max))
        #expect(try ReportEncoding.decode(RunReport.self, from: text).seed == .max)
    }
}
