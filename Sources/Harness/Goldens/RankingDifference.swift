package import Domain

/// One way in which an observed ranking is not the golden's, after ties and tolerance.
package enum RankingDifference: Hashable, Sendable, CustomStringConvertible {
    /// A movie of the golden is not ranked, and no tied movie took its place.
    case missing(movie: MovieID, goldenRank: Int)
    /// A movie is ranked that the golden does not have there.
    case extra(movie: MovieID, rank: Int)
    /// A movie is ranked more than once.
    case duplicate(movie: MovieID, rank: Int)
    /// The place's own rank is not its number in the list.
    case brokenRank(movie: MovieID, rank: Int, place: Int)
    /// A movie stands before another that the golden ranks clearly higher; the margin is the golden's.
    case outOfOrder(movie: MovieID, rank: Int, before: MovieID, margin: Double)
    /// A movie's own score is lower than that of the movie behind it.
    case unsorted(movie: MovieID, rank: Int)
    /// A score is not the golden's within the tolerance.
    case wrongScore(movie: MovieID, rank: Int, expected: Double, actual: Double)
    /// P5's text is not the golden's, although the golden's program was sure of it or does not say how sure it was.
    case wrongText(movie: MovieID, rank: Int, expected: String, actual: String, gap: Double?)

    /// The rank at which the difference shows.
    package var rank: Int {
        switch self {
        case .missing(_, let rank), .extra(_, let rank), .duplicate(_, let rank), .brokenRank(_, _, let rank),
            .outOfOrder(_, let rank, _, _), .unsorted(_, let rank), .wrongScore(_, let rank, _, _),
            .wrongText(_, let rank, _, _, _):
            rank
        }
    }

    /// Whether it may merely follow from another difference: a movie too many or too few shifts the ranks behind it,
    /// and a wrong score or place breaks the order of the scores.
    package var isConsequence: Bool {
        switch self {
        case .brokenRank, .unsorted: true
        case .missing, .extra, .duplicate, .outOfOrder, .wrongScore, .wrongText: false
        }
    }

    package var description: String {
        switch self {
        case .missing(let movie, let rank): "movie \(movie), rank \(rank) of the golden, is missing"
        case .extra(let movie, let rank): "rank \(rank): movie \(movie) does not belong there by the golden"
        case .duplicate(let movie, let rank): "rank \(rank): movie \(movie) is ranked a second time"
        case .brokenRank(let movie, let rank, let place):
            "place \(place): movie \(movie) calls itself rank \(rank)"
        case .outOfOrder(let movie, let rank, let other, let margin):
            "rank \(rank): movie \(movie) stands before movie \(other), which the golden puts first by \(margin.text())"
        case .unsorted(let movie, let rank): "rank \(rank): movie \(movie) scores lower than the movie behind it"
        case .wrongScore(let movie, let rank, let expected, let actual):
            "rank \(rank): movie \(movie) scores \(actual), expected \(expected)"
        case .wrongText(let movie, let rank, let expected, let actual, let gap):
            "rank \(rank): P5 wrote \"\(actual)\" for movie \(movie), expected \"\(expected)\" "
                + (gap.map { "(logit gap \($0))" } ?? "(logit gap not known)")
        }
    }
}
