import Checks
import ContainerPlatform
import Domain
import Observations
import Scenarios

/// Results of every kind.
enum SampleResults {
    private static let stages: [(name: String, seconds: Double)] = [
        ("boot", 2), ("environment", 0), ("svd", 1.2), ("datamaps", 0.2), ("tokenizer", 1.1), ("checkpoint", 260),
    ]

    /// The incident: killed by its probe, nothing saved, the fallback shown; all of it expected.
    static var killed: ScenarioResult {
        let probe = ProbeConfiguration(
            handler: .http(path: "/health", port: nil),
            timeout: .seconds(1),
            period: .seconds(10),
            failureThreshold: 24
        )
        let scenario = Samples.scenario(
            "incident-http-probe",
            teaches:
                "A blocking start that outlasts its HTTP probe is killed, no row is ever written, and nobody sees it.",
            showsDefect: "visitors are shown the first ten movies of the catalogue as if they were recommendations",
            probe: probe
        )
        let failed = ObservedAnswer(
            request: 1,
            session: Samples.session(1),
            arrivedAt: .seconds(5),
            finishedAt: .milliseconds(230_231),
            status: 503,
            state: nil,
            error: PlatformLog.readinessCheckFailed
        )
        return ScenarioResult(
            scenario: scenario,
            observation: Observation(
                target: .simulated,
                startup: Samples.startup(scenario, stages: stages, requests: [.seconds(5)]),
                answers: [failed],
                rows: Samples.rows([], visitors: 1, fallbacks: 1),
                receipts: []
            ),
            verdicts: [
                pass("startup.outcome", .startup, "the start was killed, as expected"),
                pass("landing.rows", .landing, "no row, as expected"),
                pass("landing.visitors", .landing, "1 visitor sees the fallback, as expected"),
            ],
            wallTime: .milliseconds(41),
            reproduction: "coldstart run scenarios/incident-http-probe.yaml --seed 7"
        )
    }

    /// The hole of the progressive strategy: a request that is answered 200 and saves nothing.
    static var hole: ScenarioResult {
        let scenario = Samples.scenario(
            "progressive-hole",
            teaches: "Ready before SVD has loaded means 200 and nothing saved.",
            showsDefect: "an answer of 200 saves no row",
            strategy: .progressive
        )
        let requests: [Duration] = [.milliseconds(2500), .seconds(10), .seconds(300)]
        return ScenarioResult(
            scenario: scenario,
            observation: Observation(
                target: .simulated,
                startup: Samples.startup(scenario, stages: stages, listensAfter: 2, rowsAfter: 4, requests: requests),
                answers: [
                    Samples.answer(1, at: requests[0], took: .milliseconds(100), state: .nothing, saved: (0, 0)),
                    Samples.answer(2, at: requests[1], took: .milliseconds(100), state: .svdOnly, saved: (10, 0)),
                    Samples.answer(3, at: requests[2], took: .milliseconds(100)),
                ],
                rows: Samples.rows(
                    [
                        LandingSummaryLine(model: "svd", phase: 2, rows: 20, sessions: 2),
                        LandingSummaryLine(model: "p5", phase: 2, rows: 10, sessions: 1),
                    ],
                    visitors: 3,
                    fallbacks: 1
                ),
                receipts: [
                    FaultReceipt(fault: 1, evidence: "backend 4711 terminated between the two sets of request 2")
                ]
            ),
            verdicts: [
                pass("answers.saved", .answers, "request 1 saved nothing, as expected"),
                Verdict(
                    check: "rankings.full.p5",
                    subject: .rankings,
                    outcome: .passed,
                    message: "p5: 1 rankings, 100 places, equal the golden within ties and tolerance",
                    details: ["accepted \"8.1\" for movie 318, the golden has \"8.2\" with a logit gap of only 0.0004"]
                ),
            ],
            ledger: RowLedger(RowAccount(expected: [], found: [])),
            wallTime: .milliseconds(1234),
            reproduction: "coldstart run scenarios/progressive-hole.yaml --seed 7"
        )
    }

