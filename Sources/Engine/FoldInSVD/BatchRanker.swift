import CKernels
package import Domain
import LinearAlgebra

/// Ranks the same candidates for many visitors: one matrix product for a block of them in place of many sweeps over
/// `V`.
///
/// Blocks of visitors are spread over threads. Within one, visitors are folded in one by one, their scores are one
/// product of their vectors and `V`, packed once for all, and taken in stripes of movies that stay in the second-level
/// cache until their highest scores are known; then the best are selected as for a single visitor. No memory is
/// allocated for a visitor.
///
/// Results are the same bits as those of ``FoldInModel/userVector(for:)`` and
/// ``FoldInModel/rank(_:candidates:excluding:limit:formula:)``, whatever the number of threads: the product's 32-bit
/// scores only choose whose scores are summed.
package struct BatchRanker: Sendable {
    /// The ratings of one visitor and the movies that are no candidates.
    package struct Visitor: Sendable {
        /// The ratings.
        package var ratings: [Rating]
        /// The movies that are no candidates.
        package var excluded: [MovieID]

        /// Creates a visitor.
        package init(ratings: [Rating], excluded: [MovieID] = []) {
            self.ratings = ratings
            self.excluded = excluded
        }
    }

    /// The visitors whose scores are one product.
    package static let visitorsABlock = 48
    /// About how many movies a stripe has: 96 × 1024 scores of 4 bytes leave room in 512 kB.
    private static let moviesAStripe = 1024

    /// The candidates.
    package let candidates: CandidateSet
    /// The most places of a ranking.
    package let limit: Int
    /// What a score is made of.
    package let formula: ScoreFormula
    /// The most threads.
    package let threads: Int

    private let panels: PackedFactors

    /// Prepares for batches.
    ///
    /// - Precondition: `limit` is not negative and `threads` is at least 1.
    /// - Complexity: O(*m* · k) in the candidates.
    package init(
        candidates: CandidateSet,
        limit: Int = FoldInModel.defaultLimit,
        formula: ScoreFormula = .factors,
        threads: Int
    ) {
        precondition(limit >= 0 && threads >= 1, "\(limit) places, \(threads) threads")
        self.candidates = candidates
        self.limit = limit
        self.formula = formula
        self.threads = threads
        panels = PackedFactors(candidates, formula: formula)
    }

    /// Ranks the candidates for each visitor.
    ///
    /// - Complexity: O(*v* · *m* · k) in the visitors and the candidates.
    package func rank(_ visitors: [Visitor]) -> BatchRankings {
        let width = min(limit, candidates.count)
        var rankings = BatchRankings(candidates: candidates, visitors: visitors.count, width: width)
        guard !visitors.isEmpty, width > 0 else {
            // Whether a visitor can be folded in is to be known all the same.
            let workspace = FoldInWorkspace(factorCount: candidates.model.factorCount)
            rankings.counts = visitors.map { candidates.model.fold($0.ratings, in: workspace) == nil ? -1 : 0 }
            return rankings
        }
        let size = Self.visitorsABlock
        let blocks = (visitors.count + size - 1) / size
        let memories = (0..<min(threads, blocks))
            .map { _ in
                BatchWorkspace(visitors: size, candidates: candidates, wanted: width, formula: formula)
            }
        rankings.places.withUnsafeMutableBufferPointer { places in
            rankings.scores.withUnsafeMutableBufferPointer { scores in
                rankings.counts.withUnsafeMutableBufferPointer { counts in
                    // Safe to share: a block writes the places of its own visitors alone, a worker uses the memory of
                    // its own number alone, and this call returns when all are done.
                    nonisolated(unsafe) let (places, scores, counts, memories) = (places, scores, counts, memories)
                    WorkerThreads.run(units: blocks, threads: threads) { block, worker in
                        let start = block * size
                        let range = start..<min(visitors.count, start + size)
                        rank(visitors[range], in: memories[worker]) { visitor, best in
                            let first = (start + visitor) * width
                            guard let place = places.baseAddress, let score = scores.baseAddress else { return }
                            counts[start + visitor] = best(place + first, score + first)
                        }
                    }
                }
            }
        }
        return rankings
    }

    /// Ranks one block.
    ///
    /// - Parameters:
    ///   - visitors: The visitors.
    ///   - workspace: The worker's memory.
    ///   - store: Is handed each visitor's number within the block, and what writes the best and returns how many there
    ///     are, −1 for a visitor who cannot be folded in.
    private func rank(
        _ visitors: ArraySlice<Visitor>,
        in workspace: BatchWorkspace,
        store: (Int, (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Float>) -> Int32) -> Void
    ) {
        let model = candidates.model
        for (index, visitor) in visitors.enumerated() { workspace.fold(visitor.ratings, at: index, into: model) }
        score(visitors.count, workspace)
        model.withFactors { factors in
            for (index, visitor) in visitors.enumerated() {
                store(index) { places, scores in
                    guard workspace.isFolded[index] else { return -1 }
                    let request = RankingWorkspace.Request(
                        visitor: index,
                        candidates: candidates,
                        excluded: visitor.excluded,
                        limit: limit,
                        formula: formula,
                        weights: workspace.weights(at: index),
                        margin: workspace.margin(at: index)
                    )
                    return Int32(
                        workspace.ranking.rank(request, factors: factors, bestPlaces: places, bestScores: scores)
                    )
                }
            }
        }
    }

    /// Writes the scores of a block and the highest of each group.
    private func score(_ visitors: Int, _ workspace: BatchWorkspace) {
        let width = RankingKernels.moviesAPanel
        let ranking = workspace.ranking
        let groups = ranking.shortlist.groupCount
        let groupSize = ranking.shortlist.groupSize
        let groupsAStripe = max(1, Self.moviesAStripe / groupSize)
        for firstGroup in stride(from: 0, to: groups, by: groupsAStripe) {
            let stripe = firstGroup..<min(groups, firstGroup + groupsAStripe)
            let first = stripe.lowerBound * groupSize / width
            workspace.kernels.score(
                workspace.tiles,
                BatchWorkspace.tileCount(visitors),
                panels.factors + first * width * panels.factorCount,
                min(panels.count, stripe.upperBound * groupSize / width) - first,
                panels.factorCount,
                panels.offsets.map { $0 + first * width },
                ranking.scores + first * width,
                ranking.rowStride
            )
            for visitor in 0..<visitors {
                ranking.shortlist.findMaxima(
                    of: ranking.scores + visitor * ranking.rowStride,
                    groups: stripe,
                    into: ranking.maxima + visitor * groups
                )
            }
        }
    }
}
