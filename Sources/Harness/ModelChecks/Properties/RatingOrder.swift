import Domain

extension ModelCheck {
    /// The order in which ratings were given does not matter to the SVD model.
    static let ratingOrder = ModelCheck(
        "rating-order",
        "SVD ranks the same, whatever the order in which the ratings were given.",
        models: .svd
    ) { session, subject in
        let ratings = session.pairs
        guard ratings.count > 1 else { return .passedOver("the session has a single rating, which has no order") }
        let plain = try subject.rank(session, among: nil, RankingConditions(.svd))
        if let obstacle = Look.obstacle(in: plain, .svd) { return obstacle }
        var generator = SplitMix64(seed: UInt64(ratings.count))
        let orders = [
            ("backwards", Array(ratings.reversed())), ("shuffled", ratings.shuffled(using: &generator)),
            ("shuffled again", ratings.shuffled(using: &generator)),
        ]
        var swapped = 0
        for (name, order) in orders {
            let varied = try subject.rank(session.with(newestFirst: order), among: nil, RankingConditions(.svd))
            switch try subject.compare(plain.svd, of: session, with: varied.svd) {
            case .same(let ties): swapped += ties
            case .different(let difference): return .fails("\(name): \(difference)")
            }
        }
        return .holds(comparisons: orders.count, swappedInTies: swapped)
    }
}

extension RankingSubject {
    /// Compares a session's SVD ranking with another one that may differ in its last bits.
    ///
    /// - Parameters:
    ///   - expected: What the session's ranking is.
    ///   - session: The session.
    ///   - found: The other ranking.
    /// - Returns: Whether they are the same up to ties.
    /// - Throws: What keeps the SVD model from being asked.
    func compare(_ expected: Ranking, of session: RecordedSession, with found: Ranking) throws
        -> RankingAgreement.TiedComparison
    {
        if RankingAgreement.difference(expected: expected, found: found) == nil { return .same(swappedInTies: 0) }
        // The best of what is left is the one right behind the last.
        let rest = try rank(session.with(shown: expected.movies), among: nil, RankingConditions(.svd))
        return RankingAgreement.compare(expected: expected, next: rest.svd.places.first, found: found)
    }
}