    /// Rankings and rows that are not as they should be.
    static var failed: ScenarioResult {
        let scenario = Samples.scenario("goldens-of-all-sessions", teaches: "Both models rank as the reference does.")
        let short: [(name: String, seconds: Double)] = [("boot", 2), ("svd", 1.2), ("checkpoint", 20)]
        return ScenarioResult(
            scenario: scenario,
            observation: Observation(
                target: .simulated,
                startup: Samples.startup(scenario, stages: short, requests: [.seconds(30)]),
                answers: [Samples.answer(1, at: .seconds(30))],
                rows: Samples.rows(
                    [LandingSummaryLine(model: "svd", phase: 2, rows: 9, sessions: 1)],
                    visitors: 1
                ),
                receipts: []
            ),
            verdicts: [
                pass("startup.outcome", .startup, "the start was ready, as expected"),
                Verdict(
                    check: "rankings.full",
                    subject: .rankings,
                    outcome: .failed,
                    message: "1 of 40 sessions ranks movies in another order than the golden",
                    location: Samples.location("goldens-of-all-sessions", 3, 9),
                    expected: "golden/demo.jsonl",
                    actual: "another movie at rank 7 of svd for \(Samples.session(1))",
                    details: ["rank 7: golden 50 (3.214159), got 296 (3.209881), margin 0.004278"]
                        + (8...24).map { "  rank \($0): another movie" }
                ),
                Verdict(
                    check: "landing.rows",
                    subject: .landing,
                    outcome: .failed,
                    message: "9 svd rows landed where 10 were expected",
                    location: Samples.location("goldens-of-all-sessions", 4, 10),
                    expected: "10",
                    actual: "9"
                ),
            ],
            ledger: Samples.faultyLedger,
            wallTime: .milliseconds(900),
            reproduction: "coldstart run scenarios/goldens-of-all-sessions.yaml --seed 7"
        )
    }

    /// A probe that the platform refuses.
    static var refused: ScenarioResult {
        let probe = ProbeConfiguration(
            handler: .http(path: "/health", port: nil),
            timeout: .seconds(240),
            period: .seconds(10),
            failureThreshold: 24
        )
        let scenario = Samples.scenario(
            "recommended-probe",
            teaches: "The probe the note recommends is invalid.",
            probe: probe
        )
        let startup = StartupObservation(
            violations: scenario.platform.probeViolations,
            summary: nil,
            killMargin: nil,
            timeline: Timeline(),
            finalHealth: nil
        )
        return ScenarioResult(
            scenario: scenario,
            observation: Observation(target: .simulated, startup: startup, answers: [], rows: nil, receipts: []),
            verdicts: [pass("startup.outcome", .startup, "the deployment was refused, as expected")],
            wallTime: .milliseconds(3),
            reproduction: "coldstart run scenarios/recommended-probe.yaml --seed 7"
        )
    }

    /// A scenario that could not be run.
    static var errored: ScenarioResult {
        ScenarioResult(
            scenario: Samples.scenario("broken-bundle"),
            observation: nil,
            verdicts: [],
            failure: .init(
                message: "bundle/svd_5core/V.npy: 12 bytes, the header says 2321 x 64 float32; copy the file again",
                exitCode: .environment
            ),
            wallTime: .milliseconds(2),
            reproduction: "coldstart run scenarios/broken-bundle.yaml --seed 7"
        )
    }

    /// A scenario whose fault did not fire.
    static var inconclusive: ScenarioResult {
        ScenarioResult(
            scenario: Samples.scenario("database-goes-away"),
            observation: nil,
            verdicts: [
                Verdict(
                    check: "faults.receipts",
                    subject: .faults,
                    outcome: .inconclusive,
                    message: "fault 1 left no receipt: it did not fire",
                    location: Samples.location("database-goes-away", 2, 3)
                )
            ],
            wallTime: .milliseconds(2),
            reproduction: "coldstart run scenarios/database-goes-away.yaml --seed 7"
        )
    }

    /// A scenario that was never run.
    static var notRun: ScenarioResult {
        ScenarioResult(
            scenario: Samples.scenario("lazy"),
            observation: nil,
            verdicts: [],
            failure: .init(message: "not run: the time limit was reached", exitCode: .inconclusive),
            wallTime: .zero,
            reproduction: "coldstart run scenarios/lazy.yaml --seed 7"
        )
    }

    static var all: [ScenarioResult] { [killed, hole, failed, refused, errored, inconclusive, notRun] }

    private static func pass(_ check: String, _ subject: Verdict.Subject, _ message: String) -> Verdict {
        Verdict(check: check, subject: subject, outcome: .passed, message: message)
    }
}
