import Domain
import LinearAlgebra

/// Memory in which the candidates of some visitors are scored and ranked, one visitor after the other.
// Not Sendable: each thread has its own. The buffers are owned here alone and freed once.
final class RankingMemory {
    /// The scores, one row a visitor, each from a multiple of 64 bytes on.
    let scores: UnsafeMutablePointer<Float>
    /// The distance in elements between the starts of two rows of scores.
    let rowStride: Int
    /// The highest scores of the groups, visitors × groups.
    let maxima: UnsafeMutablePointer<Float>
    /// How candidates are grouped.
    let shortlist: Shortlist
    /// The places among the candidates of those that are ranked exactly, ascending.
    private let places: UnsafeMutablePointer<Int32>
    /// Their scores.
    private let exact: UnsafeMutablePointer<Float>
    /// How many places behind an equal score are taken.
    private let equals: UnsafeMutablePointer<Int32>
    /// Whether a candidate is excluded, false for all between two visitors.
    private let isExcluded: UnsafeMutablePointer<Bool>
    /// The places of the excluded candidates.
    private let excluded: UnsafeMutablePointer<Int32>
    /// The groups that are looked into.
    private let hits: UnsafeMutablePointer<Int32>
    private let histogram: UnsafeMutablePointer<Int32>
    /// What `fetch` read, kept so that it has to.
    private var fetched: Float = 0

    private static let lanes = 8

    /// Creates memory for so many visitors at once, of whose places at most so many are wanted.
    init(visitors: Int, candidates: Int, wanted: Int) {
        shortlist = Shortlist(count: candidates, wanted: wanted)
        rowStride = (candidates + 15) / 16 * 16
        scores =
            UnsafeMutableRawPointer
            .allocate(byteCount: visitors * rowStride * MemoryLayout<Float>.stride, alignment: 64)
            .bindMemory(to: Float.self, capacity: visitors * rowStride)
        maxima = .allocate(capacity: visitors * shortlist.groupCount)
        // One more than there are: the place after the last is written before it is known not to count.
        places = .allocate(capacity: candidates + 1)
        exact = .allocate(capacity: candidates + Self.lanes)
        equals = .allocate(capacity: min(wanted, candidates))
        isExcluded = .allocate(capacity: candidates)
        isExcluded.initialize(repeating: false, count: candidates)
        excluded = .allocate(capacity: candidates)
        hits = .allocate(capacity: shortlist.groupCount + 1)
        histogram = .allocate(capacity: Shortlist.intervals)
    }

    deinit {
        scores.deallocate()
        maxima.deallocate()
        places.deallocate()
        exact.deallocate()
        equals.deallocate()
        isExcluded.deallocate()
        excluded.deallocate()
        hits.deallocate()
        histogram.deallocate()
    }

    /// What is ranked for one visitor.
    struct Request {
        /// The visitor's place among those whose scores are here.
        var visitor: Int
        /// The candidates.
        var candidates: CandidateSet
        /// The films that are no candidates.
        var excluded: [MovieID]
        /// The most places.
        var limit: Int
        /// What a score is made of.
        var formula: ScoreFormula
        /// The weights in double precision, k values.
        var weights: UnsafePointer<Double>
        /// How much a score may be off; not finite where that is unknown.
        var margin: Float
    }

    /// Writes the best candidates with their scores, best first; equal scores keep the order of the candidates.
    ///
    /// The scores that count are summed in double precision and rounded once. The 32-bit scores only choose for whom,
    /// with their margin for error, so that the result does not depend on how they were summed.
    ///
    /// - Parameters:
    ///   - request: What to rank; scores and maxima of the visitor are there.
    ///   - factors: `V`.
    ///   - biases: What the biased formula adds, less the mean.
    ///   - mean: The mean.
    ///   - bestPlaces: The places among the candidates, as many as are returned.
    ///   - bestScores: Their scores.
    /// - Returns: The number of places.
    /// - Complexity: O(g + *s* · k + *s*²) in the groups and the few shortlisted.
    func rank(
        _ request: Request,
        factors: MatrixView,
        biases: [Float],
        mean: Double,
        bestPlaces: UnsafeMutablePointer<Int32>,
        bestScores: UnsafeMutablePointer<Float>
    ) -> Int {
        let limit = min(request.limit, shortlist.count)
        guard limit > 0 else { return 0 }
        let exclusions = exclude(request.excluded, from: request.candidates)
        let chosen = choose(request.visitor, wanted: limit + exclusions, margin: request.margin)
        let found = dropExcluded(exclusions, from: chosen)
        fetch(found, request.candidates, factors)
        for index in 0..<found {
            let row = Int(request.candidates.rows[Int(places[index])])
            let product = innerProduct(
                factors.base + row * factors.rowStride,
                request.weights,
                count: factors.columns
            )
            exact[index] = Float(request.formula == .biased ? mean + Double(biases[row]) + product : product)
        }
        return order(found, limit, bestPlaces, bestScores)
    }

