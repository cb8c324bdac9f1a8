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

    /// Divides candidates into groups, about four for each wanted place.
    init(count: Int, wanted: Int) {
        self.count = count
        groupSize = max(16, (count / (4 * max(1, wanted)) + 15) / 16 * 16)
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
        for group in groups {
            let start = group * groupSize
            let end = min(count, start + groupSize)
            var index = start
            var highest = -Float.infinity
            if end - start >= 16 {
                var lanes = load(scores + start)
                index += 16
                while index + 16 <= end {
                    let next = load(scores + index)
                    lanes.replace(with: next, where: next .> lanes)
                    index += 16
                }
                highest = lanes.max()
            }
            while index < end {
                highest = max(highest, scores[index])
                index += 1
            }
            maxima[group] = highest
        }
    }

    /// Returns a score that so many of the groups' maxima reach, close to the highest such; −∞ where there are too few.
    ///
    /// A histogram finds the interval with the wanted place, which is divided again where it still holds many.
    ///
    /// - Precondition: All maxima are finite.
    /// - Complexity: O(g) in the groups.
    func reached(by wanted: Int, of maxima: UnsafePointer<Float>, histogram: UnsafeMutablePointer<Int32>) -> Float {
        guard wanted > 0, wanted <= groupCount else { return -.infinity }
        var (low, high) = (maxima[0], maxima[0])
        for group in 1..<max(1, groupCount) {
            low = min(low, maxima[group])
            high = max(high, maxima[group])
        }
        // How many of the maxima lie above the interval.
        var above = 0
        for _ in 0..<4 {
            let scale = Float(Self.intervals) / (high - low)
            guard scale.isFinite, scale > 0 else { break }
            histogram.update(repeating: 0, count: Self.intervals)
            for group in 0..<groupCount where maxima[group] >= low && maxima[group] <= high {
                histogram[interval(of: maxima[group], low, scale)] += 1
            }
            var chosen = Self.intervals - 1
            while chosen > 0, above + Int(histogram[chosen]) < wanted {
                above += Int(histogram[chosen])
                chosen -= 1
            }
            // The exact ends of the interval, which rounding cannot move.
            var (least, most) = (Float.infinity, -Float.infinity)
            for group in 0..<groupCount where maxima[group] >= low && maxima[group] <= high {
                guard interval(of: maxima[group], low, scale) == chosen else { continue }
                least = min(least, maxima[group])
                most = max(most, maxima[group])
            }
            let inside = Int(histogram[chosen])
            (low, high) = (least, most)
            guard above + inside > wanted + wanted / 16 else { break }
        }
        return low
    }

    /// Writes the places of all candidates that reach a score, in ascending order.
    ///
    /// - Returns: How many there are.
    /// - Complexity: O(g + *m*) in the groups and the candidates of those groups that reach the score.
    func collect(
        from scores: UnsafePointer<Float>,
        reaching cut: Float,
        maxima: UnsafePointer<Float>,
        into places: UnsafeMutablePointer<Int32>
    ) -> Int {
        var found = 0
        for group in 0..<groupCount where maxima[group] >= cut {
            for index in group * groupSize..<min(count, (group + 1) * groupSize) {
                // Written always and kept sometimes: a branch would be guessed wrong.
                places[found] = Int32(truncatingIfNeeded: index)
                found += scores[index] >= cut ? 1 : 0
            }
        }
        return found
    }

    /// The intervals of a histogram.
    static let intervals = 256

    @inline(__always)
    private func interval(of score: Float, _ low: Float, _ scale: Float) -> Int {
        min(Self.intervals - 1, Int((score - low) * scale))
    }

    @inline(__always)
    private func load(_ pointer: UnsafePointer<Float>) -> SIMD16<Float> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Float>.self)
    }
}
