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
        var group = groups.lowerBound
        // Four groups at a time, whose four sums of lanes are turned into one vector of maxima.
        while group + 4 <= groups.upperBound, (group + 4) * groupSize <= count {
            let start = scores + group * groupSize
            let first = highestLanes(start)
            let second = highestLanes(start + groupSize)
            let third = highestLanes(start + 2 * groupSize)
            let fourth = highestLanes(start + 3 * groupSize)
            let highest = higher(
                higher(
                    SIMD4(first.x, second.x, third.x, fourth.x),
                    SIMD4(first.y, second.y, third.y, fourth.y)
                ),
                higher(
                    SIMD4(first.z, second.z, third.z, fourth.z),
                    SIMD4(first.w, second.w, third.w, fourth.w)
                )
            )
            UnsafeMutableRawPointer(maxima + group).storeBytes(of: highest, as: SIMD4<Float>.self)
            group += 4
        }
        for group in group..<groups.upperBound {
            var highest = -Float.infinity
            for index in group * groupSize..<min(count, (group + 1) * groupSize) {
                highest = scores[index] > highest ? scores[index] : highest
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
            low = maxima[group] < low ? maxima[group] : low
            high = maxima[group] > high ? maxima[group] : high
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
    /// `hits` is for the groups to look into, one more than there are; `places` has room for one more than there are
    /// candidates.
    ///
    /// - Returns: How many there are.
    /// - Complexity: O(g + *m*) in the groups and the candidates of those groups that reach the score.
    func collect(
        from scores: UnsafePointer<Float>,
        reaching cut: Float,
        maxima: UnsafePointer<Float>,
        hits: UnsafeMutablePointer<Int32>,
        into places: UnsafeMutablePointer<Int32>
    ) -> Int {
        let groups = append(0..<groupCount, of: maxima, reaching: cut, to: hits, after: 0)
        fetch(groups, of: scores, hits: hits)
        var found = 0
        for hit in 0..<groups {
            let start = Int(hits[hit]) &* groupSize
            let group = start..<min(count, start &+ groupSize)
            found = append(group, of: scores, reaching: cut, to: places, after: found)
        }
        return found
    }

    /// Reads the groups' cache lines without waiting for any, so that many are under way at once.
    @inline(never)
    private func fetch(_ groups: Int, of scores: UnsafePointer<Float>, hits: UnsafeMutablePointer<Int32>) {
        var sum: Float = 0
        for hit in 0..<groups {
            let start = scores + Int(hits[hit]) &* groupSize
            var index = 0
            while index < groupSize {
                sum += start[min(index, count &- 1 &- Int(hits[hit]) &* groupSize)]
                index &+= 16
            }
        }
        // Written behind the last group, so that the reads cannot be left out.
        hits[groups] = Int32(truncatingIfNeeded: sum.bitPattern)
    }

    /// Appends the indices of the values that reach a score and returns how many there are then.
    ///
    /// An index is written always and kept sometimes: a branch would be guessed wrong.
    @inline(__always)
    private func append(
        _ range: Range<Int>,
        of values: UnsafePointer<Float>,
        reaching cut: Float,
        to indices: UnsafeMutablePointer<Int32>,
        after count: Int
    ) -> Int {
        var count = count
        var index = range.lowerBound
        while index &+ 16 <= range.upperBound {
            let isKept = load(values + index, as: SIMD16<Float>.self) .>= cut
            let kept = SIMD16<Int32>().replacing(with: 1, where: isKept)
            for lane in 0..<16 {
                indices[count] = Int32(truncatingIfNeeded: index &+ lane)
                count &+= Int(kept[lane])
            }
            index &+= 16
        }
        while index < range.upperBound {
            indices[count] = Int32(truncatingIfNeeded: index)
            count &+= values[index] >= cut ? 1 : 0
            index &+= 1
        }
        return count
    }

    /// The intervals of a histogram.
    static let intervals = 256

    @inline(__always)
    private func interval(of score: Float, _ low: Float, _ scale: Float) -> Int {
        min(Self.intervals - 1, Int((score - low) * scale))
    }

    /// The highest scores of a whole group, four lanes.
    @inline(__always)
    private func highestLanes(_ start: UnsafePointer<Float>) -> SIMD4<Float> {
        var highest = SIMD4<Float>(repeating: -.infinity)
        var index = 0
        while index < groupSize {
            let pair = higher(vector(start + index), vector(start + index + 4))
            highest = higher(highest, higher(pair, higher(vector(start + index + 8), vector(start + index + 12))))
            index &+= 16
        }
        return highest
    }

    @inline(__always)
    private func higher(_ left: SIMD4<Float>, _ right: SIMD4<Float>) -> SIMD4<Float> {
        left.replacing(with: right, where: right .> left)
    }

    @inline(__always)
    private func vector(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
        load(pointer, as: SIMD4<Float>.self)
    }

    @inline(__always)
    private func load<Vector: BitwiseCopyable>(_ pointer: UnsafePointer<Float>, as type: Vector.Type) -> Vector {
        UnsafeRawPointer(pointer).loadUnaligned(as: type)
    }
}
