/// Counts the pairs of movies that two rankings put in the same and in the opposite order.
///
/// The new places of the movies that were looked at are bits; a Fenwick tree over the words of bits counts those before
/// a place. Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24, 1994.
struct PairOrder {
    /// By word of 64 places: the places taken.
    private var words: [UInt64] = []
    /// The tree of the numbers of places taken, from 1.
    private var tree: [Int32] = []

    /// Returns Kendall's tau-b of the common movies of two rankings, each tie class being one place.
    ///
    /// Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945.
    ///
    /// - Parameter pair: The rankings.
    /// - Returns: −1 to 1; `nil` where one of the rankings holds all common movies in one class, or there are fewer
    ///   than two, so that there is no order to compare.
    /// - Complexity: O(*n* log *n*) in the length of the longer ranking.
    mutating func tauB(_ pair: borrowing RankingPair) -> Double? {
        let count = pair.common
        let all = count * (count - 1) / 2
        let inOld = all - Self.tiedPairs(pair.old)
        let inNew = all - Self.tiedPairs(pair.new)
        guard inOld > 0, inNew > 0 else { return nil }
        let balance = Self.balance(pair.old, pair.new, &words, &tree)
        return max(-1, min(1, Double(balance) / (Double(inOld).squareRoot() * Double(inNew).squareRoot())))
    }

    /// Returns how many more pairs are in the same order than in the opposite one.
    private static func balance(
        _ old: borrowing RankingPair.Side,
        _ new: borrowing RankingPair.Side,
        _ words: inout [UInt64],
        _ tree: inout [Int32]
    ) -> Int {
        let needed = new.count / 64 + 1
        if words.count < needed {
            words.append(contentsOf: repeatElement(0, count: needed - words.count))
            tree.append(contentsOf: repeatElement(0, count: needed + 1 - tree.count))
        }
        var words = words.mutableSpan
        var tree = tree.mutableSpan
        for word in 0..<words.count { words[word] = 0 }
        for node in 0..<tree.count { tree[node] = 0 }
        let placesInNew = old.placeInOther.span
        var balance = 0
        var seen = 0
        var place = 0
        while place < old.count {
            let end = old.end(ofClassAt: place)
            for member in place..<end {
                let other = Int(placesInNew[member])
                guard other >= 0 else { continue }
                let (first, last) = (new.start(ofClassAt: other), new.end(ofClassAt: other))
                let before = taken(before: first, words.span, tree.span)
                // A place that is alone in its class is not taken yet.
                balance += before - (seen - (last == first + 1 ? before : taken(before: last, words.span, tree.span)))
            }
            for member in place..<end {
                let other = Int(placesInNew[member])
                guard other >= 0 else { continue }
                take(other, &words, &tree)
                seen += 1
            }
            place = end
        }
        return balance
    }

    /// Returns the number of pairs of common movies that a ranking ties.
    private static func tiedPairs(_ side: borrowing RankingPair.Side) -> Int {
        guard side.hasTies else { return 0 }
        var pairs = 0
        var place = 0
        while place < side.count {
            let end = side.end(ofClassAt: place)
            var members = 0
            for member in place..<end where side.placeInOther[member] >= 0 { members += 1 }
            pairs += members * (members - 1) / 2
            place = end
        }
        return pairs
    }

    /// Takes a place.
    private static func take(_ place: Int, _ words: inout MutableSpan<UInt64>, _ tree: inout MutableSpan<Int32>) {
        words[place >> 6] |= 1 << UInt64(place & 63)
        var node = (place >> 6) + 1
        while node < tree.count {
            tree[node] += 1
            node += node & -node
        }
    }

    /// Counts the places taken before a place.
    private static func taken(before place: Int, _ words: Span<UInt64>, _ tree: Span<Int32>) -> Int {
        var count = (words[place >> 6] & ((1 << UInt64(place & 63)) - 1)).nonzeroBitCount
        var node = place >> 6
        while node > 0 {
            count += Int(tree[node])
            node &= node - 1
        }
        return count
    }
}
