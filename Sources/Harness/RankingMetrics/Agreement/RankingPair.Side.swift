extension RankingPair {
    /// One of the two rankings.
    struct Side: ~Copyable {
        /// The number of places.
        var count = 0
        /// By place: the place of the same movie in the other ranking, −1 where that lacks it.
        var placeInOther: [Int32] = []
        /// By place, where there are ties: the first place of its tie class.
        private var classStart: [Int32] = []
        /// By place, where there are ties: the place behind the last of its tie class.
        private var classEnd: [Int32] = []
        /// Whether a tie class has more than one movie.
        var hasTies = false

        /// Makes room for a ranking.
        mutating func reserve(_ count: Int) {
            self.count = count
            guard placeInOther.count < count else { return }
            let missing = count - placeInOther.count
            placeInOther.append(contentsOf: repeatElement(-1, count: missing))
            classStart.append(contentsOf: repeatElement(0, count: missing))
            classEnd.append(contentsOf: repeatElement(0, count: missing))
        }

        /// Finds the runs of neighbours of equal score.
        mutating func findTies(_ scores: Span<Double>) {
            precondition(scores.isEmpty || scores.count == count, "\(scores.count) scores of \(count) movies")
            hasTies = false
            var previous = Double.nan
            for place in 0..<scores.count {
                let score = scores[place]
                precondition(!score.isNaN, "the score of place \(place) is no number")
                if score == previous { hasTies = true }
                previous = score
            }
            guard hasTies else { return }
            var start = 0
            for place in 0..<count where place + 1 == count || scores[place] != scores[place + 1] {
                for member in start...place {
                    classStart[member] = Int32(truncatingIfNeeded: start)
                    classEnd[member] = Int32(truncatingIfNeeded: place + 1)
                }
                start = place + 1
            }
        }

        /// The first place of the tie class of a place.
        func start(ofClassAt place: Int) -> Int {
            hasTies ? Int(classStart[place]) : place
        }

        /// The place behind the last of the tie class of a place.
        func end(ofClassAt place: Int) -> Int {
            hasTies ? Int(classEnd[place]) : place + 1
        }
    }
}
