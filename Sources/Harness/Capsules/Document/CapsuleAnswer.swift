package import Domain
package import Observations
import RecommendationEngine

/// What was answered to a request, with the rankings of both models behind it.
///
/// Times are seconds from the start of the instance. What a log does not say is absent.
package struct CapsuleAnswer: Hashable, Sendable, Codable {
    /// A shown movie.
    package struct Shown: Hashable, Sendable, Codable {
        /// The model that offered it.
        package var model: Model
        /// The movie.
        package var movie: MovieID
    }

    /// A place of a ranking.
    package struct Place: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The model's score.
        package var score: CapsuleNumber
        /// The text that P5 generated; absent for SVD.
        package var text: String?
    }

    /// The number of the request, from 1.
    package var request: Int
    /// The session that asked.
    package var session: SessionID?
    /// When the request arrived.
    package var arrivedAt: Double
    /// When its answer was complete.
    package var finishedAt: Double
    /// The HTTP status.
    package var status: Int?
    /// What the instance could rank with.
    package var state: ServingState?
    /// The SVD rows that the answer says were saved.
    package var svdSaved: Int?
    /// The P5 rows that the answer says were saved.
    package var p5Saved: Int?
    /// The message of an answer that is an error.
    package var error: String?
    /// What the visitor is to see, in order.
    package var display: [Shown]?
    /// Whatever else the service said, such as why a model was left out.
    package var notes: [String]?
    /// The ranking of the SVD model, best first; absent where nothing was ranked.
    package var svd: [Place]?
    /// The ranking of P5, best first; absent where P5 did not rank.
    package var p5: [Place]?

    /// Creates the answer of a request of which only times and status are known.
    package init(request: Int, arrivedAt: Double, finishedAt: Double, status: Int?) {
        self.request = request
        self.arrivedAt = arrivedAt
        self.finishedAt = finishedAt
        self.status = status
    }

    /// Copies an observed answer.
    package init(_ answer: ObservedAnswer) {
        self.init(
            request: answer.request,
            arrivedAt: answer.arrivedAt.seconds,
            finishedAt: answer.finishedAt.seconds,
            status: answer.status
        )
        session = answer.session
        state = answer.state
        svdSaved = answer.response?.svdTopSaved
        p5Saved = answer.response?.p5TopSaved
        error = answer.error
        display = answer.response?.display.entries.map { Shown(model: $0.model, movie: $0.movie) }
        notes = answer.notes.isEmpty ? nil : answer.notes
        svd = answer.ranking(of: .svd).map(Self.places)
        p5 = answer.ranking(of: .p5).map(Self.places)
    }

    /// The rankings as the pipeline takes them; `nil` where the answer has none.
    var rankings: Recommender.Rankings? {
        guard let svd else { return nil }
        var rankings = Recommender.Rankings()
        rankings.svd = Self.ranking(.svd, svd)
        rankings.p5 = p5.map { Reranking(ranking: Self.ranking(.p5, $0), textGaps: [:]) }
        rankings.notes = notes ?? []
        return rankings
    }

    private static func places(_ ranking: Ranking) -> [Place] {
        ranking.places.map { Place(movie: $0.movie, score: CapsuleNumber($0.score), text: $0.text) }
    }

    private static func ranking(_ model: Model, _ places: [Place]) -> Ranking {
        Ranking(
            model: model,
            places: places.enumerated()
                .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score.value, text: $1.text) }
        )
    }
}
