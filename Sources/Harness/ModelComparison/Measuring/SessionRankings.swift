package import Domain

/// What both sides of a comparison ranked for one session, by its first places, and what it is made from.
package struct SessionRankings: Hashable, Sendable, Codable {
    /// How many places of each list are held.
    package static let depth = 10

    /// One place of a list.
    package struct Place: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The model's score; `nil` where the list has none.
        package var score: Double?
        /// Of P5's places, the movie's place in the side's SVD list, from 1; `nil` where it has none there.
        package var svdPlace: Int?
    }

    /// One side's lists; `nil` where it has none.
    package struct Side: Hashable, Sendable, Codable {
        /// The SVD model's.
        package var svd: [Place]?
        /// P5's.
        package var p5: [Place]?
        /// What the visitor sees.
        package var display: [Place]?
    }

    /// One rating.
    package struct Rated: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The rating, 0 to 10.
        package var rating: Double
    }

    /// The session's ratings without those held out; `nil` where no session is recorded.
    package var ratings: [Rated]?
    /// The old side's lists.
    package var old: Side
    /// The new side's lists.
    package var new: Side

    /// Copies the first places of both sides.
    ///
    /// - Complexity: O(*n*) in the movies of the SVD lists and the ratings.
    init(_ ratings: [Rating]?, _ old: SideSession?, _ new: SideSession?, _ table: MovieTable) {
        self.ratings = ratings.map { $0.map(Rated.init) }
        self.old = Side(old, table)
        self.new = Side(new, table)
    }

    /// The movies that are named.
    var movies: Set<MovieID> {
        var movies = Set((ratings ?? []).map(\.movie))
        for list in [old.svd, old.p5, old.display, new.svd, new.p5, new.display] {
            movies.formUnion((list ?? []).map(\.movie))
        }
        return movies
    }
}

extension SessionRankings.Rated {
    /// Copies a rating.
    package init(_ rating: Rating) {
        self.init(movie: rating.movie, rating: rating.value)
    }
}

extension SessionRankings.Side {
    fileprivate init(_ session: SideSession?, _ table: MovieTable) {
        let candidates = session?.lists.svd?.movies ?? []
        func places(_ list: ComparedList) -> [SessionRankings.Place]? {
            guard let own = session?.lists[list] else { return nil }
            return own.movies.prefix(SessionRankings.depth).indices
                .map { index in
                    let movie = own.movies[index]
                    return SessionRankings.Place(
                        movie: table[movie],
                        score: list != .display && own.hasScores ? own.scores[index] : nil,
                        svdPlace: list == .p5 ? candidates.firstIndex(of: movie).map { $0 + 1 } : nil
                    )
                }
        }
        self.init(svd: places(.svd), p5: places(.p5), display: places(.display))
    }
}
