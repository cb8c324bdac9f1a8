#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// The relevant movies that a ranking holds, in its order.
struct Hits {
    /// By hit: its rank, from 1.
    private var ranks: [Int] = []
    /// By hit: its gain.
    private var gains: [Double] = []
    /// By hit: which of the relevant movies it is.
    private var slots: [UInt32] = []

    /// Forgets a ranking.
    mutating func clear() {
        ranks.removeAll(keepingCapacity: true)
        gains.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }

    /// Finds the relevant movies of a ranking.
    mutating func find(_ relevance: borrowing Relevance, in ranking: Span<Int32>) {
        clear()
        for place in 0..<ranking.count {
            let slot = relevance.slot(of: ranking[place])
            guard slot != 0 else { continue }
            precondition(!slots.contains(slot), "movie \(ranking[place]) stands twice in the ranking")
            slots.append(slot)
            ranks.append(place + 1)
            gains.append(relevance.gains[Int(slot) - 1])
        }
    }

    /// Returns how many hits up to a depth have at least a gain.
    func count(_ depth: Int, _ level: Double) -> Int {
        var count = 0
        for hit in ranks.indices {
            guard ranks[hit] <= depth else { break }
            if gains[hit] >= level { count += 1 }
        }
        return count
    }

    /// Returns the rank of the first hit that has at least a gain, `nil` without one up to a depth.
    func firstRank(_ depth: Int, _ level: Double) -> Int? {
        for hit in ranks.indices {
            guard ranks[hit] <= depth else { break }
            if gains[hit] >= level { return ranks[hit] }
        }
        return nil
    }

    /// Returns the sum of the precisions at the ranks of hits that have at least a gain, up to a depth.
    func sumOfPrecisions(_ depth: Int, _ level: Double) -> Double {
        var sum = 0.0
        var found = 0
        for hit in ranks.indices {
            guard ranks[hit] <= depth else { break }
            guard gains[hit] >= level else { continue }
            found += 1
            sum += Double(found) / Double(ranks[hit])
        }
        return sum
    }

    /// Returns the gains up to a depth, each over log2(rank + 1), added up.
    ///
    /// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
    func discountedGain(_ depth: Int) -> Double {
        var sum = 0.0
        for hit in ranks.indices {
            guard ranks[hit] <= depth else { break }
            sum += gains[hit] / log2(Double(ranks[hit] + 1))
        }
        return sum
    }
}
