import Domain

/// The result cache of one bundle, whose fingerprint is part of every key.
package struct BundleCache: Sendable {
    private let results: ResultCache
    private let fingerprint: AsyncCondition<String?>

    /// Creates an empty cache, which keeps nothing before the fingerprint is known.
    ///
    /// - Parameter capacity: The most sessions whose rankings are kept.
    package init(capacity: Int) {
        results = ResultCache(capacity: capacity)
        fingerprint = AsyncCondition(nil)
    }

    /// States the bundle's fingerprint.
    package func identify(_ bundle: String) { fingerprint.change { $0 = bundle } }

    /// Returns the key of rankings, `nil` while the bundle's fingerprint is not known.
    func key(
        _ session: SessionID,
        _ inputs: RecommendationPipeline.Inputs,
        _ state: ServingState
    ) -> ResultCache.Key? {
        guard let bundle = fingerprint.value, state != .nothing else { return nil }
        return ResultCache.Key(session: session, inputs: inputs, state: state, bundle: bundle)
    }

    /// Returns the rankings of a key.
    func rankings(for key: ResultCache.Key) -> Recommender.Rankings? { results.rankings(for: key) }

    /// Keeps rankings, in place of those that the session had.
    func keep(_ rankings: Recommender.Rankings, for key: ResultCache.Key) { results.keep(rankings, for: key) }
}
