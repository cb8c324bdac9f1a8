import Domain
import LinearAlgebra

/// The candidates' rows of `V`, packed once for products with many visitors.
///
/// A panel holds 16 movies as k × 16, so that a product reads it from front to back; the last is filled up with zeros.
// Safe to share: the buffers are written by `init` alone, only read afterwards, and freed once.
final class PackedFactors: @unchecked Sendable {
    /// The number of panels.
    let count: Int
    /// The number of factors, k.
    let factorCount: Int
    /// count × k × 16 values, from a multiple of 64 bytes on.
    let factors: UnsafePointer<Float>
    /// What the biased formula adds to each movie's product, count × 16 values; `nil` for the other formula.
    let offsets: UnsafePointer<Float>?

    /// Packs the rows of the candidates.
    ///
    /// - Complexity: O(*m* · k) in the candidates.
    init(_ candidates: CandidateSet, formula: ScoreFormula) {
        let model = candidates.model
        let width = RankingKernels.moviesAPanel
        let factorCount = model.factorCount
        count = (candidates.count + width - 1) / width
        self.factorCount = factorCount
        let packed = Self.allocateZeros(count * width * factorCount)
        model.withFactors { factors in
            for (place, row) in candidates.rows.enumerated() {
                let values = factors[row: Int(row)]
                let panel = packed + place / width * width * factorCount + place % width
                for factor in 0..<factorCount { panel[factor * width] = values[factor] }
            }
        }
        factors = UnsafePointer(packed)
        guard formula == .biased else {
            offsets = nil
            return
        }
        let added = Self.allocateZeros(count * width)
        for (place, row) in candidates.rows.enumerated() { added[place] = Float(model.mean) + model.biases[Int(row)] }
        offsets = UnsafePointer(added)
    }

    deinit {
        factors.deallocate()
        offsets?.deallocate()
    }

    private static func allocateZeros(_ count: Int) -> UnsafeMutablePointer<Float> {
        let values = UnsafeMutablePointer<Float>.allocateCacheAligned(capacity: count)
        values.initialize(repeating: 0, count: count)
        return values
    }
}
