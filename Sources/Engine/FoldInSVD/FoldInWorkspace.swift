import CKernels

/// Memory in which one visitor after the other is folded in.
///
/// It grows to the longest history seen and is kept, so that a batch allocates nothing for each visitor.
// Not Sendable: each thread has its own. The pointers are owned here alone, sized by `reserve`, and freed once.
final class FoldInWorkspace {
    /// The number of factors, k.
    let factorCount: Int
    /// The weights of the last visitor, k values.
    let weights: UnsafeMutableBufferPointer<Double>
    /// The rows of the rated movies, `capacity` values.
    private(set) var rows: UnsafeMutablePointer<Int32>
    /// `V_R`, capacity × k.
    private(set) var rated: UnsafeMutablePointer<Double>
    /// The residuals `y`, then the unknowns, `capacity` values.
    private(set) var residuals: UnsafeMutablePointer<Double>
    /// The matrix of the system, at most k × k or capacity × capacity, whichever is less.
    private(set) var gram: UnsafeMutablePointer<Double>
    /// The loops that fill this memory.
    let kernels = RankingKernels.inUse.functions
    private var capacity = 0

    /// Creates memory for a model of so many factors.
    init(factorCount: Int) {
        self.factorCount = factorCount
        weights = .allocate(capacity: factorCount)
        weights.initialize(repeating: 0)
        rows = .allocate(capacity: 0)
        rated = .allocate(capacity: 0)
        residuals = .allocate(capacity: 0)
        gram = .allocate(capacity: 0)
    }

    deinit {
        weights.deallocate()
        release()
    }

    /// Makes room for so many ratings; what was in the memory before is lost.
    func reserve(_ ratings: Int) {
        guard ratings > capacity else { return }
        release()
        capacity = ratings
        let unknowns = min(ratings, factorCount)
        rows = .allocate(capacity: ratings)
        rated = .allocate(capacity: ratings * factorCount)
        residuals = .allocate(capacity: ratings)
        gram = .allocate(capacity: unknowns * unknowns)
    }

    private func release() {
        rows.deallocate()
        rated.deallocate()
        residuals.deallocate()
        gram.deallocate()
    }
}
