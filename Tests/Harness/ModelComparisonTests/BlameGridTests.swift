import Testing

@testable import ModelComparison

@Suite("Blame")
struct BlameGridTests {
    static func cell(_ movies: [Int32], scores: [Double]? = nil) -> BlameGrid.Cell {
        let list = RankedList(movies: movies, scores: scores ?? movies.indices.map { Double(movies.count - $0) })
        return BlameGrid.Cell(p5: list, candidates: list)
    }

    @Test("each cause is told from the others, and the sum is that of the changed places")
    func causes() {
        // Place 0: SVD alone; 1: P5 alone; 2: each alone; 3: only both together; 4: nothing.
        let grid = BlameGrid(
            old: Self.cell([0, 1, 2, 3, 4]),
            newSVD: Self.cell([10, 1, 12, 3, 4]),
            newP5: Self.cell([0, 11, 13, 3, 4]),
            new: Self.cell([10, 11, 14, 15, 4])
        )
        let places = grid.places()
        #expect(places.candidates == 1)
        #expect(places.reranking == 1)
        #expect(places.both == 2)
        #expect(places.ties == 0)
        #expect(places.sum == BlameGrid.changedPlaces(grid.old.p5, grid.new.p5).count)
    }

    @Test("a swap among movies of equal score is a tie, one across scores is not")
    func ties() {
        let old = Self.cell([0, 1, 2, 3], scores: [8, 8, 4, 2])
        let tied = Self.cell([1, 0, 2, 3], scores: [8, 8, 4, 2])
        let swapped = BlameGrid(old: old, newSVD: tied, newP5: old, new: tied).places()
        #expect(swapped.ties == 2 && swapped.sum == 2)
        let across = Self.cell([0, 1, 3, 2], scores: [8, 8, 4, 2])
        let moved = BlameGrid(old: old, newSVD: old, newP5: across, new: across).places()
        #expect(moved.reranking == 2 && moved.ties == 0)
    }

    @Test("a list that became shorter has changed places at its end")
    func shorter() {
        let grid = BlameGrid(
            old: Self.cell([0, 1, 2]),
            newSVD: Self.cell([0, 1]),
            newP5: Self.cell([0, 1, 2]),
            new: Self.cell([0, 1])
        )
        #expect(grid.places().candidates == 1)
        #expect(grid.places().sum == 1)
    }
}
