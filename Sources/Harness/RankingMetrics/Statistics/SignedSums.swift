import Domain

/// Sums of numbers with random signs.
enum SignedSums {
    /// Returns for each list of numbers one sum for each permutation, all lists with the same signs.
    ///
    /// Eight numbers have 256 sums; these are made once and looked up by eight bits for each permutation.
    ///
    /// - Parameters:
    ///   - lists: Lists of any lengths; number *i* of each has the same sign.
    ///   - permutations: How many sums.
    ///   - seed: The seed of the signs; number *i* of permutation *j* is negative where bit *i* mod 64 of value
    ///     (*i* / 64) · `permutations` + *j* of the sequence is 0.
    /// - Returns: By list, by permutation.
    /// - Complexity: O(*n* · `permutations` / 8) for each list.
    static func random(_ lists: [[Double]], permutations: Int, seed: UInt64) -> [[Double]] {
        var sums = lists.map { _ in Array(repeating: 0.0, count: permutations) }
        var signs = Array(repeating: UInt64(0), count: permutations)
        var table = Array(repeating: 0.0, count: 8 * 256)
        for start in stride(from: 0, to: lists.map(\.count).max() ?? 0, by: 64) {
            var generator = SplitMix64(seed: seed, place: start / 64 * permutations)
            for permutation in signs.indices { signs[permutation] = generator.next() }
            for list in lists.indices where lists[list].count > start {
                fill(&table, lists[list], from: start)
                add(table, signs, to: &sums[list])
            }
        }
        return sums
    }

    /// Fills in the sums of eight times eight numbers, those behind the last being 0.
    private static func fill(_ table: inout [Double], _ numbers: [Double], from start: Int) {
        var table = table.mutableSpan
        for group in 0..<8 {
            let first = start + 8 * group
            let count = max(0, min(8, numbers.count - first))
            let base = 256 * group
            var negative = 0.0
            for index in 0..<count { negative -= numbers[first + index] }
            table[base] = negative
            for signs in 1..<256 {
                let lowest = signs.trailingZeroBitCount
                let number = lowest < count ? numbers[first + lowest] : 0
                table[base + signs] = table[base + signs & (signs - 1)] + 2 * number
            }
        }
    }

    private static func add(_ table: [Double], _ signs: [UInt64], to sums: inout [Double]) {
        var sums = sums.mutableSpan
        for permutation in 0..<signs.count {
            let bits = signs[permutation]
            // Two chains, so that one addition need not wait for the other.
            var (even, odd) = (0.0, 0.0)
            for pair in 0..<4 {
                even += table[512 * pair + Int(truncatingIfNeeded: bits >> UInt64(16 * pair) & 255)]
                odd += table[512 * pair + 256 + Int(truncatingIfNeeded: bits >> UInt64(16 * pair + 8) & 255)]
            }
            sums[permutation] += even + odd
        }
    }
}
