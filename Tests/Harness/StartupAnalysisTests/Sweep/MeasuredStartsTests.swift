import Reports
import Testing

@testable import StartupAnalysis

struct MeasuredStartsTests {
    private typealias Given = RecordedStartHarness

    @Test func `a real start has its boot, and of each stage what it computed and what it waited`() throws {
        let starts = try MeasuredStarts(of: [Given.report()], source: "runs").starts
        #expect(starts.count == 1)
        let took: [Duration] = [1000, 0, 1000, 500, 500, 2500].map { Duration.milliseconds($0) }
        let computed: [Duration] = [1000, 0, 900, 500, 100, 2000].map { Duration.milliseconds($0) }
        let works = starts[0].compactMap { $0 }
        #expect(works.map { $0.delay + $0.cpu } == took)
        #expect(works.map(\.cpu) == computed)
    }

    @Test func `a stage on several threads has no wait`() throws {
        let work = MeasuredStarts.Work(elapsed: .seconds(2), cpu: .seconds(5))
        #expect(work.delay == .zero)
        #expect(work.cpu == .seconds(2))
    }

    @Test func `starts without stages are refused`() {
        #expect(throws: StartupAnalysisError.self) {
            try MeasuredStarts(of: [Given.report(timeline: [])], source: "runs")
        }
    }

    @Test func `a random number means each start alike`() throws {
        let starts = try MeasuredStarts(
            of: [Given.report(), Given.report(timeline: [])] + [Given.report()],
            source: "runs"
        )
        #expect(starts.starts.count == 2)
        #expect(starts.start(drawnBy: 0) == starts.starts[0])
        #expect(starts.start(drawnBy: .max) == starts.starts[1])
    }
}
