extension RankingPair {
    /// Returns rank-biased overlap, extrapolated, with the order of the rankings as it is.
    ///
    /// Webber, Moffat and Zobel, "A similarity measure for indefinite rankings", ACM TOIS 28(4), 2010, equation 32.
    ///
    /// - Parameter weights: Weights for the length of the longer ranking.
    /// - Returns: 0 to 1; 1 where both rankings are empty and 0 where one is.
    /// - Complexity: O(*n*) in the length of the longer ranking.
    func rankBiasedOverlap(_ weights: DepthWeights) -> Double {
        let (short, long) = (min(old.count, new.count), max(old.count, new.count))
        guard long > 0 else { return 1 }
        guard short > 0 else { return 0 }
        let shares = weights.shares.span
        let common = commonAtDepth.span
        var sum = 0.0
        for depth in 1...short { sum += Double(common[depth]) * shares[depth - 1] }
        // The unseen rest of the shorter ranking is taken to agree as its seen places do.
        let assumed = Double(common[short]) / Double(short)
        for depth in short..<long {
            sum += (Double(common[depth + 1]) + assumed * Double(depth + 1 - short)) * shares[depth]
        }
        let last = (Double(common[long]) + assumed * Double(long - short)) / Double(long)
        return Self.extrapolated(sum, last: last, depth: long, weights)
    }

    /// Returns rank-biased overlap, extrapolated, with ties, by all three treatments.
    ///
    /// Corsi and Urbano, "The Treatment of Ties in Rank-Biased Overlap", SIGIR 2024. At a depth, a movie counts in a
    /// ranking as its tie class does: wholly where the class ends there or before, not at all where it begins behind,
    /// else by the share of the class that the depth takes in (`a`, `b`) or wholly (`w`). Only one class a ranking is
    /// begun and not ended at any depth, so the sums over movies are sums of four counts of movies.
    ///
    /// - Parameter weights: Weights for the length of the longer ranking.
    /// - Returns: 1 where both rankings are empty and 0 where one is.
    /// - Complexity: O(*n*) in the length of the longer ranking.
    func tiedRankBiasedOverlap(_ weights: DepthWeights) -> TiedRankBiasedOverlap {
        old.count <= new.count
            ? Self.tied(short: old, long: new, weights)
            : Self.tied(short: new, long: old, weights)
    }

    private static func tied(short: borrowing Side, long: borrowing Side, _ weights: DepthWeights)
        -> TiedRankBiasedOverlap
    {
        guard long.count > 0 else { return TiedRankBiasedOverlap(sharedPlaces: 1, average: 1, corrected: 1) }
        guard short.count > 0 else { return TiedRankBiasedOverlap(sharedPlaces: 0, average: 0, corrected: 0) }
        let powers = weights.powers.span
        var classes = TieClassPair()
        var sum = SIMD4<Double>.zero
        // Agreement of the whole shorter ranking, which its unseen rest is taken to have.
        var assumed = SIMD4<Double>.zero
        for depth in 1...long.count {
            classes.begin(at: depth, short, long)
            let agreement =
                depth <= short.count
                ? classes.agreement(depth: depth)
                : classes.agreement(depth: depth, unseen: depth - short.count, assumed: assumed)
            if depth == short.count { assumed = agreement }
            sum += agreement * powers[depth - 1]
            classes.end(at: depth, short, long)
        }
        let unseen = Double(long.count - short.count)
        let last = (assumed * unseen + Double(classes.both)) / Double(long.count)
        return TiedRankBiasedOverlap(
            sharedPlaces: extrapolated(sum[0], last: last[0], depth: long.count, weights),
            average: extrapolated(sum[1], last: last[1], depth: long.count, weights),
            corrected: extrapolated(sum[2], last: last[2], depth: long.count, weights)
        )
    }

    /// Returns the overlap whose depths beyond the last all agree as that one.
    private static func extrapolated(_ sum: Double, last: Double, depth: Int, _ weights: DepthWeights) -> Double {
        let persistence = weights.persistence
        return (1 - persistence) / persistence * sum + last * weights.powers[depth - 1]
    }
}
