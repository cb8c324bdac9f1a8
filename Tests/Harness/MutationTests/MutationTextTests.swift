import Reports
import Testing

@testable import Mutation

struct MutationTextTests {
    /// A document with a mutant of each result.
    private var document: MutationDocument {
        func mutant(
            _ id: String,
            _ result: MutantOutcome.Result,
            caughtBy: [MutantOutcome.Catch] = [],
            changed: [String] = [],
            reason: String? = nil
        ) -> MutationDocument.Mutant {
            MutationDocument.Mutant(
                id: id,
                mistake: "One factor of one movie, the largest of SVD's favourite, has the wrong sign.",
                result: result.rawValue,
                caughtBy: caughtBy,
                changed: changed,
                remedy: "rankings: {svd_only: <golden>, full: <golden>}, with requests in that state",
                reason: reason
            )
        }
        let caught = MutantOutcome.Catch(
            scenario: "lazy-waits",
            check: "rankings.full.svd",
            message: "svd, 1 of 1 rankings differ; request 1, session 51e5501d-d19e-58e3-8712-f47bd265ce5e: rank 1"
        )
        return MutationDocument(
            toolVersion: "test",
            exitCode: 3,
            causes: [3, 1],
            scenarios: ["lazy-waits", "precompute", "result-cache"],
            setAside: ["deployed-service"],
            caught: 1,
            survived: 1,
            inert: 1,
            broken: 1,
            mutants: [
                mutant("shift-item-ids", .caught, caughtBy: [caught, caught], changed: ["lazy-waits", "precompute"]),
                mutant("perturb-factor", .survived, changed: ["precompute", "result-cache"]),
                mutant("drop-tie-rule", .inert), mutant("stale-checkpoint", .broken, reason: "no such file"),
            ]
        )
    }

    private var text: String {
        MutationText(document, width: 80).lines.map(\.text).joined(separator: "\n")
    }

    @Test func `each result says what its reader needs`() {
        for words in [
            "1 scenario set aside, not passing without a mistake: deployed-service",
            "✓ shift-item-ids      caught in 1 of 3 scenarios\n    lazy-waits, rankings.full.svd: svd, 1 of 1",
            "    changed, and not noticed, in precompute\n",
            "✗ perturb-factor      survived\n    One factor of one movie",
            "    changed: precompute, result-cache\n    would be caught by rankings: {svd_only",
            "- drop-tie-rule       changed no answer, row or ranking: not counted",
            "? stale-checkpoint    could not be made\n    no such file",
            "1 of 2 mutants caught, 1 set aside that changed nothing, 1 could not be made,",
        ] {
            #expect(text.contains(words), "\(words)\n\(text)")
        }
    }

    @Test func `no line is wider than 80 columns`() {
        let lines = MutationText(document, width: 80).lines + MutationText.list(Mutant.all, width: 80)
        #expect(lines.filter { $0.width > 80 }.map(\.text) == [])
    }
}
