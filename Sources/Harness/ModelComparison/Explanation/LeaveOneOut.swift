package import Domain
import RankingMetrics

/// Which ratings hold a movie where it stands: what becomes of it when one of them is left out.
package struct LeaveOneOut: Sendable {
    /// Where the movie stands in a list.
    package struct Standing: Hashable, Sendable, Encodable {
        /// Its place, from 1; `nil` where it is not in the list.
        package let rank: Int?
        /// Its score.
        package let score: Double?
    }

    /// One rating, and where the movie stands without it.
    package struct Influence: Hashable, Sendable, Encodable {
        /// The movie that was rated.
        package let rated: MovieID
        /// The rating.
        package let rating: Double
        /// The movie's standing in the SVD model's list without the rating.
        package let svd: Standing
        /// The same in P5's list.
        package let p5: Standing
    }

    /// The movie.
    package let movie: MovieID
    /// Where it stands in the SVD model's list with all ratings.
    package let svd: Standing
    /// The same in P5's list.
    package let p5: Standing
    /// Each rating's influence, the largest first.
    package let influences: [Influence]

    /// Ranks a session once with all its ratings, and once without each.
    ///
    /// - Parameters:
    ///   - movie: The movie.
    ///   - session: The session.
    ///   - side: What ranks.
    /// - Throws: What the side throws.
    /// - Complexity: A ranking for each rating, which the SVD model makes in one batch.
    package init(of movie: MovieID, _ session: RecordedSession, side: any ComparisonSide) throws {
        let without = session.ratings.indices.map { index in
            var ratings = session.ratings
            ratings.remove(at: index)
            return session.with(ratings)
        }
        var table = MovieTable()
        let ranked = try side.rankings(of: ([session] + without).map { ComparedSession($0) }[...], in: &table)
        let number = table.number(of: movie)
        func standing(_ content: SideSession?, _ list: ComparedList) -> Standing {
            guard let ranked = content?.lists[list], let place = ranked.movies.firstIndex(of: number) else {
                return Standing(rank: nil, score: nil)
            }
            return Standing(rank: place + 1, score: ranked.scores[place])
        }
        self.movie = movie
        let (svd, p5) = (standing(ranked[0], .svd), standing(ranked[0], .p5))
        (self.svd, self.p5) = (svd, p5)
        influences = zip(session.ratings, ranked.dropFirst())
            .map { rating, content in
                Influence(
                    rated: rating.movie,
                    rating: rating.value,
                    svd: standing(content, .svd),
                    p5: standing(content, .p5)
                )
            }
            .sorted { Self.size($0, svd, p5) > Self.size($1, svd, p5) }
    }

    /// By how much a rating moves the movie: out of a list above all, then in points.
    private static func size(_ influence: Influence, _ svd: Standing, _ p5: Standing) -> Double {
        func change(_ now: Standing, _ before: Standing) -> Double {
            guard let score = now.score, let old = before.score else {
                return (now.score == nil) == (before.score == nil) ? 0 : .infinity
            }
            return abs(score - old)
        }
        return change(influence.svd, svd) + change(influence.p5, p5)
    }
}

extension RecordedSession {
    /// The session with other ratings.
    package func with(_ ratings: [Rating]) -> RecordedSession {
        RecordedSession(id: id, phase: phase, ratings: ratings, phase1Movies: phase1Movies, heldOut: heldOut)
    }
}
