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
    mutating func tauB(_ pair: RankingPair) -> Double? {
        let count = pair.common
        let all = count * (count - 1) / 2
        let inOld = all - Self.tiedPairs(pair.old)
        let inNew = all - Self.tiedPairs(pair.new)
        guard inOld > 0, inNew > 0 else { return nil }
        clear(places: pair.new.count)
        var balance = 0
        var taken = 0
        var place = 0
        while place < pair.old.count {
            let end = pair.old.end(ofClassAt: place)
            for member in place..<end {
                let other = Int(pair.old.placeInOther[member])
                guard other >= 0 else { continue }
                let first = pair.new.start(ofClassAt: other)
                let last = pair.new.end(ofClassAt: other)
                let before = countTaken(before: first)
                // A place that is alone in its class is not taken yet.
                balance += before - (taken - (last == first + 1 ? before : countTaken(before: last)))
            }
            for member in place..<end {
                let other = Int(pair.old.placeInOther[member])
                guard other >= 0 else { continue }
                take(other)
                taken += 1
            }
            place = end
        }
        return max(-1, min(1, Double(balance) / (Double(inOld).squareRoot() * Double(inNew).squareRoot())))
    }

    /// Returns the number of pairs of common movies that a ranking ties.
    private static func tiedPairs(_ side: RankingPair.Side) -> Int {
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

    /// Makes all places free.
    private mutating func clear(places: Int) {
        let count = places / 64 + 1
        if words.count < count {
            words.append(contentsOf: repeatElement(0, count: count - words.count))
            tree.append(contentsOf: repeatElement(0, count: count + 1 - tree.count))
        }
        for word in 0..<count {
            words[word] = 0
            tree[word + 1] = 0
        }
    }

    private mutating func take(_ place: Int) {
        words[place >> 6] |= 1 << UInt64(place & 63)
        var node = (place >> 6) + 1
        while node < tree.count {
            tree[node] += 1
            node += node & -node
        }
    }

    private func countTaken(before place: Int) -> Int {
        let word = place >> 6
        var count = (words[word] & ((1 << UInt64(place & 63)) - 1)).nonzeroBitCount
        var node = word
        while node > 0 {
            count += Int(tree[node])
            node &= node - 1
        }
        return count
    }
}
