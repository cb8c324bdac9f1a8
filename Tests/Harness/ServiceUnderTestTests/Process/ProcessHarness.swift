import ColdstartTestSupport
import ContainerPlatform
import Observations
import SafeText
import Scenarios
import Testing

@testable import ServiceUnderTest

/// Tests that start processes, one at a time so that they do not wait for each other's processor.
@Suite(.serialized, .timeLimit(.minutes(1))) enum ProcessSuite {}

/// Runs commands as instances, without any request and so without a database.
struct ProcessHarness {
    /// The section `platform` of the scenario.
    var platform = "{probe: {type: tcp, timeout: 1s, period: 1s, failure_threshold: 1}}"
    /// The section `faults`.
    var faults = "[]"
    /// The section `service`, less its strategy and bundle.
    var service = "on_sigterm: {exits_after: 0s}"
    /// How many seconds of the scenario pass in one real second.
    var speed = 10.0

    /// Returns the plan of the scenario.
    func plan() throws -> Plan {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            name: small
            teaches: nothing
            platform: \(platform)
            service: {strategy: blocking, bundle: bundle, \(service)}
            stages: {boot: 100ms, svd: 0s, datamaps: 0s, tokenizer: 0s, checkpoint: 0s}
            faults: \(faults)
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """,
            to: "small.yaml"
        )
        return try #require(try ScenarioLoader.load([file]).first).plan(sessions: [])
    }

    /// Runs a shell script as the service.
    ///
    /// - Returns: What came of it, with the receipts of faults.
    func run(script: String) async throws -> (result: ProcessRun.Result, receipts: [FaultReceipt]) {
        let plan = try plan()
        let speed = speed
        let simulation = plan.simulation
        return try await OwnThread.run {
            let ledger = FaultLedger()
            let setup = ProcessRun.Setup(
                plan: plan,
                launch: CommandLaunch(words: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"]),
                rehearsal: plan.rehearsal(speed: speed),
                speed: speed,
                headers: [],
                redaction: Redaction(["hunter22"]),
                logPath: nil,
                delays: simulation.drawnDelays(seed: 1),
                simulatedEnd: .seconds(3),
                allowance: .seconds(1),
                mailbox: RunMailbox(),
                ask: { _ in }
            )
            return (try ProcessRun(setup, ledger: ledger).complete(), ledger.receipts)
        }
    }
}
