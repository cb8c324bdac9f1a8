import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

/// The comparisons of one model's rankings with one golden, added up over all answers.
struct RankingTally {
    /// How many differences of one ranking are shown.
    static let shownDifferences = 5

    let model: Model
    private var compared = 0
    private var places = 0
    private var prefixes = 0
    private var failures: [String] = []
    private var details: [String] = []
    private var firstPlace: (expected: String, actual: String)?
    private var unseen: [String] = []
    private var ties = 0
    private var moved = 0
    private var scoresWithinTolerance = 0
    private var largestDeviation = 0.0
    private var accepted: [String] = []

    init(model: Model) {
        self.model = model
    }

    /// Counts an answer of a session that the golden does not know.
    mutating func addUnknown(_ answer: JudgedAnswer) {
        compared += 1
        failures.append("\(Self.name(answer)): the golden has no such session")
        details.append(failures[failures.count - 1])
    }

    /// Compares an answer with the golden's list; without a list the model must not have ranked.
    mutating func add(_ answer: JudgedAnswer, _ golden: GoldenList?, of header: GoldenHeader) {
        guard let (ranking, isPrefix) = seen(answer, golden) else { return }
        guard let golden else {
            guard !ranking.places.isEmpty else { return }
            compared += 1
            failures.append(
                "\(Self.name(answer)): \(model.rawValue) ranked \(ranking.places.count) movies, expected none"
            )
            details.append(failures[failures.count - 1])
            return
        }
        compared += 1
        prefixes += isPrefix ? 1 : 0
        let candidates = model == .p5 ? answer.answer.ranking(of: .svd) : nil
        let comparison = header.comparison(with: golden).compare(ranking, candidates: candidates, isPrefix: isPrefix)
        places += comparison.places
        ties += comparison.ranksExplainedByTies
        moved += comparison.ranksWithinTolerance
        scoresWithinTolerance += comparison.scoresWithinTolerance
        largestDeviation = max(largestDeviation, comparison.largestDeviation)
        accepted += comparison.textExceptions.map {
            "\(Self.name(answer)): accepted \"\($0.actual)\" for movie \($0.movie), the golden has \"\($0.expected)\" "
                + "with a logit gap of only \($0.gap.text())"
        }
        accepted += comparison.unverified.map {
            "\(Self.name(answer)): movie \($0) came in by a tie at the SVD cut-off, the golden has no P5 text for it"
        }
        if !comparison.isEqual { fail(answer, comparison, ranking, golden) }
    }

    private mutating func seen(_ answer: JudgedAnswer, _ golden: GoldenList?) -> (Ranking, isPrefix: Bool)? {
        if let seen = answer.ranking(of: model) { return seen }
        guard answer.rowsWereRead else {
            if golden?.places.isEmpty == false { unseen.append(Self.name(answer)) }
            return nil
        }
        let what = "\(Self.name(answer)): \(model.rawValue)"
        failures.append(
            "\(what) rows were saved, says the answer (\(answer.saved(of: model))), and none is there to compare"
        )
        details.append(failures[failures.count - 1])
        compared += 1
        return nil
    }

    private mutating func fail(
        _ answer: JudgedAnswer,
        _ comparison: RankingComparison,
        _ ranking: Ranking,
        _ golden: GoldenList
    ) {
        let summary =
            comparison.firstDifference.map { "first differing \($0)" }
            ?? comparison.differences[0].description
        if firstPlace == nil {
            firstPlace = comparison.firstDifference.map { first in
                (
                    "rank \(first.rank): movie \(first.expected.map(\.text) ?? "none")",
                    "rank \(first.rank): movie \(first.actual.map(\.text) ?? "none")"
                )
            }
        }
        failures.append("\(Self.name(answer)): \(summary)")
        details.append(
            "\(Self.name(answer)): \(summary); \(RankingDrift(of: ranking.movies, from: golden.movies)); "
                + "\(comparison.differences.count) differences"
        )
        details += comparison.differences.prefix(Self.shownDifferences).map { "  \($0)" }
        let hidden = comparison.differences.count - Self.shownDifferences
        if hidden > 0 { details.append("  and \(hidden) more") }
    }

    /// The verdict over all answers, `nil` where the model rightly ranked nothing.
    func verdict(_ state: GoldenState, at location: SourceLocation) -> Verdict? {
        guard compared > 0 || !unseen.isEmpty else { return nil }
        let outcome: Verdict.Outcome = !failures.isEmpty ? .failed : !unseen.isEmpty ? .inconclusive : .passed
        var notes = accepted
        if ties > 0 { notes.append("passes only because of ties: \(ties) ranks hold another movie of the same score") }
        if moved > 0 {
            notes.append("passes only because of tolerance: \(moved) ranks hold another movie, as the golden allows")
        }
        if scoresWithinTolerance > 0 {
            notes.append(
                "\(scoresWithinTolerance) of \(places) scores are not the golden's to the bit, "
                    + "by at most \(largestDeviation.text(digits: 2)) of the score"
            )
        }
        let what = prefixes > 0 ? "\(compared) rankings (of \(prefixes) only the saved places)" : "\(compared) rankings"
        let message =
            switch outcome {
            case .failed: "\(model.rawValue), \(failures.count) of \(compared) rankings differ; \(failures[0])"
            case .inconclusive: "\(model.rawValue): \(unseen.count) rankings were not visible; \(unseen[0])"
            case .passed:
                "\(model.rawValue): \(what), \(places) places, equal the golden"
                    + (ties > 0 || moved > 0 || !accepted.isEmpty ? " within ties and tolerance" : "")
            }
        return Verdict(
            check: "rankings.\(state.rawValue).\(model.rawValue)",
            subject: .rankings,
            outcome: outcome,
            message: message,
            location: location,
            expected: firstPlace?.expected,
            actual: firstPlace?.actual,
            details: details + unseen.map { "\($0): not visible" } + notes
        )
    }

    static func name(_ answer: JudgedAnswer) -> String {
        "request \(answer.request.number), session \(answer.request.session.id)"
    }
}
