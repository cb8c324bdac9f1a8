import RankingMetrics
import Testing

@Suite("Entries and exits")
struct RankChangesTests {
    @Test("Movies that came and left, each in the order of its ranking")
    func changes() {
        let changes = RankChanges(from: ["a", "b", "c", "d"], to: ["x", "a", "y", "b"], depth: 3)
        #expect(changes.entries == ["x", "y"])
        #expect(changes.exits == ["b", "c"])
    }
}
