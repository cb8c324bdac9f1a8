import Testing

@testable import Goldens

struct GoldenTimelineTests {
    private static let text = """
        {"format": "coldstart-timeline", "version": 1, "scenario": "a", "strategy": "gated", "starts": 3,
         "band": 0.5, "least": 0.05, "stages": [
           {"name": "boot", "during": "starting", "seconds": 2, "from": 1, "to": 3},
           {"name": "svd", "during": "serving", "seconds": 1, "from": 0.5, "to": 1.5},
           {"name": "checkpoint", "during": "serving", "seconds": 20, "from": 10, "to": 30}]}
        """

    private func golden(_ text: String = text) throws -> GoldenTimeline {
        try GoldenTimeline(parsing: Array(text.utf8), file: "a.json")
    }

    private func stage(_ name: String, _ seconds: Double, _ period: GoldenTimeline.Period = .serving)
        -> TimelineDifference.Stage
    {
        TimelineDifference.Stage(name: name, during: period, seconds: seconds)
    }

    @Test func `a start within its bands is as in the golden, their ends included`() throws {
        let stages = [stage("boot", 3, .starting), stage("svd", 0.5), stage("checkpoint", 30)]
        #expect(try golden().differences(from: stages, strategy: "gated").isEmpty)
    }

    @Test func `every kind of difference is found`() throws {
        let boot = stage("boot", 2, .starting)
        let cases: [([TimelineDifference.Stage], [TimelineDifference])] = [
            ([boot, stage("svd", 1)], [.missing("checkpoint")]),
            ([boot, stage("svd", 1), stage("warm-up", 1), stage("checkpoint", 20)], [.unknown("warm-up")]),
            ([boot, stage("checkpoint", 20), stage("svd", 1)], [.order(expected: "svd", found: "checkpoint")]),
            (
                [boot, stage("svd", 1, .starting), stage("checkpoint", 20)],
                [.period("svd", expected: .serving, found: .starting)]
            ),
            (
                [boot, stage("svd", 1.6), stage("checkpoint", 9)],
                [
                    .duration("svd", seconds: 1.6, from: 0.5, to: 1.5),
                    .duration("checkpoint", seconds: 9, from: 10, to: 30),
                ]
            ),
        ]
        for (stages, expected) in cases {
            #expect(try golden().differences(from: stages, strategy: "gated") == expected)
        }
        let other = try golden()
            .differences(
                from: [boot, stage("svd", 1), stage("checkpoint", 20)],
                strategy: "blocking"
            )
        #expect(other == [.strategy(expected: "gated", found: "blocking")])
    }

    @Test func `only how long something takes is no matter of structure`() {
        #expect(TimelineDifference.duration("svd", seconds: 2, from: 0, to: 1).risk == .medium)
        #expect(TimelineDifference.missing("svd").risk == .high)
    }

    @Test(arguments: [
        ("", GoldenError.Code.empty), ("{", .malformed), ("<<<<<<< ours\n", .conflictMarker),
        (text.replacing("\"version\": 1", with: "\"version\": 2"), .unknownVersion),
        (text.replacing("\"svd\"", with: "\"boot\""), .duplicate),
        (text.replacing("\"from\": 10", with: "\"from\": 21"), .contradiction),
        (text.replacing("\"to\": 30", with: "\"to\": 19"), .contradiction),
        (text.replacing("\"during\": \"starting\"", with: "\"during\": \"sleeping\""), .malformed),
    ])
    func `a file that cannot be trusted is refused`(text: String, code: GoldenError.Code) throws {
        let error = try #require(throws: GoldenError.self) { try golden(text) }
        #expect(error.code == code)
        #expect("\(error)".contains("golden timeline new"))
    }

    @Test func `what was accepted is kept, the oldest first`() throws {
        func record(_ who: String) -> GoldenTimeline.Acceptance {
            GoldenTimeline.Acceptance(who: who, when: "2026-11-29T00:00:00Z", risk: .high, reason: "new stage")
        }
        let first = try golden().accepting(record("a"), after: golden())
        #expect(try golden().accepting(record("b"), after: first).accepted?.map(\.who) == ["a", "b"])
    }
}
