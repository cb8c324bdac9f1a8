import ColdstartTestSupport
import ContainerPlatform
import Domain
import Foundation
import Observations
import SafeText
import Scenarios
import Testing

@testable import ServiceUnderTest

/// Tests that start processes, one at a time so that they do not wait for each other's processor.
@Suite(.serialized, .timeLimit(.minutes(10))) enum ProcessSuite {}

/// Runs commands as instances; what is asked of the database finds no rows.
struct ProcessHarness {
    /// The section `platform` of the scenario.
    var platform = "{probe: {type: tcp, timeout: 1s, period: 1s, failure_threshold: 1}}"
    /// The section `faults`.
    var faults = "[]"
    /// The section `service`, less its strategy and bundle.
    var service = "on_sigterm: {exits_after: 0s}"
    /// The section `stages`.
    var stages = "{boot: 100ms, svd: 0s, datamaps: 0s, tokenizer: 0s, checkpoint: 0s}"
    /// The section `requests`.
    var requests = "[]"
    /// The section `ratings`.
    var ratings = "[]"
    /// The section `expect`.
    var expect = "{rows: none}"
    /// How many seconds of the scenario pass in one real second.
    var speed = 10.0
    /// How long the database takes for the rows after an answer, in real time.
    var rowsTime = Duration.zero
    /// How the service loads.
    var strategy = "blocking"
    /// Until when the run waits, `nil` for what follows from the scenario.
    var simulatedEnd: Duration? = .seconds(3)
    /// Takes what the run waits for.
    var progress: ProgressHandler = { _ in }

    /// Returns the plan of the scenario.
    func plan() throws -> Plan {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            name: small
            teaches: nothing
            platform: \(platform)
            service: {strategy: \(strategy), bundle: bundle, \(service)}
            stages: \(stages)
            faults: \(faults)
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            requests: \(requests)
            ratings: \(ratings)
            expect: \(expect)
            """,
            to: "small.yaml"
        )
        return try #require(try ScenarioLoader.load([file]).first).plan(sessions: sessions())
    }

    /// Ninety sessions without ratings.
    private func sessions() throws -> [RecordedSession] {
        try (10...99)
            .map { number in
                RecordedSession(
                    id: try #require(SessionID("00000000-0000-0000-0000-0000000000\(number)")),
                    phase: "recommendation",
                    ratings: [],
                    phase1Movies: []
                )
            }
    }

    /// The program of the scripted service, which lies beside the running tests.
    private static let scriptedService = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("ScriptedService").path

    /// How long the database takes for a rating, in real time.
    static let ratingTime = Duration.milliseconds(50)

    /// Runs the scripted service, with its script in variables without their prefix `SCRIPT_`.
    ///
    /// - Returns: What came of it, with the receipts of faults.
    func serve(_ script: [String: String] = [:]) async throws -> (
        result: ProcessDriver.Result, receipts: [FaultReceipt]
    ) {
        let pairs = script.map { ("SCRIPT_" + $0.key, $0.value) }
        return try await run(
            CommandLaunch(
                words: [Self.scriptedService],
                environment: Dictionary(uniqueKeysWithValues: pairs)
            )
        )
    }

    /// Runs a shell script as the service.
    ///
    /// - Returns: What came of it, with the receipts of faults.
    func run(script: String) async throws -> (result: ProcessDriver.Result, receipts: [FaultReceipt]) {
        try await run(CommandLaunch(words: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"]))
    }

    private func run(_ launch: CommandLaunch) async throws -> (result: ProcessDriver.Result, receipts: [FaultReceipt]) {
        let plan = try plan()
        let speed = speed
        let simulation = plan.simulation
        let (simulatedEnd, rowsTime, progress) = (simulatedEnd, rowsTime, progress)
        return try await OwnThread.run {
            let ledger = FaultLedger()
            let mailbox = RunMailbox()
            let setup = ProcessDriver.Setup(
                plan: plan,
                launch: launch,
                rehearsal: { plan.rehearsal(speed: speed, life: $0) },
                speed: speed,
                headers: [],
                redaction: Redaction(["hunter22"]),
                logPath: nil,
                delays: simulation.drawnDelays(seed: 1),
                awaited: simulatedEnd.map { AwaitedEnd(awaitsLastWord: true, hasLastWord: false, simulated: $0) }
                    ?? AwaitedEnd(plan, simulation.run(seed: 1)),
                mailbox: mailbox,
                ask: { task in
                    switch task {
                    case .rating:
                        Self.later(Self.ratingTime) { mailbox.post(.rated) }
                    case .rows(let question):
                        Self.later(question.isBefore ? .zero : rowsTime) {
                            mailbox.post(.rows(question: question.number, []))
                        }
                    }
                },
                progress: progress
            )
            return (try ProcessDriver(setup, ledger: ledger).complete(), ledger.receipts)
        }
    }

    /// Does something after some real time.
    private static func later(_ time: Duration, _ work: @escaping @Sendable () -> Void) {
        guard time > .zero else { return work() }
        OwnThread.start {
            usleep(UInt32(time / .microseconds(1)))
            work()
        }
    }
}
