import CKernels
import Domain
import LinearAlgebra

/// Memory in which the candidates of some visitors are scored and ranked, one visitor after the other.
// Not Sendable: each thread has its own. The buffers are owned here alone and freed once.
final class RankingWorkspace {
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
    /// Their rows of `V`.
    private let rows: UnsafeMutablePointer<Int32>
    /// Their inner products.
    private let products: UnsafeMutablePointer<Double>
    /// Their scores.
    private let exact: UnsafeMutablePointer<Float>
    /// The order of them, best first.
    private let best: UnsafeMutablePointer<Int32>
    /// How many places behind an equal score are taken.
    private let equals: UnsafeMutablePointer<Int32>
    /// Whether a candidate is excluded, false for all between two visitors.
    private let isExcluded: UnsafeMutablePointer<Bool>
    /// The places of the excluded candidates.
    private let excluded: UnsafeMutablePointer<Int32>
    /// The groups that are looked into.
    private let hits: UnsafeMutablePointer<Int32>
    private let kernels = RankingKernels.inUse.functions

    /// Creates memory for so many visitors at once, of whose places at most so many are wanted.
    init(visitors: Int, candidates: Int, wanted: Int) {
        shortlist = Shortlist(count: candidates, wanted: wanted)
        // An odd number of cache lines: rows a power of two apart would share a few sets of the cache.
        let lines = ((candidates + 15) / 16) | 1
        rowStride = lines * 16
        scores = .allocateCacheAligned(capacity: visitors * rowStride)
        maxima = .allocate(capacity: visitors * shortlist.groupCount)
        places = .allocate(capacity: candidates)
        rows = .allocate(capacity: candidates)
        products = .allocate(capacity: candidates)
        exact = .allocate(capacity: candidates + RankingKernels.spareScores)
        best = .allocate(capacity: min(wanted, candidates))
        equals = .allocate(capacity: min(wanted, candidates))
        isExcluded = .allocate(capacity: candidates)
        isExcluded.initialize(repeating: false, count: candidates)
        excluded = .allocate(capacity: candidates)
        hits = .allocate(capacity: shortlist.groupCount)
    }

    deinit {
        scores.deallocate()
        maxima.deallocate()
        places.deallocate()
        rows.deallocate()
        products.deallocate()
        exact.deallocate()
        best.deallocate()
        equals.deallocate()
        isExcluded.deallocate()
        excluded.deallocate()
        hits.deallocate()
    }

    /// What is ranked for one visitor.
    struct Request {
        /// The visitor's place among those whose scores are here.
        var visitor: Int
        /// The candidates.
        var candidates: CandidateSet
        /// The movies that are no candidates.
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
    ///   - bestPlaces: The places among the candidates, as many as are returned.
    ///   - bestScores: Their scores.
    /// - Returns: The number of places.
    /// - Complexity: O(g · log g + *s* · k + *s*²) in the groups and the few shortlisted.
    func rank(
        _ request: Request,
        factors: MatrixView,
        bestPlaces: UnsafeMutablePointer<Int32>,
        bestScores: UnsafeMutablePointer<Float>
    ) -> Int {
        let limit = min(request.limit, shortlist.count)
        guard limit > 0 else { return 0 }
        let exclusions = exclude(request.excluded, from: request.candidates)
        let chosen = choose(request.visitor, wanted: limit + exclusions, margin: request.margin)
        let found = dropExcluded(exclusions, from: chosen)
        sum(found, request, factors)
        let count = order(found, limit)
        for place in 0..<count {
            let index = Int(best[place])
            bestPlaces[place] = places[index]
            bestScores[place] = exact[index]
        }
        return count
    }

    /// Marks movies and returns how many of them are candidates.
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

    /// Writes the places that may be among the best and returns how many there are.
    private func choose(_ visitor: Int, wanted: Int, margin: Float) -> Int {
        guard margin.isFinite else {
            for index in 0..<shortlist.count { places[index] = Int32(index) }
            return shortlist.count
        }
        return shortlist.choose(
            wanted,
            of: scores + visitor * rowStride,
            maxima: maxima + visitor * shortlist.groupCount,
            margin: margin,
            hits: hits,
            places: places
        )
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

    /// Writes the scores that count of the shortlisted.
    private func sum(_ found: Int, _ request: Request, _ factors: MatrixView) {
        for index in 0..<found { rows[index] = request.candidates.rows[Int(places[index])] }
        kernels.exact_products(
            factors.base,
            factors.rowStride,
            rows,
            found,
            request.weights,
            factors.columns,
            products
        )
        let model = request.candidates.model
        for index in 0..<found {
            let product = products[index]
            let score =
                request.formula == .biased ? model.mean + Double(model.biases[Int(rows[index])]) + product : product
            exact[index] = Float(score)
        }
    }

    /// Writes the order of the shortlisted, the best of them alone, and returns how many these are.
    private func order(_ found: Int, _ limit: Int) -> Int {
        // Few: to count for each how many are ahead takes no branch and moves nothing. Many equal scores: a heap.
        guard found <= 4 * limit, found <= 1024 else {
            let indices = topIndices(of: UnsafeBufferPointer(start: exact, count: found), count: limit)
            for (place, index) in indices.enumerated() { best[place] = Int32(index) }
            return indices.count
        }
        let count = min(found, limit)
        kernels.order(exact, found, count, equals, best)
        return count
    }
}
