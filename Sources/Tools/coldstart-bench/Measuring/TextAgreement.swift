import Domain
import Goldens
import P5

/// Whether another program generates the same texts as P5 here, hence the same ranking, over all runs that are
/// compared.
struct TextAgreement {
    /// Who else generates.
    let other: String
    /// Whether the other program rounds its weights, so that its texts may be others.
    var isInexact = false

    private(set) var compared = 0
    /// The most texts of one run that differ.
    private(set) var differing = 0
    /// The most of them that differ although P5 was surer of its own than the goldens' tolerance asks for.
    private(set) var beyondTolerance = 0
    /// Whether movies stand in another order although no text differs.
    private(set) var isOrderedOtherwise = false
    private var texts = 0

    /// Creates an agreement that nothing has been compared for.
    init(with other: String, isInexact: Bool = false) {
        self.other = other
        self.isInexact = isInexact
    }

    /// Compares one run.
    ///
    /// - Parameters:
    ///   - own: What P5 made of the input.
    ///   - theirs: The texts of the other program in the order of the input's movies.
    ///   - input: What both were given.
    mutating func compare(_ own: P5Reranker.Result, _ theirs: [String], _ input: SecondStageInput) {
        compared += 1
        texts = input.movies.count
        guard theirs.count == texts else {
            (differing, beyondTolerance) = (texts, texts)
            return
        }
        let pairs = zip(input.texts(in: own.ranking), theirs)
        let different = zip(input.movies, pairs).filter { $1.0 != $1.1 }.map(\.0.movie)
        let limit = ScoreTolerance.standard.logitGap
        let sure = different.count { own.gaps[$0].map { $0 >= limit } ?? true }
        differing = max(differing, different.count)
        beyondTolerance = max(beyondTolerance, sure)
        guard different.isEmpty else { return }
        let scores = theirs.map(RatingText.score)
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        if order.map({ input.movies[$0].movie }) != own.ranking.movies { isOrderedOtherwise = true }
    }

    /// Whether there is a difference that no tolerance explains.
    var hasFailed: Bool { !isInexact && (beyondTolerance > 0 || isOrderedOtherwise) }

    /// The outcome in words, `nil` where nothing was compared.
    var note: String? {
        guard compared > 0 else { return nil }
        if isOrderedOtherwise { return "the texts are \(other)'s, the ranking is not" }
        guard differing > 0 else { return "all texts and the ranking are \(other)'s" }
        let found = "\(differing) of \(texts) texts differ from \(other)'s"
        if isInexact { return found + ", whose weights are rounded" }
        return beyondTolerance > 0
            ? found + ", \(beyondTolerance) of them beyond the goldens' tolerance"
            : found + ", all within the goldens' tolerance"
    }
}
