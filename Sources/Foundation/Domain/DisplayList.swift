/// The list a visitor sees: both models' best movies, interleaved.
///
/// The models alternate, beginning with the starting model. A movie that is listed already is skipped and the same
/// model offers its next one; a model with nothing left is passed over. The list ends at its limit or when both are
/// exhausted.
package struct DisplayList: Hashable, Sendable {
    /// One shown movie.
    package struct Entry: Hashable, Sendable {
        /// The model whose turn it was.
        package let model: Model
        /// The movie.
        package let movie: MovieID
        /// The place in the list, from 1.
        package let order: Int

        /// Creates an entry.
        package init(model: Model, movie: MovieID, order: Int) {
            self.model = model
            self.movie = movie
            self.order = order
        }
    }

    /// The shown movies in order.
    package let entries: [Entry]

    /// Creates a list from entries already in order.
    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// Interleaves two top lists.
    ///
    /// - Parameters:
    ///   - svd: The SVD model's movies, best first.
    ///   - p5: P5's movies, best first; empty where P5 did not rank.
    ///   - start: The model that offers first.
    ///   - limit: The most movies that are shown.
    /// - Complexity: O(`svd.count + p5.count`).
    package init(svd: [MovieID], p5: [MovieID], start: Model, limit: Int = 10) {
        var offers: [Model: ArraySlice<MovieID>] = [.svd: svd[...], .p5: p5[...]]
        var listed: Set<MovieID> = []
        var entries: [Entry] = []
        entries.reserveCapacity(min(limit, svd.count + p5.count))
        var turn = start
        var exhaustedInARow = 0
        while entries.count < limit, exhaustedInARow < 2 {
            if let next = offers[turn]?.firstIndex(where: { !listed.contains($0) }), let offer = offers[turn] {
                listed.insert(offer[next])
                entries.append(Entry(model: turn, movie: offer[next], order: entries.count + 1))
                offers[turn] = offer[(next + 1)...]
                exhaustedInARow = 0
            } else {
                offers[turn] = []
                exhaustedInARow += 1
            }
            turn = turn.other
        }
        self.entries = entries
    }
}
