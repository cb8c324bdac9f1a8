import Domain

extension SplitMix64 {
    /// Returns evenly spread numbers around 0 with a standard deviation.
    ///
    /// - Complexity: O(`count`).
    mutating func values(_ count: Int, deviation: Float) -> [Float] {
        let scale = deviation * Float(3).squareRoot() / Float(1 << 23)
        return (0..<count).map { _ in Float(Int32(truncatingIfNeeded: next() >> 40) - 1 << 23) * scale }
    }
}
