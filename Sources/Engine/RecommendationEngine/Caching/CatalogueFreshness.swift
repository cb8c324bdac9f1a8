/// Decides when a kept catalogue may be used and when it has to be compared with the database.
///
/// A kept catalogue is used for at most the bound after the moment at which the comparison that confirmed it began.
/// From half of that on a request lets it be compared while others still use it, so that under load nobody waits.
package struct CatalogueFreshness {
    /// What a request is to do.
    package enum Decision: Hashable, Sendable {
        /// Use what is kept.
        case use
        /// Use what is kept, and begin a comparison.
        case useAndCompare
        /// Begin a comparison and wait for it.
        case compareAndWait
        /// Wait for the comparison under way.
        case wait
    }

    /// The longest time for which a change of the catalogue may go unseen.
    package let bound: Duration

    private var confirmedAt: ContinuousClock.Instant?
    private var comparisonBeganAt: ContinuousClock.Instant?

    /// Whether a comparison is under way.
    package var isComparing: Bool { comparisonBeganAt != nil }

    /// Creates the state before anything is kept.
    package init(bound: Duration) {
        precondition(bound > .zero, "a bound of \(bound)")
        self.bound = bound
    }

    /// Decides about a request; a comparison that it begins has to be ended.
    ///
    /// A request that has waited asks again: a comparison that was slow may have begun too long before it arrived.
    ///
    /// - Parameters:
    ///   - arrival: When the request wanted the catalogue first.
    ///   - now: The moment, which is `arrival` or later.
    /// - Returns: What it is to do.
    package mutating func request(
        arrivedAt arrival: ContinuousClock.Instant,
        now: ContinuousClock.Instant
    ) -> Decision {
        let age = confirmedAt.map { $0.duration(to: arrival) } ?? bound
        let isUsable = age < bound
        if isUsable, age < bound / 2 || comparisonBeganAt != nil { return .use }
        if comparisonBeganAt != nil { return .wait }
        comparisonBeganAt = now
        return isUsable ? .useAndCompare : .compareAndWait
    }

    /// Notes how the comparison under way ended: what is kept from now on is what it found, or it failed.
    package mutating func endComparison(isConfirmed: Bool) {
        precondition(comparisonBeganAt != nil, "no comparison is under way")
        if isConfirmed { confirmedAt = comparisonBeganAt }
        comparisonBeganAt = nil
    }
}
