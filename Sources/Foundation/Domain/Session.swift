/// One rating that a visitor gave, 0 to 10.
package struct Rating: Hashable, Sendable {
    /// The movie that was rated.
    package let movie: MovieID
    /// The rating on the service's scale, 0 to 10, mostly whole.
    package let value: Double
    /// When it was given.
    package let createdAt: Timestamp

    /// Creates a rating.
    package init(movie: MovieID, value: Double, createdAt: Timestamp) {
        self.movie = movie
        self.value = value
        self.createdAt = createdAt
    }
}

/// One recorded visitor session: what the service knows when the visitor asks for recommendations.
package struct RecordedSession: Hashable, Sendable {
    /// The session's id.
    package let id: SessionID
    /// The phase of the study the session had reached, `recommendation` once recommendations were asked for.
    package let phase: String
    /// The ratings in the order in which they were given.
    package let ratings: [Rating]
    /// Movies shown in phase 1, which are no candidates for this session.
    package let phase1Movies: [MovieID]
    /// Ratings that the recording marks as held out: no part of the history, but what rankings are judged by.
    package let heldOut: [Rating]

    /// Creates a session.
    package init(
        id: SessionID,
        phase: String,
        ratings: [Rating],
        phase1Movies: [MovieID],
        heldOut: [Rating] = []
    ) {
        self.id = id
        self.phase = phase
        self.ratings = ratings
        self.phase1Movies = phase1Movies
        self.heldOut = heldOut
    }

    /// Returns the ratings newest first, at most `limit`; of two given at the same moment the later recorded comes
    /// first.
    ///
    /// - Complexity: O(*n* log *n*) in the number of ratings.
    package func history(limit: Int) -> [Rating] {
        let newestFirst = ratings.enumerated()
            .sorted { left, right in
                (left.element.createdAt, left.offset) > (right.element.createdAt, right.offset)
            }
        return newestFirst.prefix(limit).map(\.element)
    }
}

/// One movie of the catalogue from which recommendations are drawn (`phase2_movies`).
package struct CatalogueMovie: Hashable, Sendable, Codable {
    /// The movie's id.
    package let id: MovieID
    /// Its title.
    package let title: String
    /// The year of its release, where known.
    package let year: Int?
    /// Its genres, as the catalogue writes them.
    package let genre: String?

    /// Creates a movie.
    package init(id: MovieID, title: String, year: Int?, genre: String?) {
        self.id = id
        self.title = title
        self.year = year
        self.genre = genre
    }
}

extension Sequence<CatalogueMovie> {
    /// The movies' titles by their ids; of a movie that comes twice, the first one's.
    ///
    /// - Complexity: O(*n*).
    package var titles: [MovieID: String] {
        Dictionary(map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    }
}
