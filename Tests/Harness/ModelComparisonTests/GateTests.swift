import Domain
import RankingMetrics
import Scenarios
import Testing

@testable import ModelComparison

@Suite("Limits of a comparison")
struct GateTests {
    static func gate(_ text: String) throws -> GateFile {
        try GateFile(parsing: Array(text.utf8), path: "gate.yaml")
    }

    @Test("a limit is kept or not, by the value or the fall of the mean")
    func outcomes() throws {
        let relevance = Relevance(source: "test", ["s": [("a", 1)], "t": [("a", 1)]])
        let result = try ComparisonTests.result(
            [("s", ["a", "b"]), ("t", ["a", "b"])],
            [("s", ["a", "b"]), ("t", ["b", "a"])],
            relevance: relevance
        )
        let gate = try Self.gate("max_drop: {RR: 0.2}\nmin_overlap@2: 0.9\nmax_footrule: 0.1\n").gate
        let verdicts = gate.verdicts(on: result)
        #expect(verdicts.map(\.outcome) == [.failed, .passed, .failed])
        #expect(verdicts[0].found == 0.25)
        #expect(verdicts.allSatisfy { $0.model == .svd && $0.sessions == 2 })
        #expect(!verdicts[0].isDecided, "the interval reaches from no fall to 0.5")
        #expect(verdicts[1].isDecided, "every sample has the value 1")
    }

    @Test("a metric without samples is no verdict")
    func noSamples() throws {
        let result = try ComparisonTests.result([("s", ["a"])], [("s", ["a"])])
        let gate = try Self.gate("models: [p5]\nmin_overlap@2: 0.5\n").gate
        #expect(gate.verdicts(on: result).map(\.outcome) == [.noSamples])
        let judged = try Self.gate("max_drop: {nDCG@10: 0.01}\n").gate
        #expect(judged.verdicts(on: result).map(\.outcome) == [.noSamples])
    }

    @Test("sessions that one side lacks can be limited")
    func missing() throws {
        let result = try ComparisonTests.result([("s", ["a"]), ("t", ["a"])], [("s", ["a"])])
        #expect(try Self.gate("max_missing: 0\n").gate.verdicts(on: result).map(\.outcome) == [.failed])
        #expect(try Self.gate("max_missing: 1\n").gate.verdicts(on: result).map(\.outcome) == [.passed])
    }

    @Test("what a gate names is measured")
    func extends() throws {
        var settings = ComparisonSettings()
        try Self.gate("max_drop: {AP@20: 0.1}\nmin_overlap@7: 0.1\nmin_nDCG@10: 0.1\n").extend(&settings)
        #expect(settings.depths.contains(7))
        #expect(settings.effectiveness.map(\.description).contains("AP@20"))
    }

    @Test(
        "an unknown metric, key or list is refused with its place",
        arguments: [
            "max_drop: {nDGC@10: 0.01}\n", "min_nothing: 1\n", "least: {}\n", "models: [bert]\nmin_rbo: 1\n",
            "max_drop: {Overlap@10: 0.1}\n", "", "models: [svd]\n", "min_overlap@10: high\n",
            "slices: {a: {min_what@2: 1}}\n",
        ]
    )
    func mistakes(text: String) {
        let error = #expect(throws: ScenarioError.self) { try Self.gate(text) }
        #expect(error.map { "\($0)" }?.hasPrefix("gate.yaml") == true)
    }

    @Test(
        "a metric that is not measured is refused, and coverage is",
        arguments: ["min_RBO(p=0.5): 1\n", "min_Coverage@7: 1\n"]
    )
    func unmeasured(text: String) throws {
        let file = try Self.gate(text)
        #expect(throws: ScenarioError.self) { try file.check(slices: ["all"], settings: ComparisonSettings()) }
        let coverage = try Self.gate("min_coverage@10: 0.1\nmin_rbo: 0.1\n")
        #expect(throws: Never.self) { try coverage.check(slices: ["all"], settings: ComparisonSettings()) }
    }

    @Test("a slice that no session is in is refused")
    func slices() throws {
        let file = try Self.gate("slices:\n  history:1-9: {min_overlap@10: 0.5}\n")
        #expect(file.gate.rules.map(\.slice) == ["history:1-9"])
        #expect(throws: ScenarioError.self) {
            try file.check(slices: ["all", "history:10-24"], settings: ComparisonSettings())
        }
        #expect(throws: Never.self) { try file.check(slices: ["all", "history:1-9"], settings: ComparisonSettings()) }
    }
}
