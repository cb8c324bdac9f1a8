import Domain

extension SplitMix64 {
    /// Returns 0 to `count` − 1 in random order, by Fisher and Yates from the end; places are drawn as remainders.
    ///
    /// Written out, as the standard library does not promise its order, and the reference must arrive at the same one.
    ///
    /// - Complexity: O(`count`).
    mutating func shuffled(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, Int(next() % UInt64(last + 1)))
        }
        return order
    }
}
