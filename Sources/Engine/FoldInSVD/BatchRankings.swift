package import Domain

/// The rankings of a batch, eight bytes a place.
package struct BatchRankings: Sendable {
    private let candidates: CandidateSet
    private let width: Int
    /// The places among the candidates, visitors × width, best first.
    var places: [Int32]
    /// Their scores.
    var scores: [Float]
    /// The number of places of each visitor, −1 where there is no ranking.
    var counts: [Int32]

    init(candidates: CandidateSet, visitors: Int, width: Int) {
        self.candidates = candidates
        self.width = width
        places = [Int32](repeating: 0, count: visitors * width)
        scores = [Float](repeating: 0, count: visitors * width)
        counts = [Int32](repeating: 0, count: visitors)
    }

    /// The number of visitors.
    package var count: Int { counts.count }

    /// The places of a visitor's ranking among the candidates, best first, and their scores; `nil` where the visitor could
    /// not be folded in.
    ///
    /// - Precondition: The visitor is one of the batch.
    /// - Complexity: O(1).
    package func places(of visitor: Int) -> (positions: ArraySlice<Int32>, scores: ArraySlice<Float>)? {
        guard counts[visitor] >= 0 else { return nil }
        let range = visitor * width..<visitor * width + Int(counts[visitor])
        return (places[range], scores[range])
    }

    /// The ranking of a visitor; `nil` where the visitor could not be folded in.
    ///
    /// - Precondition: The visitor is one of the batch.
    /// - Complexity: O(*p*) in the places.
    package subscript(visitor: Int) -> Ranking? {
        guard counts[visitor] >= 0 else { return nil }
        let first = visitor * width
        let ranked = (0..<Int(counts[visitor]))
            .map { place in
                RankedMovie(
                    movie: candidates.movie(at: Int(places[first + place])),
                    rank: place + 1,
                    score: Double(scores[first + place])
                )
            }
        return Ranking(model: .svd, places: ranked)
    }
}
