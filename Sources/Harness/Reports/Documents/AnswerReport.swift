package import Domain
import Observations

/// One request and its answer, in a report.
///
/// Keys: `request` (its number, from 1), `session`, `arrivedAt`, `finishedAt`, `status` (`null` where the connection
/// ended without an answer), `state` (`nothing`, `svd_only`, `full`; `null` where the request never reached the
/// instance), `svdSaved`, `p5Saved` (`null` without a successful answer), `error`, `display` (`model`, `movie`, `order`
/// for each movie shown), `rankings` (a ``RankingsReport``; `null` where nothing was ranked or seen of it), `notes`.
package struct AnswerReport: Hashable, Sendable, Codable {
    /// The request's number, from 1.
    package var request: Int
    /// The session that asked.
    package var session: String
    /// When the request arrived.
    package var arrivedAt: Double
    /// When its answer was complete.
    package var finishedAt: Double
    /// The HTTP status.
    @OrNull package var status: Int?
    /// What the instance could rank with.
    @OrNull package var state: ServingState?
    /// The SVD rows that the answer says were saved.
    @OrNull package var svdSaved: Int?
    /// The P5 rows that the answer says were saved.
    @OrNull package var p5Saved: Int?
    /// The message of an answer that is an error.
    @OrNull package var error: String?
    /// The movies that the visitor is to see, as the answer says.
    package var display: [Shown]
    /// What both models ranked.
    @OrNull package var rankings: RankingsReport?
    /// Whatever else the service said.
    package var notes: [String]

    /// One shown movie.
    package struct Shown: Hashable, Sendable, Codable {
        /// The model that offered it.
        package var model: Model
        /// The movie.
        package var movie: MovieID
        /// Its place, from 1.
        package var order: Int
    }

    /// Copies an observed answer.
    init(_ answer: ObservedAnswer) {
        self.request = answer.request
        self.session = answer.session.text
        self.arrivedAt = answer.arrivedAt.reportedSeconds
        self.finishedAt = answer.finishedAt.reportedSeconds
        self.status = answer.status
        self.state = answer.state
        self.svdSaved = answer.response?.svdTopSaved
        self.p5Saved = answer.response?.p5TopSaved
        self.error = answer.error
        self.display = (answer.response?.display.entries ?? [])
            .map {
                Shown(model: $0.model, movie: $0.movie, order: $0.order)
            }
        self.rankings = RankingsReport(answer)
        self.notes = answer.notes
    }
}
