import CKernels

/// Chooses the few candidates of which the best must be, from scores that may be off by a known margin.
///
/// Of each group of neighbouring candidates the highest score is taken. Where `wanted` groups reach a score, at least
/// `wanted` candidates do, so that whoever is below it by more than the margin is not among the best: one pass and a
/// look into few groups, without a heap. The scores themselves are never trusted beyond that.
struct Shortlist {
    /// The number of candidates.
    let count: Int
    /// The number of candidates of a group, a multiple of 16.
    let groupSize: Int
    /// The number of groups, the last of which may be shorter.
    let groupCount: Int

    private let kernels = RankingKernels.inUse.functions

    /// Divides candidates into groups, about eight for each wanted place.
    init(count: Int, wanted: Int) {
        self.count = count
        groupSize = max(16, (count / (8 * max(1, wanted)) + 15) / 16 * 16)
        groupCount = (count + groupSize - 1) / groupSize
    }

    /// Writes the highest score of each of some groups; one that is not a number may hide or be hidden.
    ///
    /// - Parameters:
    ///   - scores: The scores of all candidates.
    ///   - groups: The groups to look at.
    ///   - maxima: The highest scores, one a group.
    /// - Complexity: O(*n*) in the candidates of the groups.
    func findMaxima(
        of scores: UnsafePointer<Float>,
        groups: Range<Int>,
        into maxima: UnsafeMutablePointer<Float>
    ) {
        let whole = groups.clamped(to: 0..<count / groupSize)
        kernels.group_maxima(scores + whole.lowerBound * groupSize, whole.count, groupSize, maxima + whole.lowerBound)
        guard groups.upperBound > whole.upperBound, groups.upperBound == groupCount else { return }
        var highest = -Float.infinity
        for index in (groupCount - 1) * groupSize..<count {
            highest = scores[index] > highest ? scores[index] : highest
        }
        maxima[groupCount - 1] = highest
    }

    /// Writes the places of all candidates that may be among the best, in ascending order.
    ///
    /// - Parameters:
    ///   - wanted: The number of best.
    ///   - scores: The scores of all candidates, finite.
    ///   - maxima: The highest scores of all groups.
    ///   - margin: How much a score may be off, to either side of another.
    ///   - hits: Room for a number a group.
    ///   - places: Room for a number a candidate.
    /// - Returns: How many there are.
    /// - Complexity: O(g · log g + *m*) in the groups and the candidates of the groups that are looked into.
    func choose(
        _ wanted: Int,
        of scores: UnsafePointer<Float>,
        maxima: UnsafePointer<Float>,
        margin: Float,
        hits: UnsafeMutablePointer<Int32>,
        places: UnsafeMutablePointer<Int32>
    ) -> Int {
        let cut = kernels.reached(maxima, groupCount, wanted) - margin
        return kernels.collect(scores, count, cut, maxima, groupCount, groupSize, hits, places)
    }
}
