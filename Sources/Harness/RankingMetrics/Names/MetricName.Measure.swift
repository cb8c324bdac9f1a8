extension MetricName {
    /// What a metric measures, by the name that stands before parameters and depth.
    package enum Measure: String, CaseIterable, Hashable, Sendable {
        /// Normalised discounted cumulative gain.
        case nDCG
        /// Average precision.
        case averagePrecision = "AP"
        /// Precision.
        case precision = "P"
        /// Recall.
        case recall = "R"
        /// Reciprocal rank.
        case reciprocalRank = "RR"
        /// Whether a relevant movie is there at all, which others call hit rate.
        case success = "Success"
        /// The share of places that hold movies of both rankings.
        case overlap = "Overlap"
        /// Common movies over movies of either ranking.
        case jaccard = "Jaccard"
        /// Rank-biased overlap.
        case rankBiasedOverlap = "RBO"
        /// Kendall's tau-b.
        case kendallTauB = "TauB"
        /// Spearman's footrule as a share of the largest distance.
        case spearmanFootrule = "Footrule"

        /// Whether it compares two rankings with each other.
        package var comparesRankings: Bool {
            switch self {
            case .nDCG, .averagePrecision, .precision, .recall, .reciprocalRank, .success: false
            case .overlap, .jaccard, .rankBiasedOverlap, .kendallTauB, .spearmanFootrule: true
            }
        }

        /// Whether a name may say from which gain on a movie is relevant.
        var takesLevel: Bool { !comparesRankings && self != .nDCG }

        /// Whether a name says how many places count.
        var depthRule: DepthRule {
            switch self {
            case .precision, .recall, .success, .overlap, .jaccard: .needed
            case .nDCG, .averagePrecision, .reciprocalRank: .possible
            case .rankBiasedOverlap, .kendallTauB, .spearmanFootrule: .none
            }
        }

        /// The forms that a name may have, for messages.
        package var forms: String {
            switch (self, depthRule) {
            case (.rankBiasedOverlap, _): "RBO(p=0.9) RBO(p=0.9,ties=b)"
            case (_, .needed): "\(rawValue)@10"
            case (_, .possible): "\(rawValue) \(rawValue)@10"
            case (_, .none): rawValue
            }
        }
    }

    /// Whether the name of a measure says how many places count.
    enum DepthRule {
        case needed
        case possible
        case none
    }

    /// How rank-biased overlap treats movies of equal score, by the letters of Corsi and Urbano, "The Treatment of Ties
    /// in Rank-Biased Overlap", SIGIR 2024.
    package enum TieTreatment: String, CaseIterable, Hashable, Sendable {
        /// Equal scores are equal places, as in sports; so already Webber, Moffat and Zobel, 2010.
        case sharedPlaces = "w"
        /// Equal scores are an unknown order: the mean over all orders.
        case average = "a"
        /// The same, corrected for what ties leave unknown, so that a ranking agrees wholly with itself.
        case corrected = "b"
    }
}