    /// Marks films and returns how many of them are candidates.
    private func exclude(_ movies: [MovieID], from candidates: CandidateSet) -> Int {
        var count = 0
        for movie in movies {
            guard let place = candidates.position(of: movie), !isExcluded[place] else { continue }
            isExcluded[place] = true
            excluded[count] = Int32(place)
            count += 1
        }
        return count
    }

    /// Drops the marked places, keeps the others in order, takes the marks back and returns how many are left.
    private func dropExcluded(_ exclusions: Int, from found: Int) -> Int {
        guard exclusions > 0 else { return found }
        var kept = 0
        for index in 0..<found {
            places[kept] = places[index]
            kept += isExcluded[Int(places[index])] ? 0 : 1
        }
        for index in 0..<exclusions { isExcluded[Int(excluded[index])] = false }
        return kept
    }

    /// Reads one value of each cache line of the shortlisted rows.
    ///
    /// The rows lie anywhere in `V`. Nothing waits for these reads, so that many are under way at once, where the sums
    /// that follow would wait for one row after the other.
    private func fetch(_ found: Int, _ candidates: CandidateSet, _ factors: MatrixView) {
        guard found <= 4096 else { return }
        var sum: Float = 0
        candidates.rows.withUnsafeBufferPointer { rows in
            for index in 0..<found {
                let row = factors.base + Int(rows[Int(places[index])]) &* factors.rowStride
                var factor = 0
                while factor < factors.columns {
                    sum += row[factor]
                    factor &+= 16
                }
            }
        }
        fetched = sum
    }

    /// Writes the places that may be among the best and returns how many there are.
    private func choose(_ visitor: Int, wanted: Int, margin: Float) -> Int {
        guard margin.isFinite else {
            for index in 0..<shortlist.count { places[index] = Int32(index) }
            return shortlist.count
        }
        let groups = maxima + visitor * shortlist.groupCount
        let cut = shortlist.reached(by: wanted, of: groups, histogram: histogram) - margin
        return shortlist.collect(
            from: scores + visitor * rowStride,
            reaching: cut,
            maxima: groups,
            hits: hits,
            into: places
        )
    }

    /// Puts the shortlisted in order, the best of them alone.
    private func order(
        _ found: Int,
        _ limit: Int,
        _ bestPlaces: UnsafeMutablePointer<Int32>,
        _ bestScores: UnsafeMutablePointer<Float>
    ) -> Int {
        let count = min(found, limit)
        // Few: to count for each how many are ahead takes no branch and no memory. Many equal scores: a heap.
        guard found <= 4 * limit, found <= 1024 else {
            let best = topIndices(of: UnsafeBufferPointer(start: exact, count: found), count: limit)
            for (place, index) in best.enumerated() {
                bestPlaces[place] = places[index]
                bestScores[place] = exact[index]
            }
            return best.count
        }
        for lane in found..<found + Self.lanes { exact[lane] = -.infinity }
        equals.update(repeating: 0, count: count)
        for index in 0..<found {
            let score = exact[index]
            var counts = SIMD8<Int32>()
            for first in stride(from: 0, to: found, by: Self.lanes) {
                let others = UnsafeRawPointer(exact + first).loadUnaligned(as: SIMD8<Float>.self)
                counts.replace(with: counts &+ 1, where: others .> score)
            }
            let ahead = Int(counts.wrappedSum())
            guard ahead < count else { continue }
            // Of equal scores the earlier candidates have taken the places before.
            let place = ahead + Int(equals[ahead])
            equals[ahead] &+= 1
            guard place < count else { continue }
            bestPlaces[place] = places[index]
            bestScores[place] = score
        }
        return count
    }
}
