import Checks
import Scenarios
import Testing

@testable import Reports

struct ConsoleRecorderTests {
    @Test("a run is shown as its golden says", arguments: [Verbosity.quiet, .normal, .verbose])
    func golden(verbosity: Verbosity) throws {
        try TextGolden.expect(RecordedRun().console(verbosity), "console-\(verbosity)")
    }

    @Test("a run on a terminal has colours, a progress line and takes it away again")
    func terminal() throws {
        let style = TerminalStyle(usesColour: true, usesUnicode: true, progressColumns: 80)
        let text = try RecordedRun().console(style: style)
        try TextGolden.expect(text.replacing("\u{1B}", with: "<ESC>").replacing("\r", with: "<CR>"), "console-terminal")
        let shown = text.components(of: ProgressLine.erasure)
        #expect(shown > 0)
        #expect(!text.hasSuffix(ProgressLine.erasure))
    }

    @Test("what a running scenario waits for is on the progress line, and nowhere else")
    func waiting() throws {
        for columns in [80, nil] {
            let style = TerminalStyle(usesColour: false, usesUnicode: true, progressColumns: columns)
            let output = Output()
            var recorder = ConsoleRecorder(style: style, verbosity: .normal, folder: nil, sink: output.sink)
            let scenarios = [SampleResults.killed.scenario]
            try recorder.record(.runStarted(RunStart(toolVersion: "0.1.0", seed: 7, scenarios: scenarios)))
            try recorder.record(.scenarioStarted(index: 0))
            try recorder.record(.scenarioWaiting(index: 0, for: "the startup probe"))
            let line = "\(scenarios[0].name.value) waits for the startup probe"
            #expect(output.text.contains(line) == (columns != nil))
            try recorder.record(.scenarioFinished(SampleResults.killed, index: 0))
            #expect(output.text.ranges(of: line).count == (columns == nil ? 0 : 1))
        }
    }

    @Test("without a terminal there is no escape sequence and no carriage return")
    func pipe() throws {
        for verbosity in [Verbosity.quiet, .normal, .verbose] {
            let text = try RecordedRun().console(verbosity)
            #expect(!text.contains("\u{1B}") && !text.contains("\r"))
        }
    }

    @Test("scenarios that finish in another order are printed in their own")
    func order() throws {
        let inOrder = try RecordedRun().console()
        let mixed = try RecordedRun(order: [3, 5, 0, 6, 1, 4, 2]).console()
        #expect(mixed == inOrder)
    }

    @Test("ASCII output holds nothing but ASCII")
    func ascii() throws {
        let style = TerminalStyle(usesColour: false, usesUnicode: false, progressColumns: nil)
        let text = try RecordedRun().console(.verbose, style: style)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("no line is wider than 100 columns, whatever the names are")
    func width() throws {
        let long = SampleResults.failed.renamed(String(repeating: "long-name-", count: 30))
        let wide = SampleResults.killed.renamed(String(repeating: "長い名前", count: 40))
        for verbosity in [Verbosity.normal, .verbose] {
            let text = try RecordedRun(results: [long, wide] + SampleResults.all).console(verbosity)
            // A line to be copied stays whole, however long it is.
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("      reproduce") }
            let widest = lines.map { DisplayWidth.of($0) }.max() ?? 0
            #expect(widest <= 100)
        }
    }

    @Test("a run on a terminal of 80 columns is shown as its golden says")
    func eighty() throws {
        let style = TerminalStyle(usesColour: false, usesUnicode: true, progressColumns: nil, columns: 80)
        try TextGolden.expect(RecordedRun().console(.verbose, style: style), "console-80")
    }

    @Test("no line is wider than the terminal, but one to be copied", arguments: [40, 55, 80, 100, 120])
    func terminalWidth(columns: Int) throws {
        let style = TerminalStyle(terminalColumns: columns, environment: ["TERM": "dumb"], forbidsColour: false)
        for verbosity in [Verbosity.quiet, .normal, .verbose] {
            let lines = try RecordedRun().console(verbosity, style: style).split(separator: "\n")
            let wide = lines.filter { DisplayWidth.of($0) > columns && !$0.hasPrefix("      reproduce") }
            #expect(wide == [])
        }
    }

    @Test("a run of nothing ends with 7 and says why")
    func nothing() throws {
        let text = try RecordedRun(results: []).console()
        #expect(text.hasSuffix("exit 7: no verdict: nothing ran, a fault did not fire, or an observation is missing\n"))
        #expect(text.contains("0 scenarios"))
    }

    @Test("an interrupted run prints what has finished and ends with 130")
    func interrupted() throws {
        let run = RecordedRun(
            results: [SampleResults.killed],
            wasInterrupted: true,
            neverRun: [SampleResults.hole.scenario]
        )
        let text = try run.console(.quiet)
        #expect(text == "exit 130: interrupted before the end\n")
        #expect(try run.console().contains("1 not run"))
    }
}

extension ScenarioResult {
    func renamed(_ name: String) -> ScenarioResult {
        ScenarioResult(
            scenario: Samples.scenario(name, teaches: name, showsDefect: name),
            observation: observation,
            verdicts: verdicts,
            failure: failure,
            wallTime: wallTime,
            reproduction: "coldstart run \(name)"
        )
    }
}

extension String {
    fileprivate func components(of separator: String) -> Int { self.split(separator: separator).count - 1 }
}
