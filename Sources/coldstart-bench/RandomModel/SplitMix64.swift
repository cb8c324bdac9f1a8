/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// Creates a generator.
    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Returns evenly spread numbers around 0 with a standard deviation.
    ///
    /// - Complexity: O(`count`).
    mutating func values(_ count: Int, deviation: Float) -> [Float] {
        let scale = deviation * Float(3).squareRoot() / Float(1 << 23)
        return (0..<count).map { _ in Float(Int32(truncatingIfNeeded: next() >> 40) - 1 << 23) * scale }
    }
}
