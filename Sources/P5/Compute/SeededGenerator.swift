/// The SplitMix64 generator: small, seeded, and the same everywhere.
///
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct SeededGenerator: Sendable {
    private var state: UInt64

    /// Creates a generator from a seed; equal seeds give equal sequences.
    init(seed: UInt64) {
        state = seed
    }

    /// Draws the next number.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Returns 0 to `count` − 1 in random order, by Fisher and Yates from the end; places are drawn as remainders.
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
