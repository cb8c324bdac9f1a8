/// The tie classes of two rankings at one depth: those that have ended, and the one of each that has begun.
///
/// Vectors hold the three treatments of ties in the order `w`, `a`, `b`; their last element is unused.
struct TieClassPair {
    /// How a ranking stands at a depth.
    private struct Progress {
        /// The place behind the last class that has ended.
        var ended = 0
        /// The place behind the last class that has begun.
        var begun = 0

        /// The share of the begun class that a depth takes in.
        func share(at depth: Int) -> Double {
            begun == ended ? 0 : Double(min(depth, begun) - ended) / Double(begun - ended)
        }
    }

    private var short = Progress()
    private var long = Progress()
    /// Movies whose classes have ended in both rankings.
    private(set) var both = 0
    /// Movies whose class has begun in the shorter and ended in the longer ranking.
    private var begunInShort = 0
    /// Movies whose class has ended in the shorter and begun in the longer ranking.
    private var begunInLong = 0
    /// Movies whose classes have begun in both rankings.
    private var begunInBoth = 0

    /// Takes in the classes that begin at a depth.
    ///
    /// - Parameters:
    ///   - depth: The depth, one more than in the call before.
    ///   - shorter: The shorter ranking.
    ///   - longer: The longer ranking.
    mutating func begin(at depth: Int, _ shorter: borrowing RankingPair.Side, _ longer: borrowing RankingPair.Side) {
        if depth > short.begun, depth <= shorter.count {
            short.begun = shorter.end(ofClassAt: depth - 1)
            for place in short.ended..<short.begun {
                let other = Int(shorter.placeInOther[place])
                guard other >= 0 else { continue }
                if other < long.ended { begunInShort += 1 } else if other < long.begun { begunInBoth += 1 }
            }
        }
        if depth > long.begun {
            long.begun = longer.end(ofClassAt: depth - 1)
            for place in long.ended..<long.begun {
                let other = Int(longer.placeInOther[place])
                guard other >= 0 else { continue }
                if other < short.ended { begunInLong += 1 } else if other < short.begun { begunInBoth += 1 }
            }
        }
    }

    /// Moves the classes that end at a depth to those that have ended.
    mutating func end(at depth: Int, _ shorter: borrowing RankingPair.Side, _ longer: borrowing RankingPair.Side) {
        if depth == short.begun {
            both += begunInShort
            begunInLong += begunInBoth
            (begunInShort, begunInBoth) = (0, 0)
            short.ended = depth
        }
        if depth == long.begun {
            both += begunInLong
            begunInShort += begunInBoth
            (begunInLong, begunInBoth) = (0, 0)
            long.ended = depth
        }
    }

    /// Returns the agreement at a depth that both rankings reach.
    func agreement(depth: Int) -> SIMD4<Double> {
        let (inShort, inLong) = (short.share(at: depth), long.share(at: depth))
        let shared = Double(both + begunInShort + begunInLong + begunInBoth)
        let average =
            Double(both) + inShort * Double(begunInShort) + inLong * Double(begunInLong)
            + inShort * inLong * Double(begunInBoth)
        let squares = Self.squares(short, inShort) * Self.squares(long, inLong)
        let places = Double(short.begun + long.begun) / 2
        return SIMD4(shared / places, average / Double(depth), average / squares.squareRoot(), 0)
    }

    /// Returns the agreement at a depth that only the longer ranking reaches.
    ///
    /// - Parameters:
    ///   - depth: The depth.
    ///   - unseen: How many places the shorter ranking is short of it.
    ///   - assumed: The agreement that those places are taken to have.
    /// - Returns: The agreement by each treatment.
    func agreement(depth: Int, unseen: Int, assumed: SIMD4<Double>) -> SIMD4<Double> {
        let inLong = long.share(at: depth)
        // The unseen places are untied, and hold any of the longer ranking's movies that the shorter lacks.
        let candidates = Double(long.ended - both)
        let begun = Double(long.begun - long.ended - begunInLong)
        let weight = candidates + begun == 0 ? 0 : (candidates + inLong * begun) / (candidates + begun)
        let expected = assumed * Double(unseen) * SIMD4(1, weight, weight, 0)
        let average = Double(both) + inLong * Double(begunInLong)
        let seen = SIMD4(Double(both + begunInLong), average, average, 0)
        let squares = Double(depth) * Self.squares(long, inLong)
        return (seen + expected) / SIMD4(Double(depth + long.begun) / 2, Double(depth), squares.squareRoot(), 1)
    }

    /// Returns the sum of the squares of what each movie of a ranking counts.
    private static func squares(_ side: Progress, _ share: Double) -> Double {
        Double(side.ended) + Double(side.begun - side.ended) * share * share
    }
}
