import Domain

extension GoldenList {
    /// Returns how far each place is above the next one, by the score that decides between the two.
    ///
    /// For P5 that is the SVD score where both texts hold the same number. Behind the SVD model's last place comes the
    /// best movie that was left out, where it is known.
    ///
    /// - Parameter tolerance: The numbers that decide what is a tie.
    /// - Returns: One margin for each place, `nil` where nothing is known to follow it.
    /// - Complexity: O(*n*).
    package func margins(tolerance: ScoreTolerance = .standard) -> [Double?] {
        let rule = TieRule(of: self, tolerance: tolerance)
        return places.indices.map { index in
            if index + 1 < places.count { return rule.margin(of: places[index].key, over: places[index + 1].key) }
            return model == .svd ? next.map { places[index].score - $0.score } : nil
        }
    }

    /// Returns the tie classes: the longest runs of at least two neighbours of which every two may swap.
    ///
    /// Two classes may overlap: a tie is a matter of two movies, so that of three in a row the outer two may be too far
    /// apart although each is tied with the one between.
    ///
    /// - Parameter tolerance: The numbers that decide what is a tie.
    /// - Returns: The first and the last rank of each class, in order; none lies in another.
    /// - Complexity: O(*n*·*m*) for *n* places and the longest class *m*.
    package func tieClasses(tolerance: ScoreTolerance = .standard) -> [ClosedRange<Int>] {
        let rule = TieRule(of: self, tolerance: tolerance)
        var classes: [ClosedRange<Int>] = []
        var first = 0
        for last in places.indices.dropFirst() {
            let former = first
            while first < last,
                !places[first..<last].allSatisfy({ rule.areTied($0.key, places[last].key) })
            {
                first += 1
            }
            if first > former, last - former > 1 { classes.append(former + 1...last) }
        }
        if places.count - first > 1 { classes.append(first + 1...places.count) }
        return classes
    }
}

extension GoldenList.Place {
    /// What decides the movie's place.
    var key: TieRule.Key { TieRule.Key(score: score, svdScore: svdScore) }
}
