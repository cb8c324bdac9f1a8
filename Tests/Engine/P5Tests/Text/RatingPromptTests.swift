import Domain
import ModelFiles
import Testing

@testable import P5

struct RatingPromptTests {
    private let session = SessionID("08A30d33-6669-4609-a1e5-f0369f502a37")
    private let dataMaps = DataMaps(internalIDs: ["318": "17", "50": "4", "8.5": "99"])

    private func rating(_ movie: MovieID, _ value: Double) -> Rating {
        Rating(movie: movie, value: value, createdAt: Timestamp(microseconds: 0))
    }

    private func text(_ history: [Rating]) throws -> String {
        RatingPrompt(session: try #require(session), history: history, dataMaps: dataMaps).text(for: "23")
    }

    private let question =
        "Which star rating will user_08a30d33-6669-4609-a1e5-f0369f502a37 give movie_23? "
        + "(0 to 10, precise decimal allowed)"

    @Test
    func `ratings come in their order, cut to whole numbers, under internal ids`() throws {
        let found = try text([rating("50", 9.9), rating("318", 10), rating("8.5", -0.5)])
        #expect(found == "Previous ratings: movie_4:9, movie_17:10, movie_99:0. " + question)
    }

    @Test
    func `movies without an internal id are left out`() throws {
        #expect(try text([rating("1", 3), rating("50", 9)]) == "Previous ratings: movie_4:9. " + question)
    }

    @Test
    func `without a known rating the question stands alone`() throws {
        #expect(try text([]) == question)
        #expect(try text([rating("1", 3)]) == question)
    }

    @Test
    func `only the newest thirty ratings count, mapped or not`() throws {
        let known = Array(repeating: rating("50", 8), count: 29)
        let found = try text([rating("1", 3)] + known + [rating("318", 7)])
        #expect(
            found == "Previous ratings: " + Array(repeating: "movie_4:8", count: 29).joined(separator: ", ") + ". "
                + question
        )
    }

    @Test(arguments: [Double.nan, .infinity, 1e300])
    func `a value that is no whole number is left out`(_ value: Double) throws {
        #expect(try text([rating("50", value), rating("318", 7)]) == "Previous ratings: movie_17:7. " + question)
    }
}
