import Checks
@testable import ContainerPlatform
import Domain
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Startup check")
struct StartupCheckTests {
    private func run(
        _ expect: (inout StartupExpectation) -> Void,
        _ observe: (inout RunFixture) -> Void = { _ in }
    ) -> RunFixture {
        var startup = StartupExpectation()
        expect(&startup)
        var run = RunFixture()
        run.expectations = Expectations(startup: startup)
        observe(&run)
        return run
    }

    private static func summary(_ change: (inout StartupSummary) -> Void) -> StartupSummary {
        var summary = StartupSummary()
        change(&summary)
        return summary
    }

    private static let outcomes: [(StartupSummary.Outcome?, String?, String)] = [
        (.ready(at: .seconds(5)), "ready_full", "ready"),
        (.ready(at: .seconds(5)), "init_error: X is not set", "init_error"),
        (.undecided, "init_error: X is not set", "init_error"),
        (.killed(at: .seconds(20), failures: 3), nil, "killed"),
        (.killed(at: .seconds(20), failures: 3), "init_error: X is not set", "killed"),
        (.exited(at: .seconds(1), .code(1)), nil, "exited"),
        (.givenUp(at: .seconds(600)), nil, "given_up"),
        (nil, nil, "refused"),
    ]

    @Test("The number of restarts is that of the lives that were followed by another", arguments: [0, 1, 2])
    func restarts(expected: Int) {
        let life = ContainerLife(
            number: 1,
            began: .zero,
            ended: .seconds(20),
            outcome: .killed(at: .seconds(20), failures: 3),
            attempts: 3,
            failedProbe: .startup,
            exit: .signal(15)
        )
        let run = run {
            $0.restarts = RunFixture.at(expected)
        } _: { run in
            run.summary = Self.summary { $0.earlierLives = [life] }
        }
        #expect(run.verdict("startup.restarts")?.outcome == (expected == 1 ? .passed : .failed))
    }

    @Test("Each outcome matches its own expectation and no other", arguments: 0..<outcomes.count)
    func outcome(index: Int) {
        let (outcome, health, name) = Self.outcomes[index]
        for expected in StartupOutcome.allCases {
            let run = run {
                $0.outcome = RunFixture.at(expected)
            } _: { run in
                run.summary = outcome.map { outcome in Self.summary { $0.outcome = outcome } }
                run.finalHealth = health
            }
            #expect(run.verdict("startup.outcome")?.outcome == (expected.rawValue == name ? .passed : .failed))
        }
    }

    @Test("A run that ended before the start did proves nothing")
    func undecided() {
        let run = run {
            $0.outcome = RunFixture.at(.ready)
        } _: {
            $0.summary = Self.summary { _ in }
        }
        #expect(run.verdict("startup.outcome")?.outcome == .inconclusive)
    }

    @Test("An instance that its owner stopped is none of the expected outcomes", arguments: StartupOutcome.allCases)
    func stopped(expected: StartupOutcome) {
        let run = run {
            $0.outcome = RunFixture.at(expected)
        } _: {
            $0.summary = Self.summary { $0.outcome = .stopped(at: .seconds(1)) }
        }
        #expect(run.verdict("startup.outcome")?.outcome == .failed)
    }

    @Test(
        "Every time is judged by its own expectation",
        arguments: [
            "at", "ready_basic", "ready_full", "first_good_recommendation", "probe_truth_gap", "detection_lag",
            "kill_margin",
        ]
    )
    func times(name: String) {
        let fields: [String: WritableKeyPath<StartupExpectation, Located<TimeExpectation>?>] = [
            "at": \.at, "ready_basic": \.readyBasic, "ready_full": \.readyFull,
            "first_good_recommendation": \.firstGoodRecommendation, "probe_truth_gap": \.probeTruthGap,
            "detection_lag": \.detectionLag, "kill_margin": \.killMargin,
        ]
        func outcome(_ expectation: TimeExpectation, happens: Bool = true) -> Verdict? {
            let run = run { startup in
                if let field = fields[name] { startup[keyPath: field] = RunFixture.at(expectation, line: 7) }
            } _: { run in
                guard happens else {
                    run.summary = nil
                    return
                }
                run.killMargin = KillMargin(factor: 2, isUnbounded: false, spare: .seconds(12))
                run.summary = Self.summary { summary in
                    summary.outcome = .ready(at: .seconds(12))
                    summary.probeCouldPass = .zero
                    summary.readyBasic = .seconds(12)
                    summary.readyFull = .seconds(12)
                    summary.firstFull = .init(request: 0, moment: .seconds(12))
                    summary.truthGap = .seconds(12)
                }
            }
            return run.verdict("startup.\(name)")
        }
        let exact = TimeExpectation.within(from: .seconds(12), to: .seconds(12))
        #expect(outcome(exact)?.outcome == .passed)
        #expect(outcome(exact)?.location?.line == 7)
        #expect(outcome(.within(from: .seconds(11), to: .seconds(13)))?.outcome == .passed)
        #expect(outcome(.within(from: nil, to: .seconds(12)))?.outcome == .passed)
        #expect(outcome(.within(from: .seconds(13), to: nil))?.outcome == .failed)
        #expect(outcome(.within(from: nil, to: .milliseconds(11_999)))?.actual == "12 s")
        #expect(outcome(.never)?.outcome == .failed)
        #expect(outcome(.never, happens: false)?.outcome == .passed)
        #expect(outcome(exact, happens: false)?.outcome == .failed)
        #expect(outcome(exact, happens: false)?.actual == "never")
    }

    @Test("The attempts of the probe are counted", arguments: [(3, Verdict.Outcome.passed), (2, .failed)])
    func attempts(expected: Int, outcome: Verdict.Outcome) {
        let run = run {
            $0.attempts = RunFixture.at(expected)
        } _: {
            $0.summary = Self.summary { $0.attempts = 3 }
        }
        #expect(run.verdict("startup.attempts")?.outcome == outcome)
    }

    @Test("A reason may be a refusal, an initialisation error or the platform's line")
    func reason() {
        func outcome(_ text: String, _ observe: (inout RunFixture) -> Void) -> Verdict.Outcome? {
            run({ $0.reason = RunFixture.at(text) }, observe).verdict("startup.reason")?.outcome
        }
        func refused(_ run: inout RunFixture) {
            run.summary = nil
            run.violations = [
                ProbeViolation(
                    rule: .timeoutAbovePeriod,
                    severity: .error,
                    field: "timeoutSeconds",
                    reason: "timeoutSeconds 240 is above periodSeconds 10"
                ),
                ProbeViolation(rule: .coarsePeriod, severity: .warning, field: "periodSeconds", reason: "too coarse"),
            ]
        }
        #expect(outcome("240 is above periodSeconds 10", refused) == .passed)
        #expect(outcome("too coarse", refused) == .failed)
        #expect(outcome("SUPABASE_URL") { $0.finalHealth = "init_error: SUPABASE_URL is not set" } == .passed)
        #expect(outcome("ready_full") { $0.finalHealth = "ready_full" } == .failed)
        #expect(
            outcome("failed 3 times consecutively") { run in
                run.timeline.entries = [
                    .init(moment: .seconds(20), event: .probeFailed(failures: 3, saw: .refused))
                ]
            } == .passed
        )
    }

    @Test("What the scenario does not state gets no verdict")
    func silence() {
        #expect(run({ _ in }).verdicts.allSatisfy { $0.subject != .startup })
    }
}
