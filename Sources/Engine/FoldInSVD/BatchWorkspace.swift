import CKernels
import Domain

/// What one thread needs for a block of visitors.
// Not Sendable: each thread has its own. The buffers are owned here alone and freed once.
final class BatchWorkspace {
    /// Where the candidates of a block are scored and ranked.
    let ranking: RankingWorkspace
    /// The visitors' weights in 32 bits, in tiles of 6 visitors as k × 6; zeros for a visitor without.
    let tiles: UnsafeMutablePointer<Float>
    /// Whether a visitor has weights.
    let isFolded: UnsafeMutablePointer<Bool>
    /// The loops that fill this memory.
    let kernels = RankingKernels.inUse.functions
    private let foldIn: FoldInWorkspace
    private let weights: UnsafeMutablePointer<Double>
    private let margins: UnsafeMutablePointer<Float>
    private let formula: ScoreFormula
    private let factorCount: Int

    /// Creates memory for blocks of so many visitors, of whose places at most so many are wanted.
    init(visitors: Int, candidates: CandidateSet, wanted: Int, formula: ScoreFormula) {
        let rows = Self.tileCount(visitors) * RankingKernels.visitorsATile
        self.formula = formula
        factorCount = candidates.model.factorCount
        foldIn = FoldInWorkspace(factorCount: factorCount)
        ranking = RankingWorkspace(visitors: rows, candidates: candidates.count, wanted: wanted)
        tiles = .allocate(capacity: rows * factorCount)
        tiles.initialize(repeating: 0, count: rows * factorCount)
        weights = .allocate(capacity: visitors * factorCount)
        margins = .allocate(capacity: visitors)
        isFolded = .allocate(capacity: visitors)
    }

    deinit {
        tiles.deallocate()
        weights.deallocate()
        margins.deallocate()
        isFolded.deallocate()
    }

    /// The tiles that so many visitors need.
    static func tileCount(_ visitors: Int) -> Int {
        (visitors + RankingKernels.visitorsATile - 1) / RankingKernels.visitorsATile
    }

    /// Folds a visitor in and leaves the weights at a place of the block.
    func fold(_ ratings: [Rating], at index: Int, into model: FoldInModel) {
        isFolded[index] = model.fold(ratings, in: foldIn) != nil
        let width = RankingKernels.visitorsATile
        let tile = tiles + index / width * width * factorCount + index % width
        let exact = weights + index * factorCount
        var squaredLength: Float = 0
        for factor in 0..<factorCount {
            exact[factor] = isFolded[index] ? foldIn.weights[factor] : 0
            let rounded = Float(exact[factor])
            tile[factor * width] = rounded
            squaredLength += rounded * rounded
        }
        margins[index] = model.margin(ofSquaredLength: squaredLength, formula)
    }

    /// The weights at a place of the block, k values.
    func weights(at index: Int) -> UnsafePointer<Double> { UnsafePointer(weights + index * factorCount) }

    /// How much a score of the visitor at a place of the block may be off.
    func margin(at index: Int) -> Float { margins[index] }
}
