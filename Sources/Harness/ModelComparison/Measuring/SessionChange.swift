package import Domain

/// What changed for one session.
package struct SessionChange: Hashable, Sendable, Codable {
    /// One list's change.
    package struct List: Hashable, Sendable, Codable {
        /// The share of the first places that hold common movies.
        package var overlap: Double
        /// Rank-biased overlap.
        package var rbo: Double
        /// Kendall's tau-b; `nil` where there is no order to compare.
        package var tauB: Double?
        /// Movies that came into the first places, in the new order.
        package var entries: [MovieID]
        /// Movies that left them, in the old order.
        package var exits: [MovieID]
    }

    /// The session.
    package var session: String
    /// The lists that changed; a list that is the same on both sides is not named.
    package var lists: [String: List]
    /// What either side says about the session.
    package var notes: [String]
    /// What both sides ranked; `nil` beyond ``ComparisonSettings/rankingLimit``.
    package var rankings: SessionRankings?

    /// The movies that are named.
    package var movies: Set<MovieID> {
        lists.values.reduce(into: rankings?.movies ?? []) { $0.formUnion($1.entries + $1.exits) }
    }

    /// How much changed, for the order of a report: the smallest rank-biased overlap.
    package var leastOverlap: Double { lists.values.map(\.rbo).min() ?? 1 }
}

/// Sessions and what is missing of them.
package struct SessionCounts: Hashable, Sendable, Codable {
    /// Sessions that means are taken over: of both sides, and those of one side alone where they count as empty lists.
    package var compared = 0
    /// Of those, sessions of which at least one list changed.
    package var changed = 0
    /// Sessions of which only the old side has something; ``policy`` says whether they are compared.
    package var onlyOld = 0
    /// Sessions of which only the new side has something; likewise.
    package var onlyNew = 0
    /// Sessions of which neither side has anything.
    package var neither = 0
    /// Compared sessions of which nothing relevant is known, where relevance is asked for.
    package var unjudged = 0
    /// What becomes of a session that one side lacks.
    package var policy: ComparisonSettings.MissingPolicy
    /// The first sessions that only the old side has, ten at most.
    package var firstOnlyOld: [String] = []
    /// The first sessions that only the new side has, ten at most.
    package var firstOnlyNew: [String] = []
    /// By list: sessions that have it on both sides, on the old side alone, and on the new side alone.
    package var lists: [String: ListCounts] = [:]

    /// Sessions that have a list.
    package struct ListCounts: Hashable, Sendable, Codable {
        /// On both sides.
        package var both = 0
        /// Compared sessions whose list changed.
        package var changed = 0
        /// On the old side alone.
        package var onlyOld = 0
        /// On the new side alone.
        package var onlyNew = 0
        /// Compared, without a movie on either side: left out of every mean, since nothing was ranked.
        package var emptyOnBoth = 0
    }

    /// Creates counts of nothing.
    init(policy: ComparisonSettings.MissingPolicy) {
        self.policy = policy
    }
}
