package import Domain
import Observations

/// What both models ranked for one answer, in a report: the first places of each.
///
/// Keys: `source` (`service` where the target showed what it ranked; `rows` where that is read from the rows that the
/// harness found after the answer), `svd` and `p5`: a list of places, best first, or `null` where there is none.
package struct RankingsReport: Hashable, Sendable, Codable {
    /// How many places of each list a report has.
    package static let depth = 10

    /// Where the lists come from.
    package enum Source: String, Hashable, Sendable, Codable {
        /// The target showed what it ranked.
        case service
        /// The rows after the answer tell it.
        case rows
    }

    /// One place of a list.
    package struct Place: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The model's score; higher is better.
        package var score: Double
        /// Of P5's places, the movie's place in the SVD model's list, from 1; `nil` where that is not known.
        package var svdPlace: Int?
    }

    /// Where the lists come from.
    package var source: Source
    /// The SVD model's first places.
    @OrNull package var svd: [Place]?
    /// P5's first places.
    @OrNull package var p5: [Place]?

    /// Copies the first places of an answer; `nil` where it has none.
    ///
    /// - Complexity: O(*n* log *n*) in the session's rows.
    init?(_ answer: ObservedAnswer) {
        func places(_ model: Model) -> [Place]? {
            answer.ranking(of: model)?.places.prefix(Self.depth)
                .map { place in
                    let origin = model == .p5 ? answer.svdPlace(of: place.movie) : nil
                    return Place(movie: place.movie, score: place.score, svdPlace: origin)
                }
        }
        func rows(_ model: Model) -> [Place]? {
            let own = answer.rowsAfter.map(\.row).filter { $0.model == model }
            guard !own.isEmpty else { return nil }
            return own.sorted { $0.rank < $1.rank }.prefix(Self.depth)
                .map { Place(movie: $0.movie, score: $0.score, svdPlace: nil) }
        }
        if !answer.rankings.isEmpty {
            self.init(source: .service, svd: places(.svd), p5: places(.p5))
        } else if answer.status == 200, !answer.rowsAfter.isEmpty {
            self.init(source: .rows, svd: rows(.svd), p5: rows(.p5))
        } else {
            return nil
        }
    }

    private init(source: Source, svd: [Place]?, p5: [Place]?) {
        self.source = source
        self.svd = svd
        self.p5 = p5
    }
}
