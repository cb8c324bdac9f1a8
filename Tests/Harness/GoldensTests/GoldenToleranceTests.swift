import Domain
import Goldens
import Testing

@Suite("The tolerance that a golden states")
struct GoldenToleranceTests {
    private static let origin = GoldenTolerance.Origin(
        who: "Ann",
        when: "2026-11-01T10:00:00Z",
        runs: 8,
        over: "threads 1,2"
    )

    private func tolerance(svd: Double = 0, p5: Double = 0, _ bands: [GoldenTolerance.Band] = []) -> GoldenTolerance {
        GoldenTolerance(svdScore: svd, p5Score: p5, bands: bands, origin: Self.origin)
    }

    private func header(_ tolerance: GoldenTolerance?) -> GoldenHeader {
        GoldenHeader(
            maker: GoldenMaker(program: "ranker", version: "1"),
            wholeWord: false,
            fingerprints: GoldenFingerprints(files: [:]),
            catalogueSHA256: GoldenFixture.digest,
            sessionsSHA256: GoldenFixture.digest,
            tolerance: tolerance
        )
    }

    private let list = GoldenFixture.svd([("a", 1), ("b", 0.9), ("c", 0.8), ("d", 0.7)])

    private func compare(_ tolerance: GoldenTolerance?, _ movies: [(MovieID, Double)]) -> RankingComparison {
        header(tolerance).comparison(with: list).compare(GoldenFixture.ranking(.svd, movies))
    }

    @Test("Within a band movies pass across a margin and are counted, one place further they fail")
    func bands() {
        let swapped: [(MovieID, Double)] = [("b", 0.9), ("a", 0.9), ("c", 0.8), ("d", 0.7)]
        #expect(!compare(nil, swapped).isEqual)
        let one = tolerance(svd: 0.2, [.init(model: .svd, first: 1, last: 2, places: 1)])
        let allowed = compare(tolerance([.init(model: .svd, first: 1, last: 2, places: 1)]), swapped)
        #expect(allowed.differences.allSatisfy { if case .wrongScore = $0 { true } else { false } })
        let passes = compare(one, [("b", 1), ("a", 0.9), ("c", 0.8), ("d", 0.7)])
        #expect(passes.isEqual && passes.passesOnlyByTolerance && passes.ranksWithinTolerance == 2)
        let far = tolerance([.init(model: .svd, first: 1, last: 2, places: 1)])
        let further = compare(far, [("b", 0.9), ("c", 0.8), ("a", 0.8), ("d", 0.7)])
        #expect(further.differences.contains { if case .outOfOrder = $0 { true } else { false } })
        let other = tolerance([.init(model: .p5, first: 1, last: 4, places: 3)])
        #expect(!compare(other, swapped).isEqual)
    }

    @Test("A swap that a band allows is told from one that a tie explains")
    func counts() {
        let one = tolerance([.init(model: .svd, first: 1, last: 2, places: 1)])
        let scores: [(MovieID, Double)] = [("a", 1), ("b", 0.9), ("c", 0.8), ("d", 0.79999)]
        let golden = GoldenFixture.svd(scores)
        let observed: [(MovieID, Double)] = [("b", 0.9), ("a", 1), ("d", 0.79999), ("c", 0.8)]
        // Each movie keeps its score, so that only the order differs, which its own scores then contradict.
        let result = header(one).comparison(with: golden).compare(GoldenFixture.ranking(.svd, observed))
        #expect(result.ranksWithinTolerance == 2 && result.ranksExplainedByTies == 2)
    }

    @Test("A column never allows less than the standard, and more where the golden says so")
    func columns() {
        #expect(tolerance().scores(.svd, scoring: .text) == .standard)
        #expect(tolerance(svd: 0.01).scores(.svd, scoring: .text).relative == 0.01)
        #expect(tolerance(svd: 0.01).scores(.p5, scoring: .text).relative == ScoreTolerance.standard.relative)
        #expect(tolerance(p5: 0.01).scores(.p5, scoring: .text).relative == 0.01)
        let expected = tolerance(p5: 0.01).scores(.p5, scoring: .expected)
        #expect(expected.rating == 0.01 && expected.relative == ScoreTolerance.standard.relative)
        let scores: [(MovieID, Double)] = [("a", 1.005), ("b", 0.9), ("c", 0.8), ("d", 0.7)]
        #expect(!compare(nil, scores).isEqual && compare(tolerance(svd: 0.01), scores).isEqual)
        #expect(!compare(tolerance(svd: 0.001), scores).isEqual)
    }

    @Test("It is written into the golden and read back; one that makes no sense is refused")
    func readsBack() throws {
        let one = tolerance(svd: 0.001, [.init(model: .svd, first: 1, last: 10, places: 2)])
        let id = try #require(SessionID(GoldenFixture.sessionText))
        let session = try #require(
            GoldenSession(
                id: id,
                svd: GoldenFixture.ranking(.svd, [("a", 1)]),
                p5: Ranking(model: .p5, places: []),
                scoring: .text
            )
        )
        var document = GoldenDocument(file: "demo", header: header(nil), sessions: [session])
        try document.state(one)
        let text = document.text
        #expect(try GoldenFixture.parse(text).header.tolerance == one)
        #expect(one.places(.svd, rank: 10) == 2 && one.places(.svd, rank: 11) == 0 && one.places(.p5, rank: 1) == 0)
        for (old, new) in [
            (#""svd_score":0.001"#, #""svd_score":1"#), (#""first":1,"#, #""first":0,"#),
            (#""places":2"#, #""places":-1"#),
            (#""last":10"#, #""last":0"#),
        ] {
            let wrong = text.replacing(old, with: new)
            let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse(wrong) }
            #expect(wrong != text && error?.code == .malformed && error?.line == 1)
        }
        let band = GoldenTolerance.Band(model: .svd, first: 5, last: 12, places: 1)
        try document.state(tolerance(one.bands + [band]))
        #expect(throws: GoldenError.self) { try GoldenFixture.parse(document.text) }
    }
}
