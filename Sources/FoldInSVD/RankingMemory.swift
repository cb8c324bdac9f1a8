import Domain
import LinearAlgebra

/// Memory in which the candidates of some visitors are scored and ranked, one visitor after the other.
// Not Sendable: each thread has its own. The buffers are owned here alone and freed once.
final class RankingMemory {
    /// The scores, visitors × candidates.
    let scores: UnsafeMutablePointer<Float>
    /// The highest scores of the groups, visitors × groups.
    let maxima: UnsafeMutablePointer<Float>
    /// How candidates are grouped.
    let shortlist: Shortlist
    /// The places among the candidates of those that are ranked exactly, ascending.
    private let places: UnsafeMutablePointer<Int32>
    /// Their scores.
    private let exact: UnsafeMutablePointer<Float>
    /// Whether a candidate is excluded, false for all between two visitors.
    private let isExcluded: UnsafeMutablePointer<Bool>
    private let histogram: UnsafeMutablePointer<Int32>

    /// Creates memory for so many visitors at once.
    init(visitors: Int, candidates: Int, wanted: Int) {
        shortlist = Shortlist(count: candidates, wanted: wanted)
        scores = .allocate(capacity: visitors * candidates)
        maxima = .allocate(capacity: visitors * shortlist.groupCount)
        // One more than there are: the place after the last is written before it is known not to count.
        places = .allocate(capacity: candidates + 1)
        exact = .allocate(capacity: candidates)
        isExcluded = .allocate(capacity: candidates)
        isExcluded.initialize(repeating: false, count: candidates)
        histogram = .allocate(capacity: Shortlist.intervals)
    }

    deinit {
        scores.deallocate()
        maxima.deallocate()
        places.deallocate()
        exact.deallocate()
        isExcluded.deallocate()
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
        var exclusions = 0
        for movie in request.excluded {
            guard let place = request.candidates.position(of: movie), !isExcluded[place] else { continue }
            isExcluded[place] = true
            exclusions += 1
        }
        var found = choose(request.visitor, wanted: limit + exclusions, margin: request.margin)
        if exclusions > 0 {
            var kept = 0
            for index in 0..<found where !isExcluded[Int(places[index])] {
                places[kept] = places[index]
                kept += 1
            }
            found = kept
            for movie in request.excluded {
                if let place = request.candidates.position(of: movie) { isExcluded[place] = false }
            }
        }
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

    /// Writes the places that may be among the best and returns how many there are.
    private func choose(_ visitor: Int, wanted: Int, margin: Float) -> Int {
        guard margin.isFinite else {
            for index in 0..<shortlist.count { places[index] = Int32(index) }
            return shortlist.count
        }
        let groups = maxima + visitor * shortlist.groupCount
        let cut = shortlist.reached(by: wanted, of: groups, histogram: histogram) - margin
        return shortlist.collect(
            from: scores + visitor * shortlist.count,
            reaching: cut,
            maxima: groups,
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
        for index in 0..<found {
            let score = exact[index]
            var ahead: Int32 = 0
            for earlier in 0..<index { ahead += exact[earlier] >= score ? 1 : 0 }
            for later in index + 1..<max(index + 1, found) { ahead += exact[later] > score ? 1 : 0 }
            guard ahead < count else { continue }
            bestPlaces[Int(ahead)] = places[index]
            bestScores[Int(ahead)] = score
        }
        return count
    }
}
