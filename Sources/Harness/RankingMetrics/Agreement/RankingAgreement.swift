/// How far two rankings agree, in all metrics at once.
package struct RankingAgreement: Hashable, Sendable {
    /// The number of places of the old ranking.
    package let oldCount: Int
    /// The number of places of the new ranking.
    package let newCount: Int
    /// The number of movies that both hold.
    package let common: Int
    /// What the first places share, one value for each depth that was asked for, in that order.
    package let atDepth: [DepthAgreement]
    /// The persistence of both kinds of rank-biased overlap.
    package let persistence: Double
    /// Rank-biased overlap, extrapolated, with the order of the rankings as it is: 0 to 1.
    package let rbo: Double
    /// The same with ties, by each of the three treatments.
    package let tiedRBO: TiedRankBiasedOverlap
    /// Kendall's tau-b over the common movies, −1 to 1; `nil` where one side orders none of them.
    package let tauB: Double?
    /// The sum of the moves of all movies in places.
    package let footruleDistance: Int
    /// That distance as a share of the distance of two rankings of these lengths without a common movie: 0 to 1.
    package let footrule: Double

    /// The tie-corrected rank-biased overlap, in which a ranking agrees wholly with itself: treatment `b`.
    package var rboTied: Double { tiedRBO.corrected }

    /// Returns the metric of a name.
    ///
    /// - Parameter name: A metric that compares rankings, at a depth and with a persistence that were asked for.
    /// - Returns: `nil` where tau-b is undefined.
    /// - Precondition: The depth or the persistence was asked for, and the metric compares rankings.
    package func value(of name: MetricName) -> Double? {
        switch name.measure {
        case .overlap: return depth(of: name).overlap
        case .jaccard: return depth(of: name).jaccard
        case .kendallTauB: return tauB
        case .spearmanFootrule: return footrule
        case .rankBiasedOverlap:
            precondition(name.persistence == persistence, "\(name) of an agreement with p=\(persistence)")
            return name.ties.map { tiedRBO[$0] } ?? rbo
        case .nDCG, .averagePrecision, .precision, .recall, .reciprocalRank, .success:
            preconditionFailure("\(name) does not compare rankings")
        }
    }

    private func depth(of name: MetricName) -> DepthAgreement {
        guard let found = atDepth.first(where: { $0.depth == name.depth }) else {
            preconditionFailure("\(name) of an agreement at the depths \(atDepth.map(\.depth))")
        }
        return found
    }
}

/// What the first places of two rankings share, whatever their order there.
package struct DepthAgreement: Hashable, Sendable {
    /// The number of places that were looked at.
    package let depth: Int
    /// How many of them the old ranking fills.
    package let oldCount: Int
    /// How many of them the new ranking fills.
    package let newCount: Int
    /// How many movies are in both.
    package let common: Int

    /// How many movies are in at least one.
    package var union: Int { oldCount + newCount - common }
    /// How many movies came in.
    package var entries: Int { newCount - common }
    /// How many movies left.
    package var exits: Int { oldCount - common }

    /// The share of the places that hold common movies, 0 to 1 (overlap at k); 1 for two empty rankings.
    ///
    /// Places that neither ranking fills do not count, so that a ranking shorter than the depth agrees with itself.
    package var overlap: Double {
        let filled = max(oldCount, newCount)
        return filled == 0 ? 1 : Double(common) / Double(filled)
    }

    /// Common movies over movies of either, 0 to 1; 1 for two empty rankings.
    ///
    /// Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11 (1912).
    package var jaccard: Double { union == 0 ? 1 : Double(common) / Double(union) }
}

/// Rank-biased overlap, extrapolated, of rankings with ties.
///
/// Corsi and Urbano, "The Treatment of Ties in Rank-Biased Overlap", SIGIR 2024. All three are
/// ``RankingAgreement/rbo`` where nothing is tied; 1 for two empty rankings and 0 where one is empty.
package struct TiedRankBiasedOverlap: Hashable, Sendable {
    /// Treatment `w`: movies of equal score share the first place of their class.
    package let sharedPlaces: Double
    /// Treatment `a`: the mean over all orders of movies of equal score.
    package let average: Double
    /// Treatment `b`: the same, corrected for what ties leave unknown.
    package let corrected: Double

    /// Returns the value of one treatment.
    package subscript(treatment: MetricName.TieTreatment) -> Double {
        switch treatment {
        case .sharedPlaces: sharedPlaces
        case .average: average
        case .corrected: corrected
        }
    }
}
