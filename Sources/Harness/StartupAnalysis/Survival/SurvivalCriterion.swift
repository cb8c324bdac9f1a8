/// When a combination counts as one that survives.
package struct SurvivalCriterion: Hashable, Sendable {
    /// The probability that the lower end of its interval must reach; of a single start it is asked that it survives.
    package let probability: Double

    /// Creates a criterion.
    ///
    /// - Precondition: The probability lies above 0 and below 1.
    package init(probability: Double = 0.99) {
        precondition(probability > 0 && probability < 1, "a probability of \(probability)")
        self.probability = probability
    }

    /// Says whether a combination survives.
    func isMet(by tally: CellTally) -> Bool {
        guard tally.started > 1, let interval = tally.interval else { return tally.allSurvived }
        return interval.lower >= probability
    }

    /// The fewest starts of which all must survive for the criterion to be met, above one.
    ///
    /// Of *n* starts that all survive the interval begins at *n* / (*n* + z²).
    package var leastStarts: Int {
        var starts = 2
        while WilsonInterval(successes: starts, of: starts).lower < probability { starts += max(1, starts / 64) }
        while starts > 2, WilsonInterval(successes: starts - 1, of: starts - 1).lower >= probability { starts -= 1 }
        return starts
    }
}
