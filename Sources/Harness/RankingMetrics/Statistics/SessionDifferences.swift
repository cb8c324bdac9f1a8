/// The differences of one metric, session by session, in memory that does not grow beyond a bound.
///
/// Up to its capacity it keeps every difference. Beyond, it keeps sums of neighbours: of 2, of 4, of 8 sessions and so on.
/// Mean, wins, ties and losses are exact throughout. A test or an interval then takes such a sum as one draw, which is as
/// valid where the order of the sessions says nothing of their differences: sums of independent sessions are independent,
/// and symmetric where the differences are.
package struct SessionDifferences: Hashable, Sendable {
    /// How many sums it keeps at most.
    package let capacity: Int
    /// How many sessions there were.
    package private(set) var count = 0
    /// How many of them one sum stands for; the last sum may stand for fewer.
    package private(set) var sessionsPerSum = 1
    /// The sums, in the order of the sessions.
    package private(set) var sums: [Double] = []
    /// How many sessions are better, equal and worse.
    package private(set) var counts: WinTieLoss

    /// Creates the differences of no session yet.
    ///
    /// - Parameters:
    ///   - capacity: How many sums are kept at most: an even number.
    ///   - tolerance: The largest difference that is a tie.
    package init(capacity: Int = 16_384, tolerance: Double = 0) {
        precondition(capacity > 0 && capacity.isMultiple(of: 2), "a capacity of \(capacity), expected an even number")
        self.capacity = capacity
        counts = WinTieLoss(tolerance: tolerance)
    }

    /// The mean difference, `nil` without a session.
    ///
    /// - Complexity: O(`capacity`).
    package var mean: Double? {
        count == 0 ? nil : sums.reduce(0, +) / Double(count)
    }

    /// Takes in the difference of the next session, new less old.
    ///
    /// - Precondition: The difference is finite.
    /// - Complexity: O(1) amortised.
    package mutating func add(_ difference: Double) {
        precondition(difference.isFinite, "the difference \(difference) is not finite")
        counts.add(difference)
        if count == capacity * sessionsPerSum { halve() }
        // A power of two: no division is needed.
        if count & (sessionsPerSum - 1) == 0 {
            sums.append(difference)
        } else {
            sums[sums.count - 1] += difference
        }
        count += 1
    }

    /// Adds neighbouring sums up, two and two.
    private mutating func halve() {
        for pair in 0..<sums.count / 2 { sums[pair] = sums[2 * pair] + sums[2 * pair + 1] }
        sums.removeLast(sums.count / 2)
        sessionsPerSum *= 2
    }
}
