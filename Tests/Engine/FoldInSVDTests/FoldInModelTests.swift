import ColdstartTestSupport
import Domain
import FoldInSVD
import ModelFiles
import Testing

struct FoldInModelTests {
    /// The tiny case as the reference describes it.
    private struct Case: Decodable {
        struct Entry: Decodable {
            var movie_id: MovieID
            var rating: Double
        }

        var ratings: [Entry]
        var user: [Double]
        var candidates: [MovieID]
        var scores: [String: Double]
        var biased_scores: [String: Double]
        var order: [MovieID]
    }

    private let model: FoldInModel
    private let expected: Case

    init() throws {
        model = try FoldInModel(directory: Fixtures.path("svd"))
        expected = try JSONFile.read(Fixtures.path("svd/expected.json"), as: Case.self, expected: "a case")
    }

    private var ratings: [Rating] {
        expected.ratings.map { entry in
            Rating(movie: entry.movie_id, value: entry.rating, createdAt: Timestamp(microseconds: 0))
        }
    }

    private func rating(_ movie: MovieID, _ value: Double) -> Rating {
        Rating(movie: movie, value: value, createdAt: Timestamp(microseconds: 0))
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-4 * max(1e-3, abs(expected))
    }

    @Test func `folds a visitor in as the reference does`() throws {
        let user = try #require(model.userVector(for: ratings))
        #expect(user.values.count == expected.user.count)
        for (value, expected) in zip(user.values, expected.user) {
            #expect(isClose(Double(value), expected))
        }
        #expect(user.usedRatings == 4 && user.unusedRatings == 1)
    }

    @Test func `ranks as the reference does`() throws {
        let user = try #require(model.userVector(for: ratings))
        let ranking = model.rank(user, candidates: expected.candidates)
        #expect(ranking.model == .svd)
        #expect(ranking.movies == expected.order)
        #expect(ranking.places.map(\.rank) == Array(1...expected.order.count))
        for place in ranking.places {
            #expect(isClose(place.score, try #require(expected.scores[place.movie.text])))
        }
    }

    @Test func `a biased ranking adds mean and bias`() throws {
        let user = try #require(model.userVector(for: ratings))
        let ranking = model.rank(user, candidates: expected.candidates, formula: .biased)
        #expect(ranking.movies.count == expected.order.count)
        for place in ranking.places {
            #expect(isClose(place.score, try #require(expected.biased_scores[place.movie.text])))
        }
        #expect(ranking.places.map(\.score) == ranking.places.map(\.score).sorted(by: >))
    }

    @Test func `a visitor whose movies are all unknown has no vector`() {
        #expect(model.userVector(for: []) == nil)
        #expect(model.userVector(for: [rating("not-in-the-model", 8)]) == nil)
        #expect(model.userVector(for: [rating("50", .nan)]) == nil)
    }

    @Test func `a movie rated twice counts twice`() throws {
        let once = try #require(model.userVector(for: [rating("50", 9)]))
        let twice = try #require(model.userVector(for: [rating("50", 9), rating("50", 9)]))
        #expect(twice.usedRatings == 2)
        #expect(once.values != twice.values)
    }

    @Test func `fewer ratings than factors solve the same equation`() throws {
        let few = [rating("50", 9), rating("9", 2)]
        let bias = try NPYReader.read(Fixtures.path("svd/item_bias.npy")).floats()
        let factors = try NPYReader.read(Fixtures.path("svd/V.npy")).floats()
        let user = try #require(model.userVector(for: few))
        // Checked against the equation itself: (V_Rᵀ V_R + reg I) p = V_Rᵀ y.
        let rows = try few.map { try #require(model.row(of: $0.movie)) }
        for factor in 0..<3 {
            var left = model.regularisation * Double(user.values[factor])
            var right = 0.0
            for (rating, row) in zip(few, rows) {
                let values = (0..<3).map { Double(factors[3 * row + $0]) }
                let product = (0..<3).reduce(0.0) { $0 + values[$1] * Double(user.values[$1]) }
                left += values[factor] * product
                right += values[factor] * (rating.value - model.mean - Double(bias[row]))
            }
            #expect(abs(left - right) < 1e-4)
        }
    }

    @Test func `an excluded movie is no candidate`() throws {
        let user = try #require(model.userVector(for: ratings))
        let candidates = CandidateSet(expected.candidates, of: model)
        #expect(candidates.unknownCount == 1)
        let ranking = model.rank(user, candidates: candidates, excluding: ["50", "unknown"], limit: 3)
        #expect(ranking.movies == Array(expected.order.dropFirst().prefix(3)))
    }

    @Test func `few candidates score as they do among many`() throws {
        let user = try #require(model.userVector(for: ratings))
        for movie in expected.order {
            let alone = model.rank(user, candidates: [movie])
            #expect(isClose(try #require(alone.places.first).score, try #require(expected.scores[movie.text])))
        }
    }

    @Test func `ties keep the order of the candidates`() throws {
        let folder = try SVDFolder(rows: [[1, 0], [1, 0], [2, 0], [1, 0]], ids: #"["a", "b", "c", "d"]"#)
        let model = try FoldInModel(directory: folder.path)
        let user = try #require(model.userVector(for: [rating("c", 10)]))
        #expect(model.rank(user, candidates: ["d", "b", "c", "a", "b"]).movies == ["c", "d", "b", "a"])
        #expect(model.rank(user, candidates: ["x"]).places.isEmpty)
        #expect(model.rank(user, candidates: [], limit: 0).places.isEmpty)
    }
}
