import Goldens
import Reports
import Testing

@testable import StartupAnalysis

struct RecordedTimelinesTests {
    private typealias Given = RecordedStartHarness

    private func timelines(_ reports: [ScenarioReport]) throws -> RecordedTimelines {
        try RecordedTimelines(reports.map { try StartBlame($0) })
    }

    @Test func `a golden has the median of each stage and a band around the least and the most`() throws {
        let slow = Given.stages.dropLast() + [Given.entry("stage", "checkpoint", 3, 7, cpu: 2)]
        let starts = try timelines([
            Given.report(), Given.report(), Given.report(at: 8, couldPass: 7, full: 7, timeline: Array(slow)),
        ])
        let golden = try starts.golden(band: 0.1, least: 0.05)
        #expect(golden.starts == 3)
        #expect(golden.stages.map(\.name) == ["boot", "environment", "svd", "datamaps", "tokenizer", "checkpoint"])
        let checkpoint = try #require(golden.stages.last)
        #expect(checkpoint == .init(name: "checkpoint", during: .starting, seconds: 2.5, from: 2.25, to: 4.4))
        #expect(golden.stages[1] == .init(name: "environment", during: .starting, seconds: 0, from: 0, to: 0.05))
        for stages in starts.starts {
            #expect(golden.differences(from: stages, strategy: "blocking").isEmpty)
        }
    }

    @Test func `what is loaded behind the probe has another parent than what is loaded before`() throws {
        let starts = try timelines([Given.report(strategy: "gated", at: 1.2, couldPass: 1)])
        let golden = try starts.golden(band: 0.1, least: 0.05)
        #expect(golden.stages.map(\.during) == [.starting, .starting, .starting, .serving, .serving, .serving])
    }

    @Test func `a start with time of nobody, or a stage that did not finish, is no ground for a golden`() throws {
        let gap = [Given.entry("stage", "environment", 1, 1), Given.entry("stage", "svd", 2.5, 3)]
        for report in [
            try Given.report(couldPass: 3, timeline: gap),
            try Given.report(outcome: "killed", at: 20, couldPass: nil, timeline: Array(Given.stages.dropLast())),
        ] {
            let error = try #require(throws: StartupAnalysisError.self) { try timelines([report]) }
            #expect(error.code == .unattributed)
        }
    }

    @Test func `starts of different structure make no golden`() throws {
        let short = Array(Given.stages.dropLast())
        let starts = try timelines([Given.report(), Given.report(couldPass: 3, full: 3, timeline: short)])
        #expect(throws: StartupAnalysisError.self) { try starts.golden(band: 0.1, least: 0.05) }
    }
}
