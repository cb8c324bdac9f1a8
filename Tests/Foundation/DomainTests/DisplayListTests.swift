import Domain
import Testing

struct DisplayListTests {
    private func list(_ svd: [MovieID], _ p5: [MovieID], start: Model, limit: Int = 10) -> [String] {
        DisplayList(svd: svd, p5: p5, start: start, limit: limit).entries.map { "\($0.order) \($0.model) \($0.movie)" }
    }

    @Test func `the models alternate, beginning with the starting model`() {
        #expect(list(["a", "b"], ["c", "d"], start: .svd) == ["1 svd a", "2 p5 c", "3 svd b", "4 p5 d"])
        #expect(list(["a", "b"], ["c", "d"], start: .p5) == ["1 p5 c", "2 svd a", "3 p5 d", "4 svd b"])
    }

    @Test func `a listed movie is skipped and the same model offers its next one`() {
        #expect(list(["a", "b"], ["a", "c"], start: .svd) == ["1 svd a", "2 p5 c", "3 svd b"])
    }

    @Test func `a model with nothing left is passed over`() {
        #expect(list(["a", "b", "c"], ["d"], start: .p5) == ["1 p5 d", "2 svd a", "3 svd b", "4 svd c"])
        #expect(list(["a", "b"], [], start: .p5) == ["1 svd a", "2 svd b"])
        #expect(list([], [], start: .svd).isEmpty)
    }

    @Test func `the list ends at its limit`() {
        #expect(list(["a", "b", "c"], ["d", "e", "f"], start: .svd, limit: 3) == ["1 svd a", "2 p5 d", "3 svd b"])
    }

    @Test func `identical lists show every movie once, offered in turn`() {
        let movies = (1...10).map { MovieID("\($0)") }
        let entries = DisplayList(svd: movies, p5: movies, start: .svd).entries
        #expect(entries.map(\.movie) == movies)
        #expect(entries.map(\.model) == (0..<10).map { $0.isMultiple(of: 2) ? .svd : .p5 })
    }
}
