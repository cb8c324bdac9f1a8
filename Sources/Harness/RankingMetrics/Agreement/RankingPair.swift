/// Two rankings, each place with the place of its movie in the other.
struct RankingPair: ~Copyable {
    /// The old ranking.
    private(set) var old = Side()
    /// The new ranking.
    private(set) var new = Side()
    /// By depth: how many movies both hold in so many first places, up to the length of the longer ranking.
    private(set) var commonAtDepth: [Int32] = [0]
    /// The sum of the moves of all movies, one that a ranking lacks standing right behind the longer ranking's last place.
    ///
    /// Diaconis and Graham, "Spearman's footrule as a measure of disarray", J. R. Stat. Soc. B 39, 1977; for rankings that
    /// do not hold the same movies as in Fagin, Kumar and Sivakumar, "Comparing top k lists", SIAM J. Discrete Math. 17,
    /// 2003, section 3.
    private(set) var footrule = 0

    /// By movie, between calls 0 throughout: what the ranking in hand says of it.
    private var marks: [Int32]

    /// Creates room for movies below a number.
    init(movies: Int) {
        precondition(movies >= 0 && movies < Int32.max, "a workspace for \(movies) movies")
        marks = Array(repeating: 0, count: movies)
    }

    /// Whether one of the rankings has ties.
    var hasTies: Bool { old.hasTies || new.hasTies }

    /// How many movies both hold.
    var common: Int { Int(commonAtDepth[max(old.count, new.count)]) }

    /// Takes in two rankings.
    ///
    /// - Complexity: O(*n*) in their lengths.
    mutating func align(_ old: Span<Int32>, _ oldScores: Span<Double>, _ new: Span<Int32>, _ newScores: Span<Double>) {
        self.old.reserve(old.count)
        self.new.reserve(new.count)
        let longest = max(old.count, new.count)
        if commonAtDepth.count <= longest {
            commonAtDepth.append(contentsOf: repeatElement(0, count: longest + 1 - commonAtDepth.count))
        }
        footrule = Self.match(
            old,
            new,
            marks: &marks,
            placesInNew: &self.old.placeInOther,
            placesInOld: &self.new.placeInOther,
            common: &commonAtDepth
        )
        self.old.findTies(oldScores)
        self.new.findTies(newScores)
    }

    /// Finds each movie's places in both rankings, the overlaps at all depths, and the sum of the moves.
    private static func match(
        _ old: Span<Int32>,
        _ new: Span<Int32>,
        marks: inout [Int32],
        placesInNew: inout [Int32],
        placesInOld: inout [Int32],
        common: inout [Int32]
    ) -> Int {
        var marks = marks.mutableSpan
        var placesInNew = placesInNew.mutableSpan
        var placesInOld = placesInOld.mutableSpan
        var common = common.mutableSpan
        let (oldCount, newCount) = (old.count, new.count)
        let longest = max(oldCount, newCount)
        for depth in 0...longest { common[depth] = 0 }
        for place in 0..<oldCount {
            let movie = Int(old[place])
            precondition(marks[movie] == 0, "movie \(movie) stands twice in the old ranking")
            marks[movie] = Int32(truncatingIfNeeded: place + 1)
            placesInNew[place] = -1
        }
        var moves = largestFootrule(oldCount, newCount)
        for place in 0..<newCount {
            let movie = Int(new[place])
            let mark = marks[movie]
            precondition(mark >= 0, "movie \(movie) stands twice in the new ranking")
            marks[movie] = -1
            let other = Int(mark) - 1
            placesInOld[place] = Int32(truncatingIfNeeded: other)
            guard other >= 0 else { continue }
            placesInNew[other] = Int32(truncatingIfNeeded: place)
            common[max(place, other) + 1] += 1
            moves += abs(place - other) - (longest - place) - (longest - other)
        }
        for depth in 0..<longest { common[depth + 1] += common[depth] }
        for place in 0..<oldCount { marks[Int(old[place])] = 0 }
        for place in 0..<newCount { marks[Int(new[place])] = 0 }
        return moves
    }

    /// Returns what the first places share.
    func agreement(atDepth depth: Int) -> DepthAgreement {
        DepthAgreement(
            depth: depth,
            oldCount: min(depth, old.count),
            newCount: min(depth, new.count),
            common: Int(commonAtDepth[min(depth, max(old.count, new.count))])
        )
    }

    /// Returns the footrule of two rankings without a common movie.
    ///
    /// - Complexity: O(1).
    static func largestFootrule(_ old: Int, _ new: Int) -> Int {
        let longest = max(old, new)
        func sum(_ count: Int) -> Int { count * longest - count * (count - 1) / 2 }
        return sum(old) + sum(new)
    }

    /// Returns the place of the first movie that stands in a ranking for the second time.
    mutating func firstRepetition(in ranking: Span<Int32>) -> Int? {
        var marks = marks.mutableSpan
        var place = 0
        while place < ranking.count, marks[Int(ranking[place])] == 0 {
            marks[Int(ranking[place])] = 1
            place += 1
        }
        for seen in 0..<place { marks[Int(ranking[seen])] = 0 }
        return place < ranking.count ? place : nil
    }
}
