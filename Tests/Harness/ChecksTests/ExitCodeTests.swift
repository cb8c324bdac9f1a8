import Checks
import Domain
import Scenarios
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
    @Test("The numbers are those that the documentation promises")
    func numbers() {
        #expect(
            ExitCode.allCases.map { "\($0) \($0.rawValue)" } == [
                "passed 0", "expectationFailed 1", "usage 2", "environment 3", "startupFailed 4", "landingFailed 5",
                "goldensPending 6", "inconclusive 7", "interrupted 130",
            ]
        )
    }

    private static let strongestFirst: [Int32] = [130, 2, 3, 4, 5, 1, 7, 6, 0]

    @Test("Of any two codes the stronger one hides the other", arguments: strongestFirst, strongestFirst)
    func pairs(left: Int32, right: Int32) throws {
        let codes = [try #require(ExitCode(rawValue: left)), try #require(ExitCode(rawValue: right))]
        let strongest = Self.strongestFirst.first { $0 == left || $0 == right }
        #expect(ExitCode.combining(codes).rawValue == strongest)
        #expect(ExitCode.combining(codes.reversed()).rawValue == strongest)
    }

    @Test("Nothing that ran is no pass")
    func nothing() {
        #expect(ExitCode.combining([]) == .inconclusive)
    }

    @Test("All causes are listed, the one that decides first, and a pass only where nothing else is")
    func causes() {
        #expect(
            ExitCode.ordered([.passed, .inconclusive, .expectationFailed, .passed]) == [
                .expectationFailed, .inconclusive,
            ]
        )
        #expect(ExitCode.ordered([.goldensPending, .usage]) == [.usage, .goldensPending])
        #expect(ExitCode.ordered([.passed]) == [.passed])
        #expect(ExitCode.ordered([]) == [.inconclusive])
    }

    @Test("A failed check counts by its subject, an inconclusive one always as 7", arguments: Verdict.Subject.allCases)
    func subjects(subject: Verdict.Subject) {
        func code(_ outcome: Verdict.Outcome) -> ExitCode {
            ExitCode(Verdict(check: "a.b", subject: subject, outcome: outcome, message: ""))
        }
        let failures: [Verdict.Subject: ExitCode] = [
            .startup: .startupFailed, .landing: .landingFailed, .answers: .expectationFailed,
            .rankings: .expectationFailed, .faults: .expectationFailed,
            .termination: .expectationFailed, .timeline: .expectationFailed,
        ]
        #expect(code(.failed) == failures[subject])
        #expect(code(.inconclusive) == .inconclusive)
        #expect(code(.passed) == .passed)
    }

    private func result(_ verdicts: [Verdict], failure: ScenarioResult.Failure? = nil) -> ScenarioResult {
        ScenarioResult(
            scenario: RunFixture().scenario,
            observation: nil,
            verdicts: verdicts,
            failure: failure,
            wallTime: .zero,
            reproduction: ""
        )
    }

    private func run(_ results: [ScenarioResult], wasInterrupted: Bool = false) -> RunResult {
        RunResult(
            results: results,
            toolVersion: "1",
            seed: nil,
            fingerprints: [],
            wallTime: .zero,
            wasInterrupted: wasInterrupted
        )
    }

    @Test("A scenario without a verdict and a run without a scenario are inconclusive")
    func empty() {
        #expect(result([]).exitCode == .inconclusive)
        #expect(run([]).exitCode == .inconclusive)
    }

    @Test("One scenario that passes does not hide another that fails")
    func oneFails() {
        let passed = Verdict(check: "a", subject: .startup, outcome: .passed, message: "")
        let failed = Verdict(check: "b", subject: .landing, outcome: .failed, message: "")
        #expect(run([result([passed])]).exitCode == .passed)
        #expect(run([result([passed]), result([passed, failed])]).exitCode == .landingFailed)
        #expect(run([result([passed]), result([])]).exitCode == .inconclusive)
        #expect(run([result([failed]), result([])]).exitCode == .landingFailed)
    }

    @Test("A consequence gives no code, whatever it says")
    func consequence() {
        let failed = Verdict(check: "b", subject: .landing, outcome: .failed, message: "")
        let open = Verdict(
            check: "c",
            subject: .rankings,
            outcome: .inconclusive,
            message: "",
            consequenceOf: "b"
        )
        #expect(result([failed, open]).causes == [.landingFailed])
    }

    @Test("A failure to run wins over verdicts, an interruption over everything")
    func failures() {
        let failed = Verdict(check: "b", subject: .landing, outcome: .failed, message: "")
        let broken = result([failed], failure: .init(message: "", exitCode: .usage))
        #expect(run([broken]).exitCode == .usage)
        #expect(run([broken], wasInterrupted: true).exitCode == .interrupted)
    }
}
