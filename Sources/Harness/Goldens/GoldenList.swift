package import Domain

/// One model's ranking of one session as the reference made it.
package struct GoldenList: Hashable, Sendable {
    /// One place of the ranking.
    package struct Place: Hashable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// Its place, from 1.
        package let rank: Int
        /// The model's score; for P5 the number in its text or the expected rating.
        package let score: Double
        /// The SVD score, which breaks ties between equal numbers in P5's texts; for the SVD model the score itself.
        package let svdScore: Double
        /// P5's text, `nil` for the SVD model.
        package let text: String?
        /// The smallest difference between the best and the second logit on the way to the text.
        package let gap: Double?

        /// Creates a place.
        package init(
            movie: MovieID,
            rank: Int,
            score: Double,
            svdScore: Double,
            text: String? = nil,
            gap: Double? = nil
        ) {
            self.movie = movie
            self.rank = rank
            self.score = score
            self.svdScore = svdScore
            self.text = text
            self.gap = gap
        }
    }

    /// The best movie that the SVD model left out.
    package struct Candidate: Hashable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// Its SVD score.
        package let score: Double

        /// Creates a candidate.
        package init(movie: MovieID, score: Double) {
            self.movie = movie
            self.score = score
        }
    }

    /// The model that made it.
    package let model: Model
    /// What P5's scores are; of no effect on the SVD model's list.
    package let scoring: P5Settings.Scoring
    /// The places in order, ranks 1…n.
    package let places: [Place]
    /// The movie right behind the SVD model's last, for both models' lists; `nil` where every candidate was kept.
    package let next: Candidate?

    /// Creates a list from places already in order.
    package init(model: Model, scoring: P5Settings.Scoring = .text, places: [Place], next: Candidate? = nil) {
        self.model = model
        self.scoring = model == .p5 ? scoring : .text
        self.places = places
        self.next = next
    }

    /// The movies in order.
    package var movies: [MovieID] { places.map(\.movie) }

    /// The largest SVD score of the list by magnitude, which the tolerance of all its SVD scores goes by.
    ///
    /// - Complexity: O(*n*).
    package var largestSVDScore: Double { places.map { abs($0.svdScore) }.max() ?? 0 }
}
