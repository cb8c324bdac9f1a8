import RankingMetrics
import Testing

@Suite("Effectiveness of a ranking")
struct EffectivenessWorkspaceTests {
    @Test("Gains 3 2 3 0 1 2 of the textbook example: 0.9608081943360615")
    func textbook() {
        let workspace = EffectivenessWorkspace(movies: 6)
        let movies: [Int32] = [0, 1, 2, 3, 4, 5]
        let gains: [Double] = [3, 2, 3, 0, 1, 2]
        workspace.load(relevant: movies.span, gains: gains.span)
        #expect(isClose(workspace.value(of: .nDCG(6), movies.span), 0.9608081943360615))
    }

    @Test("A level above every gain leaves nothing relevant, though nDCG has its value")
    func level() throws {
        let workspace = EffectivenessWorkspace(movies: 3)
        let movies: [Int32] = [2, 1]
        let gains = [1.0, 0.5]
        workspace.load(relevant: movies.span, gains: gains.span)
        workspace.judge(movies.span)
        #expect(workspace.value(of: try MetricName("R@10")) == 1)
        #expect(workspace.value(of: try MetricName("P@2")) == 0.5)
        #expect(workspace.value(of: try MetricName("AP(rel=2)")) == nil)
        #expect(isClose(workspace.value(of: try MetricName("nDCG")), 1))
    }

    @Test("Another session forgets the ranking of the one before")
    func forgets() throws {
        let workspace = EffectivenessWorkspace(movies: 3)
        let (movies, gains): ([Int32], [Double]) = ([2], [1])
        workspace.load(relevant: movies.span, gains: gains.span)
        #expect(workspace.value(of: try MetricName("RR"), movies.span) == 1)
        workspace.load(relevant: movies.span, gains: gains.span)
        #expect(workspace.value(of: try MetricName("RR")) == 0)
    }
}
