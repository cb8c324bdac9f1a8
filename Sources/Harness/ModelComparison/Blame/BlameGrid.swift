/// P5's list of one session under each pairing of SVD and P5, old and new.
package struct BlameGrid: Sendable {
    /// What one pairing ranked.
    package struct Cell: Sendable {
        /// P5's list.
        package var p5: RankedList
        /// The SVD model's best, which P5 was given.
        package var candidates: RankedList

        /// Creates a cell.
        package init(p5: RankedList, candidates: RankedList) {
            self.p5 = p5
            self.candidates = candidates
        }
    }

    /// Old SVD, old P5.
    package let old: Cell
    /// New SVD, old P5.
    package let newSVD: Cell
    /// Old SVD, new P5.
    package let newP5: Cell
    /// New SVD, new P5.
    package let new: Cell

    /// Creates a grid.
    package init(old: Cell, newSVD: Cell, newP5: Cell, new: Cell) {
        self.old = old
        self.newSVD = newSVD
        self.newP5 = newP5
        self.new = new
    }

    /// Blames every changed place.
    ///
    /// - Complexity: O(*n*) in the places.
    package func places() -> Blame.Places {
        var places = Blame.Places()
        let oldScores = Self.scores(old.p5)
        let newScores = Self.scores(new.p5)
        for place in Self.changedPlaces(old.p5, new.p5) {
            let (before, after) = (Self.movie(old.p5, place), Self.movie(new.p5, place))
            if let before, let after, let score = oldScores[before], score == oldScores[after],
                let now = newScores[before], now == newScores[after]
            {
                places.ties += 1
                continue
            }
            let bySVD = Self.movie(newSVD.p5, place) != before
            let byP5 = Self.movie(newP5.p5, place) != before
            switch (bySVD, byP5) {
            case (true, false): places.candidates += 1
            case (false, true): places.reranking += 1
            case (true, true), (false, false): places.both += 1
            }
        }
        return places
    }

    /// The places, from 0, at which two lists have not the same movie.
    package static func changedPlaces(_ old: RankedList, _ new: RankedList) -> [Int] {
        (0..<max(old.count, new.count)).filter { movie(old, $0) != movie(new, $0) }
    }

    private static func movie(_ list: RankedList, _ place: Int) -> Int32? {
        list.movies.indices.contains(place) ? list.movies[place] : nil
    }

    private static func scores(_ list: RankedList) -> [Int32: Double] {
        Dictionary(zip(list.movies, list.scores), uniquingKeysWith: { first, _ in first })
    }
}
