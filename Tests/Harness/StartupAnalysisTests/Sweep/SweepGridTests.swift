import Testing

@testable import StartupAnalysis

struct SweepGridTests {
    private let grid: SweepGrid

    init() throws {
        grid = try SweepGrid(
            SweepHarness.axes(["stage.svd=1s..3s", "cpu=1,2", "stage.boot=1s", "probe.periodSeconds=5,6"])
        )
    }

    @Test func `choices come first and the last axis changes fastest`() {
        #expect(grid.axes.map(\.parameter.name) == ["cpu", "probe.periodSeconds", "stage.svd", "stage.boot"])
        #expect(grid.count == 12)
        #expect(grid.conditions == 3)
        #expect(grid.lineAxis == 2)
    }

    @Test func `going on from place to place meets every combination once`() {
        var places = grid.places(of: 0)
        for combination in 0..<grid.count {
            #expect(places == grid.places(of: combination))
            _ = grid.advance(&places)
        }
        #expect(places == grid.places(of: 0))
    }

    @Test(arguments: [
        (["cpu=1", "cpu=2"], "varied twice"),
        (
            Array(repeating: "", count: 0) + [
                "stage.svd=1s..1000000ms/1ms", "stage.boot=1s..1000000ms/1ms", "cpu=1,2",
            ], "more than"
        ),
    ])
    func `what cannot be a grid is refused`(texts: [String], words: String) throws {
        let axes = try SweepHarness.axes(texts)
        let error = try #require(throws: StartupAnalysisError.self) { try SweepGrid(axes) }
        #expect(error.message.contains(words))
    }
}
