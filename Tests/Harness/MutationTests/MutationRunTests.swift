import Checks
import ColdstartTestSupport
import Foundation
import Replay
import Reports
import Scenarios
import Testing

@testable import Mutation

/// Runs mutants against shipped scenarios, each test with a server of its own, one at a time.
@Suite(.serialized) struct MutationRunTests {
    private static let folder = Fixtures.packageDirectory + "/scenarios"

    private func result(of scenarios: [Scenario], _ mutants: [Mutant] = Mutant.all) async throws -> MutationRun.Result {
        let schema = try String(contentsOfFile: Self.folder + "/schema.sql", encoding: .utf8)
        let options = RunOptions(toolVersion: "test")
        return try await MutationRun(mutants, options: options, schema: schema).result(of: scenarios)
    }

    private func shipped(_ name: String) throws -> [Scenario] {
        try ScenarioLoader.load([Self.folder]).filter { $0.name.value == name }
    }

    /// A scenario over the shipped models with one session, which asks once.
    private func scenario(_ service: String, _ rest: String) throws -> [Scenario] {
        let text = """
            name: made-up
            teaches: What mutants make of it.
            platform: {probe: default}
            service: {bundle: "\(Self.folder)/bundle", \(service)}
            stages: {boot: 1s, svd: 1s, datamaps: 0s, tokenizer: 0s, checkpoint: 100s}
            sessions: {file: "\(Self.folder)/sessions/demo.jsonl", select: first 1}
            catalogue: "\(Self.folder)/catalogue.jsonl"
            \(rest)

            """
        let folder = try TemporaryFolder()
        return try ScenarioLoader.load([try folder.write(text, to: "made-up.yaml")])
    }

    @Test func `a shipped scenario with goldens of both states catches every mutant`() async throws {
        let result = try await result(of: shipped("progressive-survives"))
        #expect(result.scenarios == ["progressive-survives"] && result.setAside.isEmpty)
        #expect(result.outcomes.map(\.id) == Mutant.all.map(\.id))
        for outcome in result.outcomes {
            #expect(outcome.result == .caught, "\(outcome)")
            #expect(outcome.changed == ["progressive-survives"], "\(outcome.id)")
        }
        #expect(result.exitCode == .passed)
        // A mistake in a ranking is found by the goldens, one in rows by the rows.
        let checks = Dictionary(uniqueKeysWithValues: result.outcomes.map { ($0.id, $0.catches.map(\.check)) })
        for id in ["perturb-factor", "shift-p5-ids", "swap-logits", "drop-tie-rule"] {
            #expect(checks[id]?.contains { $0.hasPrefix("rankings") } == true, "\(id): \(checks[id] ?? [])")
        }
        for id in ["truncate-write", "display-off-by-one"] {
            #expect(checks[id]?.contains { $0.hasPrefix("landing") } == true, "\(id): \(checks[id] ?? [])")
        }
    }

    @Test func `a mutant of P5 changes nothing where P5 does not rank, and is not counted`() async throws {
        let scenario = try scenario(
            "strategy: progressive",
            "requests: [{at: 10s, session: 1, expect: {status: 200}}]\nexpect: {startup: {outcome: ready}}"
        )
        let mutants: [Mutant] = [.swapLogits, .dropTieRule, .dropP5Candidate, .shiftP5IDs, .staleCheckpoint]
        let result = try await result(of: scenario, mutants)
        #expect(result.outcomes.map(\.result) == mutants.map { _ in .inert }, "\(result.outcomes)")
        #expect(result.exitCode == .inconclusive)
    }

    @Test func `without goldens a wrong factor survives, with the check that would catch it`() async throws {
        let scenario = try scenario(
            "strategy: progressive",
            "requests: [{at: 10s, session: 1, expect: {status: 200}}]\nexpect: {startup: {outcome: ready}}"
        )
        let result = try await result(of: scenario, [.perturbFactor, .truncateWrite])
        #expect(result.outcomes.map(\.result) == [.survived, .caught], "\(result.outcomes)")
        #expect(result.exitCode == .expectationFailed)
        let text = MutationText(MutationDocument(result, toolVersion: "test"), width: 80)
        #expect(text.lines.filter { $0.width > 80 }.map(\.text) == [])
        let words = text.lines.map(\.text).joined(separator: "\n")
        #expect(words.contains("✗ perturb-factor      survived"), "\(words)")
        #expect(words.contains("would be caught by rankings: {svd_only: <golden>"), "\(words)")
        #expect(words.contains("1 of 2 mutants caught, exit code 1"), "\(words)")
    }

    @Test func `a scenario that fails without a mistake is set aside, and alone leaves no verdict`() async throws {
        let scenario = try scenario(
            "strategy: progressive",
            "requests: [{at: 10s, session: 1, expect: {status: 418}}]\nexpect: {startup: {outcome: ready}}"
        )
        let result = try await result(of: scenario, [.truncateWrite])
        #expect(result.setAside == ["made-up"] && result.outcomes.isEmpty)
        #expect(result.exitCode == .inconclusive)
        let document = MutationDocument(result, toolVersion: "test")
        #expect(try ReportEncoding.decode(MutationDocument.self, from: document.json) == document)
    }
}
