import ColdstartTestSupport
import Domain
import FoldInSVD
import Testing

struct BatchRankerTests {
    /// A model with random factors, and random visitors of it.
    private struct RandomCase {
        let model: FoldInModel
        let visitors: [BatchRanker.Visitor]
        private let folder: SVDFolder

        init(movies: Int, factors: Int, visitors: Int, distinctRows: Int? = nil, seed: UInt64) throws {
            var generator = SplitMix64(seed: seed)
            func value() -> Float { Float(Int64(bitPattern: generator.next()) >> 40) / Float(1 << 23) }
            let distinct = (0..<min(movies, distinctRows ?? movies)).map { _ in (0..<factors).map { _ in value() } }
            folder = try SVDFolder(
                rows: (0..<movies).map { distinct[$0 % distinct.count] },
                ids: "[" + (0..<movies).map { "\"\($0)\"" }.joined(separator: ",") + "]"
            )
            try folder.writeArray((0..<movies).map { _ in value() }, shape: [movies], to: "item_bias.npy")
            model = try FoldInModel(directory: folder.path)
            self.visitors = (0..<visitors)
                .map { visitor in
                    // Some have more ratings than there are factors, and some none.
                    let ratings = (0..<visitor % 21)
                        .map { _ in
                            Rating(
                                movie: MovieID("\(generator.next() % UInt64(movies + 1))"),
                                value: Double(generator.next() % 11),
                                createdAt: Timestamp(microseconds: 0)
                            )
                        }
                    return BatchRanker.Visitor(ratings: ratings, excluded: ratings.map(\.movie))
                }
        }

        /// The rankings one by one.
        func rankings(_ candidates: CandidateSet, limit: Int, formula: ScoreFormula) -> [Ranking?] {
            visitors.map { visitor in
                model.userVector(for: visitor.ratings)
                    .map {
                        model.rank(
                            $0,
                            candidates: candidates,
                            excluding: visitor.excluded,
                            limit: limit,
                            formula: formula
                        )
                    }
            }
        }
    }

    @Test(arguments: ScoreFormula.allCases, [1, 3])
    func `a batch ranks each visitor to the bit as alone`(formula: ScoreFormula, threads: Int) throws {
        let random = try RandomCase(movies: 2_500, factors: 12, visitors: 230, seed: 3)
        let candidates = CandidateSet(random.model.movies, of: random.model)
        let ranker = BatchRanker(candidates: candidates, limit: 40, formula: formula, threads: threads)
        let rankings = ranker.rank(random.visitors)
        let expected = random.rankings(candidates, limit: 40, formula: formula)
        #expect((0..<rankings.count).map { rankings[$0] } == expected)
        #expect(expected.contains(nil) && expected.contains { $0?.places.count == 40 })
    }

    @Test(arguments: [0, 1, 7, 100, 5_000])
    func `any limit over some of the movies ranks as alone`(limit: Int) throws {
        let random = try RandomCase(movies: 900, factors: 9, visitors: 40, seed: 5)
        // Backwards and with gaps, a movie twice, and one that the model does not know.
        let movies = random.model.movies.reversed().enumerated().filter { $0.offset % 3 > 0 }.map(\.element)
        let candidates = CandidateSet(movies + [movies[0], "unknown"], of: random.model)
        let rankings = BatchRanker(candidates: candidates, limit: limit, threads: 2).rank(random.visitors)
        #expect(
            (0..<rankings.count).map { rankings[$0] } == random.rankings(candidates, limit: limit, formula: .factors)
        )
    }

    @Test(arguments: [1, 2, 5])
    func `many equal scores keep the order of the candidates`(distinctRows: Int) throws {
        let random = try RandomCase(movies: 3_000, factors: 5, visitors: 21, distinctRows: distinctRows, seed: 8)
        let candidates = CandidateSet(random.model.movies, of: random.model)
        let rankings = BatchRanker(candidates: candidates, threads: 1).rank(random.visitors)
        for (index, visitor) in random.visitors.enumerated() {
            guard let user = random.model.userVector(for: visitor.ratings) else { continue }
            let ranking = try #require(rankings[index])
            let all = random.model.rank(user, candidates: candidates, limit: 3_000).places
            let wanted = all.sorted { ($1.score, Int($0.movie.text) ?? -1) < ($0.score, Int($1.movie.text) ?? -1) }
                .filter { !visitor.excluded.contains($0.movie) }
            #expect(ranking.movies == wanted.prefix(100).map(\.movie))
            #expect(ranking.places.map(\.score) == wanted.prefix(100).map(\.score))
        }
    }

    @Test func `scores that 32 bits cannot sum are ranked all the same`() throws {
        let folder = try SVDFolder(
            rows: (0..<200).map { [1e19, -1e19 + Float($0) * 1e15] },
            ids: "[" + (0..<200).map(String.init).joined(separator: ",") + "]"
        )
        try folder.write(#"{"reg": 1e31}"#, to: "lambda.json")
        let model = try FoldInModel(directory: folder.path)
        let ratings = [Rating(movie: "7", value: 1e18, createdAt: Timestamp(microseconds: 0))]
        let user = try #require(model.userVector(for: ratings))
        let candidates = CandidateSet(model.movies, of: model)
        let ranking = model.rank(user, candidates: candidates, limit: 5)
        #expect(ranking.places.map(\.movie).count == 5)
        let batch = BatchRanker(candidates: candidates, limit: 5, threads: 1).rank([.init(ratings: ratings)])
        #expect(batch[0] == ranking)
    }

    @Test func `nobody has no ranking`() throws {
        let random = try RandomCase(movies: 30, factors: 2, visitors: 1, seed: 1)
        let ranker = BatchRanker(candidates: CandidateSet(random.model.movies, of: random.model), threads: 4)
        #expect(ranker.rank([]).count == 0)
        #expect(ranker.rank(random.visitors)[0] == nil)
        let none = BatchRanker(candidates: CandidateSet([], of: random.model), threads: 1)
        let rated = BatchRanker.Visitor(
            ratings: [Rating(movie: "3", value: 5, createdAt: Timestamp(microseconds: 0))]
        )
        #expect(none.rank([rated])[0]?.places.isEmpty == true)
    }
}
