/// Some of many places, evenly spread, the first and the last among them.
struct Sample: Hashable, Sendable {
    /// The chosen places in their order.
    let places: [Int]

    /// Chooses at most so many of `count` places.
    ///
    /// - Precondition: At least two may be chosen.
    init(of count: Int, atMost limit: Int) {
        precondition(limit > 1, "a sample of \(limit)")
        guard count > limit else {
            places = Array(0..<count)
            return
        }
        places = (0..<limit).map { Int((Double($0) * Double(count - 1) / Double(limit - 1)).rounded()) }
    }
}
