import Checks
import Foundation
import Testing

@testable import Reports

#if canImport(FoundationXML)
import FoundationXML
#endif

struct JUnitRecorderTests {
    private func document(_ run: RecordedRun) throws -> String {
        let output = Output()
        try run.tell(JUnitRecorder(sink: output.sink))
        return output.text
    }

    @Test("a run is written as its golden says")
    func golden() throws {
        try TextGolden.expect(document(RecordedRun(neverRun: [Samples.scenario("never-run")])), "junit")
    }

    @Test("the document is well-formed whatever the texts hold")
    func wellFormed() throws {
        let nasty = "]]> <b>&amp;\u{0}\u{1B}[31m \"quoted\" \u{FFFE} \r\n 長い"
        let original = SampleResults.failed
        let result = ScenarioResult(
            scenario: Samples.scenario(nasty),
            observation: original.observation,
            verdicts: original.verdicts.map {
                Verdict(
                    check: nasty,
                    subject: $0.subject,
                    outcome: $0.outcome,
                    message: nasty,
                    expected: nasty,
                    details: [nasty]
                )
            },
            failure: .init(message: nasty, exitCode: .environment),
            wallTime: .zero,
            reproduction: nasty
        )
        let text = try document(RecordedRun(results: [result]))
        #expect(XMLParser(data: Data(text.utf8)).parse())
        #expect(!text.contains("]]>"))
    }

    @Test("what could not be judged is an error, never a pass and never skipped")
    func errors() throws {
        let text = try document(RecordedRun(results: [SampleResults.inconclusive]))
        #expect(text.contains("failures=\"0\" errors=\"1\" skipped=\"0\""))
    }

    @Test("what only follows from another check is skipped, and the other is named")
    func consequence() throws {
        let result = ScenarioResult(
            scenario: Samples.scenario("incident"),
            observation: nil,
            verdicts: [
                Verdict(check: "landing.rows", subject: .landing, outcome: .failed, message: "20 lost"),
                Verdict(
                    check: "landing.earlier_set",
                    subject: .landing,
                    outcome: .inconclusive,
                    message: "no request met an earlier set",
                    consequenceOf: "landing.rows"
                ),
            ],
            wallTime: .zero,
            reproduction: "coldstart run incident.yaml"
        )
        let text = try document(RecordedRun(results: [result]))
        #expect(text.contains("failures=\"1\" errors=\"0\" skipped=\"1\""))
        #expect(text.contains("not judged, as landing.rows failed: no request met an earlier set"))
    }

    @Test("an attempt that the machine was too busy for is kept beside the cases, and counts for nothing")
    func attempts() throws {
        let result = ScenarioResult(
            scenario: Samples.scenario("incident"),
            observation: nil,
            verdicts: [Verdict(check: "startup.at", subject: .startup, outcome: .passed, message: "2 s")],
            attempts: [SampleResults.inconclusive],
            wallTime: .zero,
            reproduction: "coldstart run incident.yaml"
        )
        let text = try document(RecordedRun(results: [result]))
        #expect(text.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""))
        #expect(text.contains("<system-out>attempt 1, "))
    }

    @Test("a run of nothing and an interrupted run each hold an error")
    func runErrors() throws {
        #expect(try document(RecordedRun(results: [])).contains("tests=\"1\" failures=\"0\" errors=\"1\""))
        let interrupted = try document(RecordedRun(results: [SampleResults.killed], wasInterrupted: true))
        #expect(interrupted.contains("<error type=\"interrupted\""))
    }
}
