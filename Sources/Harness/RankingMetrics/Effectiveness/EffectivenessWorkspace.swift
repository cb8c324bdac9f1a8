/// Judges rankings by what is relevant to one session at a time; one workspace for each thread.
///
/// All metrics are those of ir-measures 0.4.3 by its provider `pytrec_eval` (trec_eval 9), but for what `MissingRelevance`
/// says. Gains are taken as they are (no powers of two), the discount is log2(rank + 1), a ranking that is shorter than
/// a depth is as if irrelevant movies followed, and a movie without a gain is not relevant.
package final class EffectivenessWorkspace {
    private let missing: MissingRelevance
    private var judgement: Judgement

    /// Creates a workspace.
    ///
    /// - Parameters:
    ///   - movies: How many dense numbers there are; rankings and relevant movies are below.
    ///   - missing: What a metric is where no movie is relevant.
    package init(movies: Int, missing: MissingRelevance = .undefined) {
        self.missing = missing
        judgement = Judgement(movies: movies)
    }

    /// Takes in what is relevant to the next session.
    ///
    /// - Parameters:
    ///   - relevant: Distinct movies.
    ///   - gains: What each of them is worth; those of 0 or less are as if they were not named.
    /// - Precondition: As many gains as movies; gains are finite, movies distinct and below the workspace's number.
    /// - Complexity: O(*r* log *r*) in their number.
    package func load(relevant: Span<Int32>, gains: Span<Double>) {
        judgement.load(relevant, gains)
    }

    /// Takes in a ranking, for ``value(of:)``.
    ///
    /// - Parameter ranking: Distinct movies, best first.
    /// - Precondition: Movies are below the workspace's number, and no relevant one stands there twice.
    /// - Complexity: O(*n*); nothing is allocated once the workspace has seen as many relevant movies.
    package func judge(_ ranking: Span<Int32>) {
        judgement.judge(ranking)
    }

    /// Returns a metric of the ranking that was judged last.
    ///
    /// - Parameter name: A metric that judges one ranking.
    /// - Returns: 0 to 1; `nil` where no movie is relevant and that is undefined.
    /// - Precondition: The metric does not compare rankings.
    /// - Complexity: O(*h*) in the relevant movies that the ranking holds.
    package func value(of name: MetricName) -> Double? {
        judgement.value(of: name) ?? (missing == .zero ? 0 : nil)
    }

    /// Judges a ranking and returns one metric of it.
    ///
    /// - Returns: As ``value(of:)``.
    package func value(of name: MetricName, _ ranking: Span<Int32>) -> Double? {
        judge(ranking)
        return value(of: name)
    }
}

/// What a metric is for a session to which no movie is relevant.
package enum MissingRelevance: Hashable, Sendable {
    /// Undefined: the session says nothing and is left out of means.
    case undefined
    /// 0, as by trec_eval and ir-measures, so that such a session lowers every mean.
    case zero
}
