/// The two models of the service.
package enum Model: String, Hashable, Sendable, Codable, CaseIterable {
    /// The fold-in SVD model that ranks all candidates.
    case svd
    /// The T5 model that reranks the SVD model's best.
    case p5

    /// The other model.
    package var other: Model { self == .svd ? .p5 : .svd }
}

/// One place of a ranking.
package struct RankedMovie: Hashable, Sendable {
    /// The movie.
    package let movie: MovieID
    /// Its place, from 1.
    package let rank: Int
    /// The model's score; higher is better.
    package let score: Double
    /// The text that P5 generated, `nil` for the SVD model.
    package let text: String?

    /// Creates a place.
    package init(movie: MovieID, rank: Int, score: Double, text: String? = nil) {
        self.movie = movie
        self.rank = rank
        self.score = score
        self.text = text
    }
}

/// A model's movies in order of score, ranks 1…n.
package struct Ranking: Hashable, Sendable {
    /// The model that made it.
    package let model: Model
    /// The places in order.
    package let places: [RankedMovie]

    /// Creates a ranking from places already in order.
    package init(model: Model, places: [RankedMovie]) {
        self.model = model
        self.places = places
    }

    /// The movies in order.
    package var movies: [MovieID] { places.map(\.movie) }
}

/// One row of the table `recommendations`.
package struct RecommendationRow: Hashable, Sendable {
    /// The session it was made for.
    package let session: SessionID
    /// The recommended movie.
    package let movie: MovieID
    /// The model's score.
    package let score: Double
    /// The model that recommended it.
    package let model: Model
    /// The phase of the study, 2 for recommendations.
    package let phase: Int
    /// The place in the model's own list, from 1.
    package let rank: Int
    /// The place in the list the visitor sees, from 1; `nil` where the row is not shown.
    package let displayOrder: Int?

    /// Creates a row.
    package init(
        session: SessionID,
        movie: MovieID,
        score: Double,
        model: Model,
        phase: Int,
        rank: Int,
        displayOrder: Int?
    ) {
        self.session = session
        self.movie = movie
        self.score = score
        self.model = model
        self.phase = phase
        self.rank = rank
        self.displayOrder = displayOrder
    }
}
