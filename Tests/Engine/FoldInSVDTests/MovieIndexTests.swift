import Domain
import Testing

@testable import FoldInSVD

struct MovieIndexTests {
    @Test(arguments: [0, 1, 2, 3, 24, 1_000, 12_289])
    func `every movie has its row and no other is found`(count: Int) throws {
        let movies = (0..<count).map { MovieID("\($0 * 7)") }
        let index = try MovieIndex(movies)
        for (row, movie) in movies.enumerated() { #expect(index.row(of: movie) == row) }
        for stranger in ["", "1", "-7", "07", "7 ", "\(count * 7)"] where !movies.contains(MovieID(stranger)) {
            #expect(index.row(of: MovieID(stranger)) == nil)
        }
    }

    @Test func `ids of any length and script are told apart`() throws {
        let texts = [
            "", " ", "a", "tt0111161", "tt01111610", "tt01111611", String(repeating: "9", count: 4_000), "映画", "映像",
            "\u{e9}", "e\u{301}", "K", "\u{212a}",
        ]
        let index = try MovieIndex(texts.map { MovieID($0) })
        for (row, text) in texts.enumerated() { #expect(index.row(of: MovieID(text)) == row) }
        #expect(index.row(of: MovieID(String(repeating: "9", count: 3_999))) == nil)
        // A string that is read in place and one that was joined on the heap are the same id.
        #expect(index.row(of: MovieID(["tt0", "111161"].joined())) == 3)
    }

    @Test func `a movie that comes twice is named with both rows`() {
        #expect {
            try MovieIndex(["4", "5", "6", "5"])
        } throws: { error in
            let repetition = error as? MovieIndex.Repetition
            return repetition?.row == 3 && repetition?.earlier == 1
        }
    }
}
