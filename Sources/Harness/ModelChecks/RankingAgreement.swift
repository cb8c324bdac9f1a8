import Domain
import Goldens

/// Says where two rankings that must be the same are not.
enum RankingAgreement {
    /// Returns the first difference of two sessions' rankings, to the bit of every score; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - expected: What the rankings should be.
    ///   - found: What they are.
    /// - Returns: The model, the rank, what was expected there and what was found.
    static func difference(expected: SubjectRanking, found: SubjectRanking) -> String? {
        if let difference = difference(expected: expected.svd, found: found.svd) { return difference }
        let none = Ranking(model: .p5, places: [])
        guard let difference = difference(expected: expected.p5 ?? none, found: found.p5 ?? none) else { return nil }
        return found.p5 == nil ? difference + (found.notes.last.map { " (\($0))" } ?? "") : difference
    }

    /// Returns the first difference of two rankings of one model, to the bit of every score; `nil` where there is none.
    static func difference(expected: Ranking, found: Ranking) -> String? {
        let model = expected.model.name
        for (place, pair) in zip(expected.places, found.places).enumerated() where pair.0 != pair.1 {
            return "\(model) rank \(place + 1): expected \(text(pair.0)), found \(text(pair.1))"
        }
        guard expected.places.count != found.places.count else { return nil }
        return "\(model): expected \(expected.places.count) places, found \(found.places.count)"
    }

    /// What two SVD rankings that may differ in their last bits came to.
    enum TiedComparison {
        /// The same, with so many ranks that hold another movie of the same score.
        case same(swappedInTies: Int)
        /// Not the same.
        case different(String)
    }

    /// Compares two SVD rankings by the tolerance and the rule of ties that goldens have.
    ///
    /// - Parameters:
    ///   - expected: What the ranking should be.
    ///   - next: The movie behind its last place, which a tie may bring in; `nil` where every candidate was kept.
    ///   - found: What it is.
    /// - Returns: Whether it is the same.
    static func compare(expected: Ranking, next: RankedMovie?, found: Ranking) -> TiedComparison {
        if difference(expected: expected, found: found) == nil { return .same(swappedInTies: 0) }
        let list = GoldenList(
            model: .svd,
            places: expected.places.map {
                GoldenList.Place(movie: $0.movie, rank: $0.rank, score: $0.score, svdScore: $0.score)
            },
            next: next.map { GoldenList.Candidate(movie: $0.movie, score: $0.score) }
        )
        let comparison = TieComparison(with: list).compare(found)
        guard let difference = comparison.differences.first else {
            return .same(swappedInTies: comparison.ranksExplainedByTies)
        }
        // A golden is what it was written for; here the expected list is this program's own.
        return .different("SVD \(difference)".replacing("the golden", with: "the expected list"))
    }

    private static func text(_ place: RankedMovie) -> String {
        let text = place.text.map { ", text \"\($0)\"" } ?? ""
        return "movie \(place.movie) (score \(place.score)\(text))"
    }
}

extension Model {
    /// The name of the model in sentences.
    var name: String { self == .svd ? "SVD" : "P5" }
}
