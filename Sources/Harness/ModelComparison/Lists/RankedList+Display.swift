package import Domain

extension RankedList {
    /// The display list of two rankings by the rule of `DisplayList`, on numbers.
    ///
    /// - Parameters:
    ///   - svd: The SVD model's best.
    ///   - p5: P5's best; empty where P5 did not rank.
    ///   - start: The model that offers first.
    ///   - limit: The most movies that are shown.
    /// - Returns: The list.
    /// - Complexity: O(*l*²) in the limit.
    package static func display(
        svd: ArraySlice<Int32>,
        p5: ArraySlice<Int32>,
        startingWith start: Model,
        limit: Int = 10
    ) -> RankedList {
        var movies: [Int32] = []
        movies.reserveCapacity(limit)
        var offers = start == .svd ? (svd, p5) : (p5, svd)
        while movies.count < limit, !(offers.0.isEmpty && offers.1.isEmpty) {
            while let offer = offers.0.popFirst() {
                if movies.contains(offer) { continue }
                movies.append(offer)
                break
            }
            swap(&offers.0, &offers.1)
        }
        let count = movies.count
        return RankedList(movies: movies, scores: (0..<count).map { Double(count - $0) })
    }
}
