import Testing

@testable import StartupAnalysis

struct SweepAxisTests {
    private func axis(_ text: String) throws -> SweepAxis { try SweepHarness.axes([text])[0] }

    @Test(arguments: [
        ("probe.periodSeconds=1..4", ["1", "2", "3", "4"]),
        ("probe.failureThreshold=3,5..7", ["3", "5", "6", "7"]),
        ("probe.initialDelaySeconds=0..30/10", ["0", "10", "20", "30"]),
        ("cpu=0.5,1,2", ["0.5", "1", "2"]),
        ("cpu=0.5..1.5/0.5", ["0.5", "1", "1.5"]),
        ("cpu.startupBoost=on,off", ["on", "off"]),
        ("stage.checkpoint=1s..3s", ["1s", "2s", "3s"]),
        ("stage.svd=250ms,1.5s", ["250ms", "1.5s"]),
        ("stage.boot=1s..2s/500ms", ["1s", "1.5s", "2s"]),
    ])
    func `values are read in their order`(text: String, values: [String]) throws {
        let axis = try axis(text)
        #expect((0..<axis.count).map { axis.text(at: $0) } == values)
    }

    @Test(arguments: [
        ("probe.periodSecond=1", "did you mean `probe.periodSeconds`?"),
        ("stage.checkpiont=1s", "did you mean `stage.checkpoint`?"),
        ("probe.periodSeconds", "expected NAME=VALUES"),
        ("probe.periodSeconds=10s", "whole seconds without unit"),
        ("probe.periodSeconds=0", "at least 1"),
        ("stage.checkpoint=20", "a duration with a unit"),
        ("cpu=0", "vCPU from 0.08 to 64"),
        ("cpu=1..2/0", "a step above 0"),
        ("cpu.startupBoost=on..off", "values one by one"),
        ("probe.failureThreshold=1,1", "given twice"),
        ("probe.failureThreshold=1,", "found ``"),
        ("stages=1s", "measured:FILE"),
        ("cpu=measured:runs", "runs"),
        ("stage.svd=1s..24h/1ms", "more than 1000000 values"),
    ])
    func `what cannot be meant is refused in words`(text: String, words: String) throws {
        let error = try #require(throws: StartupAnalysisError.self) { try axis(text) }
        #expect(error.message.contains(words), "\(error)")
        #expect(error.code != .empty)
    }

    @Test func `a range in which nothing lies is empty`() {
        #expect(performing: { try axis("stage.svd=2s..1s") }, throws: { ($0 as? StartupAnalysisError)?.code == .empty })
    }

    @Test func `a chosen parameter cannot be measured`() throws {
        let starts = MeasuredStarts(source: "runs", starts: [Array(repeating: nil, count: 6)])
        let error = try #require(throws: StartupAnalysisError.self) {
            try SweepAxis(parsing: "cpu=measured:runs") { _ in starts }
        }
        #expect(error.message.contains("chosen, not measured"))
    }

    @Test func `a stage that only some recorded starts have is refused`() throws {
        let work = MeasuredStarts.Work(elapsed: .seconds(1), cpu: nil)
        let whole = Array(repeating: Optional(work), count: 6)
        let starts = MeasuredStarts(source: "runs", starts: [whole, whole.dropLast() + [nil]])
        let error = try #require(throws: StartupAnalysisError.self) {
            try SweepAxis(parsing: "stages=measured:runs") { _ in starts }
        }
        #expect(error.message.contains("only 1 of 2 recorded starts have the stage `checkpoint`"))
    }
}
