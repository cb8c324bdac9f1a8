import Testing

@testable import StartupAnalysis

struct CliffTests {
    private func cliff(_ line: String) -> Cliff {
        var walk = Cliff.Walk()
        for place in line { walk.take(place == "r" ? nil : place == "+") }
        return walk.cliff
    }

    @Test(
        arguments: [
            ("++++", .allSurvive), ("----", .noneSurvives), ("rrrr", .refused), ("+++-", .upTo(2)), ("---+", .from(3)),
            ("r++-r-", .upTo(2)), ("--r+", .from(3)), ("++r++", .allSurvive), ("+-+-", .comesAndGoes(upTo: 0)),
            ("-+-", .comesAndGoes(upTo: nil)), ("+r-", .upTo(0)), ("+", .allSurvive),
        ] as [(String, Cliff)]
    )
    func `a line is told by where its survival ends`(line: String, expected: Cliff) {
        #expect(cliff(line) == expected)
    }

    @Test func `the table has the cliff of every line in its place`() async throws {
        // A blocking start of 2 s and the load is seen at 0.2, period + 0.2 and 2 periods + 0.2.
        let axes = try SweepHarness.axes(["stage.checkpoint=1s..30s", "probe.periodSeconds=4,8", "cpu=0.5,1"])
        let survey = try await SweepHarness.survey(SweepHarness.sweep(SweepHarness.plan(), axes))
        let table = try #require(survey.cliffs)
        #expect(table.axis.parameter.name == "stage.checkpoint")
        #expect(table.columnAxis?.parameter == .cpu || table.columnAxis?.parameter == .period)
        let texts = table.rows.flatMap { row in row.cliffs.map { $0.text(on: table.axis) } }
        #expect(texts == ["up to 6s", "up to 14s", "up to 6s", "up to 14s"])
        #expect(table.some == 4)
        #expect(survey.combinations == 120)
    }
}
