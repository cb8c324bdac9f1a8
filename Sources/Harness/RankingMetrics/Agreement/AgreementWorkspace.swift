/// What comparing two rankings needs of memory, kept from one pair to the next; one for each thread.
///
/// Rankings hold movies as dense numbers, as ``MovieNumbers`` gives them. A tie class is a run of neighbours of equal
/// score.
package final class AgreementWorkspace {
    private var pair: RankingPair
    private var pairOrder = PairOrder()
    private var weights = DepthWeights()

    /// Creates a workspace.
    ///
    /// - Parameter movies: How many dense numbers there are; rankings hold those below.
    package init(movies: Int) {
        pair = RankingPair(movies: movies)
    }

    /// Compares two rankings in all metrics.
    ///
    /// - Parameters:
    ///   - old: Distinct movies, best first.
    ///   - oldScores: A score for each of them, or nothing where none of them are tied.
    ///   - new: Distinct movies, best first.
    ///   - newScores: A score for each of them, or nothing where none of them are tied.
    ///   - depths: The depths of overlap, Jaccard, entries and exits.
    ///   - persistence: The persistence of rank-biased overlap.
    /// - Returns: The metrics; it alone is allocated once the workspace has seen rankings as long as these.
    /// - Precondition: Movies are distinct and below the workspace's number, scores are no NaN and as many as movies or
    ///   none, depths are positive, the persistence is above 0 and below 1.
    /// - Complexity: O(*n* log *n*) in the length of the longer ranking.
    package func agreement(
        _ old: Span<Int32>,
        _ oldScores: Span<Double>,
        _ new: Span<Int32>,
        _ newScores: Span<Double>,
        depths: [Int],
        persistence: Double
    ) -> RankingAgreement {
        precondition(depths.allSatisfy { $0 > 0 }, "agreement at the depths \(depths), expected at least 1")
        precondition(persistence > 0 && persistence < 1, "persistence \(persistence) is not between 0 and 1")
        pair.align(old, oldScores, new, newScores)
        weights.extend(to: max(old.count, new.count), persistence: persistence)
        let rbo = pair.rankBiasedOverlap(weights)
        let tied =
            pair.hasTies
            ? pair.tiedRankBiasedOverlap(weights)
            : TiedRankBiasedOverlap(sharedPlaces: rbo, average: rbo, corrected: rbo)
        let largest = RankingPair.largestFootrule(old.count, new.count)
        return RankingAgreement(
            oldCount: old.count,
            newCount: new.count,
            common: pair.common,
            atDepth: depths.map { pair.agreement(atDepth: $0) },
            persistence: persistence,
            rbo: rbo,
            tiedRBO: tied,
            tauB: pairOrder.tauB(pair),
            footruleDistance: pair.footrule,
            footrule: largest == 0 ? 0 : Double(pair.footrule) / Double(largest)
        )
    }

    /// Returns the place of the first movie that stands in a ranking for the second time.
    ///
    /// - Parameter ranking: Movies below the workspace's number.
    /// - Returns: The place of the second, from 0; `nil` where all movies are distinct.
    /// - Complexity: O(*n*).
    package func firstRepetition(in ranking: Span<Int32>) -> Int? {
        pair.firstRepetition(in: ranking)
    }
}

/// The weights of depths in rank-biased overlap.
struct DepthWeights {
    private(set) var persistence = 0.0
    /// By depth − 1: the persistence to the power of the depth.
    private(set) var powers: [Double] = []
    /// By depth − 1: that power over the depth.
    private(set) var shares: [Double] = []

    /// Makes weights for depths up to one, keeping those that are there for the same persistence.
    ///
    /// - Complexity: O(`depth`) where they are not there yet.
    mutating func extend(to depth: Int, persistence: Double) {
        if persistence != self.persistence {
            self.persistence = persistence
            powers.removeAll(keepingCapacity: true)
            shares.removeAll(keepingCapacity: true)
        }
        var power = powers.last ?? 1
        while powers.count < depth {
            power *= persistence
            powers.append(power)
            shares.append(power / Double(powers.count))
        }
    }
}
