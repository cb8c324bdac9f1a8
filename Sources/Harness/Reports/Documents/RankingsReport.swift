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
        guard let source = Source(of: answer) else { return nil }
        self.source = source
        svd = Self.places(.svd, of: answer, from: source)
        p5 = Self.places(.p5, of: answer, from: source)
        guard source == .service else { return }
        p5 = p5?.map { Place(movie: $0.movie, score: $0.score, svdPlace: answer.svdPlace(of: $0.movie)) }
    }

    /// The movies of an answer's first places, without what else a report says of them.
    ///
    /// - Complexity: O(*n* log *n*) in the session's rows.
    static func movies(of answer: ObservedAnswer) -> [MovieID] {
        guard let source = Source(of: answer) else { return [] }
        return Model.allCases.flatMap { places($0, of: answer, from: source) ?? [] }.map(\.movie)
    }

    private static func places(_ model: Model, of answer: ObservedAnswer, from source: Source) -> [Place]? {
        switch source {
        case .service:
            return answer.ranking(of: model)?.places.prefix(depth)
                .map { Place(movie: $0.movie, score: $0.score, svdPlace: nil) }
        case .rows:
            let own = answer.rowsAfter.map(\.row).filter { $0.model == model }
            guard !own.isEmpty else { return nil }
            return own.sorted { $0.rank < $1.rank }.prefix(depth)
                .map { Place(movie: $0.movie, score: $0.score, svdPlace: nil) }
        }
    }
}

extension RankingsReport.Source {
    /// Where the lists of an answer come from; `nil` where it has none.
    fileprivate init?(of answer: ObservedAnswer) {
        if !answer.rankings.isEmpty {
            self = .service
        } else if answer.status == 200, !answer.rowsAfter.isEmpty {
            self = .rows
        } else {
            return nil
        }
    }
}
