/// The relevant movies that a ranking holds, in its order.
struct Hits: ~Copyable {
    /// One relevant movie.
    private struct Hit {
        /// Its rank, from 1.
        var rank: Int
        /// What it is worth.
        var gain: Double
        /// Which of the relevant movies it is.
        var slot: UInt32
    }

    private var hits: [Hit] = []

    /// Forgets a ranking.
    mutating func clear() {
        hits.removeAll(keepingCapacity: true)
    }

    /// Finds the relevant movies of a ranking.
    mutating func find(_ relevance: borrowing Relevance, in ranking: Span<Int32>) {
        clear()
        let marks = relevance.marks.span
        for place in 0..<ranking.count {
            let movie = Int(ranking[place])
            guard marks[movie >> 6] >> UInt64(movie & 63) & 1 == 1 else { continue }
            let slot = relevance.slots[movie]
            for hit in hits where hit.slot == slot {
                preconditionFailure("movie \(movie) stands twice in the ranking")
            }
            hits.append(Hit(rank: place + 1, gain: relevance.gains[Int(slot) - 1], slot: slot))
        }
    }

    /// Returns how many hits up to a depth have at least a gain.
    func count(_ depth: Int, _ level: Double) -> Int {
        var count = 0
        for hit in hits {
            guard hit.rank <= depth else { break }
            if hit.gain >= level { count += 1 }
        }
        return count
    }

    /// Returns the rank of the first hit that has at least a gain, `nil` without one up to a depth.
    func firstRank(_ depth: Int, _ level: Double) -> Int? {
        for hit in hits {
            guard hit.rank <= depth else { break }
            if hit.gain >= level { return hit.rank }
        }
        return nil
    }

    /// Returns the sum of the precisions at the ranks of hits that have at least a gain, up to a depth.
    func sumOfPrecisions(_ depth: Int, _ level: Double) -> Double {
        var sum = 0.0
        var found = 0
        for hit in hits {
            guard hit.rank <= depth else { break }
            guard hit.gain >= level else { continue }
            found += 1
            sum += Double(found) / Double(hit.rank)
        }
        return sum
    }

    /// Returns the discounted gains up to a depth, added up.
    func discountedGain(_ depth: Int, _ discounts: Discounts) -> Double {
        var sum = 0.0
        for hit in hits {
            guard hit.rank <= depth else { break }
            sum += hit.gain / discounts[hit.rank]
        }
        return sum
    }
}
