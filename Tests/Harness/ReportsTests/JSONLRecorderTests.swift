import Testing

@testable import Reports

struct JSONLRecorderTests {
    private func pieces(_ run: RecordedRun) throws -> [String] {
        let output = Output()
        try run.tell(JSONLRecorder(sink: output.sink))
        return output.pieces
    }

    @Test("a run is written as its golden says")
    func golden() throws {
        try TextGolden.expect(
            pieces(RecordedRun(results: [SampleResults.refused, SampleResults.errored])).joined(),
            "journal"
        )
    }

    @Test("each event is one whole line when it has been told, and the next begins a line")
    func wholeLines() throws {
        let pieces = try pieces(RecordedRun())
        let lines = pieces.joined().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 1 + 7 + 7 + 1 + 1 && lines.last?.isEmpty == true)
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        #expect(pieces.last?.hasSuffix("}\n") == true)
    }

    @Test("a whole journal reads back and says that it is whole")
    func roundTrip() throws {
        let run = RecordedRun()
        let journal = try RunJournal(reading: pieces(run).joined(), file: "report.jsonl")
        #expect(journal.isWhole)
        #expect(journal.lines.compactMap(\.scenario) == run.results.map { ScenarioReport($0) })
        #expect(journal.lines.last?.complete == true)
        #expect(journal.lines.last?.exitCode?.code == 3)
    }

    @Test("a journal that was cut anywhere is not whole")
    func truncated() throws {
        let text = try pieces(RecordedRun(results: [SampleResults.refused])).joined()
        let bytes = Array(text.utf8)
        for length in Array(stride(from: 0, to: bytes.count, by: 29)) + [bytes.count - 2, bytes.count - 1] {
            let cut = String(decoding: bytes[..<length], as: UTF8.self)
            #expect(try !RunJournal(reading: cut, file: "report.jsonl").isWhole)
        }
    }

    @Test(
        "what is no journal is refused with its line",
        arguments: [
            ("{}\n", "report.jsonl:1: not a line"), ("[1,2]\n", "report.jsonl:1: not a line"),
            ("{\"schemaVersion\":2,\"event\":\"runStarted\"}\n", "report.jsonl:1: schemaVersion is 2"),
            ("{\"schemaVersion\":1,\"event\":\"dance\"}\n", "report.jsonl:1: not a line"),
            ("\n", "report.jsonl:1: not a line"),
            (
                "{\"schemaVersion\":1,\"event\":\"runFinished\"}\n{\"schemaVersion\":1,\"event\":\"runStarted\"}\n",
                "report.jsonl:2: a line follows"
            ),
        ]
    )
    func refused(text: String, message: String) throws {
        let error = #expect(throws: ReportError.self) { try RunJournal(reading: text, file: "report.jsonl") }
        #expect(error?.message.hasPrefix(message) == true)
    }
}
