import Domain

extension SplitMix64 {
    /// A generator whose next value is that of a place in the sequence of a seed.
    ///
    /// The state grows by the same number at each step, so any place is as quick as the first.
    init(seed: UInt64, place: Int) {
        self.init(seed: seed &+ UInt64(truncatingIfNeeded: place) &* 0x9e37_79b9_7f4a_7c15)
    }
}
