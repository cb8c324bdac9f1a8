import Domain
import Observations

/// A mistake of the service that explains findings whose usual advice, to ask again, would not help.
package enum AuditCause: String, Hashable, Sendable, Codable, CaseIterable {
    /// Places of visitors' lists are counted from 0.
    case placesFromZero = "places_from_zero"
    /// SVD's rows hold the scores of P5, or each model's rows the other's.
    case scoresOfOtherModel = "scores_of_other_model"
    /// No session at all has rows of SVD.
    case svdNowhere = "svd_nowhere"

    /// What it means, in a line.
    package var meaning: String {
        switch self {
        case .placesFromZero: "the service counts the places of the list from 0, where the first is 1"
        case .scoresOfOtherModel: "the service writes P5's scores into SVD's rows: the two models are mixed up"
        case .svdNowhere: "no session has rows of SVD, and P5 ranks what SVD ranked first: the service never saves them"
        }
    }

    /// What to do about it, in a line.
    package var advice: String {
        switch self {
        case .placesFromZero: "let the service begin display_order with 1; until then asking again writes the same"
        case .scoresOfOtherModel: "find where the service pairs scores with models; asking again writes the same"
        case .svdNowhere: "find what keeps the service from writing SVD's set; asking again writes the same"
        }
    }
}

extension SessionAudit {
    /// Whether a list's places are those from 0 on, each once.
    static func areCountedFromZero(_ orders: [Int]) -> Bool {
        orders.sorted() == Array(orders.indices) && !orders.isEmpty
    }

    /// Whether the scores of SVD's rows are P5's.
    ///
    /// P5's scores are numbers that a text of a few tokens spells, of at most three decimals, which those of SVD hardly
    /// ever are. So they are P5's where all are such numbers and the movies of both sets have P5's score in both, or
    /// P5's own set holds other numbers.
    static func areMixedUp(svd: [Row], p5: [Row]) -> Bool {
        guard !svd.isEmpty, !p5.isEmpty, svd.allSatisfy({ isSpelled($0.score) }) else { return false }
        guard p5.allSatisfy({ isSpelled($0.score) }) else { return true }
        let scores = Dictionary(p5.map { ($0.movie, $0.score) }) { first, _ in first }
        let shared = svd.filter { scores[$0.movie] != nil }
        return !shared.isEmpty && shared.allSatisfy { scores[$0.movie] == $0.score }
    }

    private static func isSpelled(_ score: Double?) -> Bool {
        guard let score, score.isFinite, abs(score) < 1e6 else { return false }
        return abs(score * 1000 - (score * 1000).rounded()) < 1e-6
    }
}
