import Domain
import GoldenReview
import Goldens
import Testing

@Suite("Learning what moves by itself")
struct GoldenCalibrationTests {
    private static let origin = GoldenTolerance.Origin(
        who: "Ann",
        when: "2026-11-01T10:00:00Z",
        runs: 2,
        over: "threads"
    )

    private static let run = [
        GoldenReviewFixture.session(1, [("a", 1), ("b", 0.9), ("c", 0.8), ("d", 0.5)]),
        GoldenReviewFixture.session(2, [("a", 1), ("b", 0.5), ("c", 0.2)]),
    ]

    private func calibration(_ others: [[GoldenSession]]) -> GoldenCalibration {
        let yardstick = GoldenRankings(file: "demo", header: GoldenReviewFixture.header, sessions: Self.run)
        var calibration = GoldenCalibration(yardstick)
        for run in others { calibration.add(run) }
        return calibration
    }

    private func golden(_ tolerance: GoldenTolerance?) -> GoldenRankings {
        GoldenRankings(
            file: "demo",
            header: GoldenReviewFixture.header.with(tolerance: tolerance),
            sessions: Self.run
        )
    }

    @Test("The same again teaches nothing, passes, and leaves every wrong ranking to be noticed")
    func same() {
        let calibration = calibration([Self.run, Self.run])
        let tolerance = calibration.tolerance(Self.origin)
        #expect(calibration.runs == 3 && calibration.unstable.isEmpty)
        #expect(tolerance.bands.isEmpty && tolerance.svdScore == 0 && tolerance.p5Score == 0)
        let outcome = GoldenCanary(golden(tolerance)).outcome()
        #expect(outcome.tried == 4 && outcome.passed.isEmpty)
    }

    @Test("What moved is allowed by rank, and no further")
    func moves() {
        let svd = GoldenReviewFixture.session(1, [("b", 1), ("a", 0.9), ("c", 0.8), ("d", 0.5)]).svd
        let first = Self.run[0]
        let moved = [GoldenSession(id: first.id, svd: svd, p5: first.p5, displays: first.displays), Self.run[1]]
        let tolerance = calibration([moved]).tolerance(Self.origin)
        #expect(tolerance.bands == [.init(model: .svd, first: 1, last: 10, places: 1)])
        #expect(abs(tolerance.svdScore - 1.0 / 9) < 1e-12)
        var check = GoldenCheck(with: golden(tolerance))
        for session in Self.run + moved { check.add(session) }
        #expect(check.differences.isEmpty && check.ranksWithinTolerance > 0)
        #expect(GoldenCanary(golden(tolerance)).outcome().passed.isEmpty)
    }

    @Test("Candidates that change from run to run are no movement")
    func candidates() {
        let other = [Self.run[0], GoldenReviewFixture.session(2, [("a", 1), ("b", 0.5), ("z", 0.2)])]
        #expect(calibration([other]).unstable == [GoldenReviewFixture.ids[1]])
    }

    @Test("A tolerance that allows anything is found out by wrong rankings that pass")
    func tooWide() {
        // Scores alone leave the order to be noticed.
        let scores = GoldenTolerance(svdScore: 0.9, p5Score: 0, bands: [], origin: Self.origin)
        #expect(GoldenCanary(golden(scores)).outcome().passed.isEmpty)
        let band = GoldenTolerance.Band(model: .svd, first: 1, last: 100, places: 100)
        let places = GoldenTolerance(svdScore: 0, p5Score: 0, bands: [band], origin: Self.origin)
        #expect(GoldenCanary(golden(places)).outcome().passed.contains { $0.hasSuffix("the best movie at any rank") })
    }

    @Test("What was learned is tried before it is kept")
    func learned() throws {
        let known = golden(nil)
        let learned = try LearnedTolerance(from: [Self.run, Self.run], for: known, Self.origin)
        #expect(learned.tolerance.bands.isEmpty && learned.canaries == 4)
        let other = [Self.run[0], GoldenReviewFixture.session(2, [("a", 1), ("b", 0.5), ("z", 0.2)])]
        #expect(throws: LearnedTolerance.Refusal.unstable([GoldenReviewFixture.ids[1]])) {
            try LearnedTolerance(from: [Self.run, other], for: known, Self.origin)
        }
        #expect(throws: LearnedTolerance.Refusal.tooWide(nil)) {
            try LearnedTolerance(from: [[]], for: known, Self.origin)
        }
    }
}
