import Foundation
import Reports
import Testing

@testable import StartupAnalysis

struct StartBlameTests {
    private typealias Given = RecordedStartHarness

    @Test func `every part of a real start has its time, its CPU time and what is left as wait`() throws {
        let blame = try StartBlame(Given.report())
        #expect(blame.spans.map(\.name) == ["boot", "environment", "svd", "datamaps", "tokenizer", "checkpoint"])
        #expect(blame.spans.map(\.elapsed) == [1, 0, 1, 0.5, 0.5, 2.5])
        #expect(blame.spans.map(\.cpu) == [nil, nil, 0.9, 0.5, 0.1, 2])
        #expect(blame.spans.last?.waited == 0.5)
        #expect(blame.gaps.isEmpty)
        #expect(blame.byTime.map(\.name).prefix(3) == ["checkpoint", "boot", "svd"])
    }

    @Test func `time between two stages belongs to nobody and is named`() throws {
        let timeline = [Given.entry("stage", "environment", 1, 1), Given.entry("stage", "svd", 2.5, 3)]
        let gap = try #require(StartBlame(Given.report(couldPass: 3, timeline: timeline)).gaps.first)
        #expect(gap == .init(from: 1, to: 2.5, place: "between environment and svd", mayBeLateness: false))
    }

    @Test func `time after the load until it listens belongs to nobody`() throws {
        let gaps = try StartBlame(Given.report(couldPass: 7, full: 7)).gaps
        let expected = StartBlame.Gap(
            from: 5.5,
            to: 7,
            place: "after checkpoint, before it listens",
            mayBeLateness: false
        )
        #expect(gaps == [expected])
    }

    /// A gap of 1.5 s, of which 50 ms are let pass.
    @Test(arguments: [(1.46, true), (1.44, false), (0, false)])
    func `a machine that was late for so long may have made a gap`(lateness: Double, mayBe: Bool) throws {
        let blame = try StartBlame(Given.report(couldPass: 7, full: 7, lateness: lateness))
        #expect(blame.gaps.map(\.mayBeLateness) == [mayBe])
        #expect(blame.hasFailed == !mayBe)
    }

    @Test func `a stage that the end of the start cut short is the one after the last that finished`() throws {
        let report = try Given.report(
            outcome: "killed",
            at: 20,
            couldPass: nil,
            full: nil,
            timeline: Array(Given.stages.dropLast())
        )
        let blame = try StartBlame(report)
        #expect(blame.spans.last == StartSpan("checkpoint", .unfinished, from: 3, to: 20, cpu: nil))
        #expect(blame.gaps.isEmpty)
    }

    @Test func `without CPU is what of a stage falls into a span without it`() throws {
        let timeline =
            Given.stages.dropLast() + [
                Given.entry("starved", "cpu", 4, 10, nil), Given.entry("stage", "checkpoint", 3, 12, cpu: 2),
            ]
        let report = try Given.report(strategy: "progressive", couldPass: 1, full: 12, timeline: Array(timeline))
        #expect(try StartBlame(report).spans.last?.withoutCPU == 6)
    }

    @Test func `a lazy service waits for a request before it loads the rest`() throws {
        let timeline =
            Given.stages.prefix(3) + [
                Given.entry("stage", "tokenizer", 30, 31), Given.entry("stage", "checkpoint", 31, 32),
            ]
        let blame = try StartBlame(Given.report(strategy: "lazy", couldPass: 1, full: 32, timeline: Array(timeline)))
        #expect(blame.gaps.isEmpty)
        #expect(blame.spans.contains { $0.kind == .waitsForRequest && $0.elapsed == 27.5 })
    }

    @Test func `the chain leads from the probe back to the start`() throws {
        let chains = try CriticalChain.all(of: StartBlame(Given.report()))
        #expect(chains.map(\.moment) == ["probe passed"])
        let links = try #require(chains.first?.links)
        #expect(
            links.map(\.name) == [
                "probe, attempt 7", "checkpoint", "tokenizer", "datamaps", "svd", "environment", "boot",
            ]
        )
        #expect(abs(links[0].took - 0.7) < 1e-9)
    }

    @Test func `a service that listens early has a chain for each of its two moments`() throws {
        let chains = try CriticalChain.all(of: StartBlame(Given.report(strategy: "progressive", at: 1.2, couldPass: 1)))
        #expect(chains.map(\.moment) == ["probe passed", "everything loaded"])
        #expect(chains[0].links.map(\.name) == ["probe, attempt 7", "environment", "boot"])
        #expect(chains[1].links.first?.name == "checkpoint")
    }

    @Test func `what started nothing and what says nothing of stages cannot be taken apart`() throws {
        #expect(throws: StartupAnalysisError.self) { try StartBlame(Given.report(outcome: "refused", at: nil)) }
        #expect(throws: StartupAnalysisError.self) { try StartBlame(Given.report(timeline: [])) }
    }

    @Test(arguments: [60, 80])
    func `the text fits its columns and names what is unattributed`(width: Int) throws {
        let lines = BlameText(try StartBlame(Given.report(couldPass: 7, full: 7))).lines(width: width)
        #expect(lines.allSatisfy { $0.width <= width }, "\(lines.map(\.text).joined(separator: "\n"))")
        let text = lines.map(\.text).joined(separator: " ")
        #expect(text.contains("unattributed: 1.500 s after checkpoint"))
        // The picture needs 60 columns beside its indentation.
        #expect(text.contains("█") == (width > 60))
    }

    @Test func `the picture has a bar for each part`() throws {
        let svg = StartPlot(try StartBlame(Given.report())).svg()
        for name in ["boot", "svd", "checkpoint", "probe", "listens 5.500 s", "probe passed 6.200 s"] {
            #expect(svg.contains(">\(name)<"), "\(name)")
        }
        #expect(svg.hasSuffix("</svg>\n"))
    }

    @Test(arguments: [(0.004, 0.0005), (1, 0.1), (7, 1), (99, 10), (300, 50)])
    func `an axis has at most so many marks`(span: Double, step: Double) {
        #expect(abs(AxisStep.fitting(span, marks: 10) - step) < 1e-12)
    }
}
