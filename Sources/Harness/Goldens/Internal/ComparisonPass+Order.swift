import Domain

extension ComparisonPass {
    /// Checks that the movies are the golden's; a movie may stand in for another only one for one.
    mutating func checkMembership() {
        let wanted = Set(expected)
        let found = Set(observed.map(\.movie))
        let extras = observed.enumerated().filter { !wanted.contains($1.movie) && !unverified.contains($1.movie) }
        let known = extras.count { keys[$0.element.movie] != nil }
        let absent = expected.count { !found.contains($0) }
        for (index, place) in extras where keys[place.movie] == nil || known > absent {
            differences.append(.extra(movie: place.movie, rank: index + 1))
            misplaced.insert(place.movie)
        }
        for (index, movie) in expected.enumerated() where !found.contains(movie) && absent > known {
            differences.append(.missing(movie: movie, goldenRank: index + 1))
            misplaced.insert(movie)
        }
    }

    /// Checks every pair of movies; a movie that is missing stands behind all others.
    mutating func checkOrder() {
        let found = Set(observed.map(\.movie))
        let missing = expected.filter { !found.contains($0) }
        let line = (observed.map(\.movie) + missing).compactMap { movie in keys[movie].map { (movie, $0) } }
        let movable = movable()
        var reported = misplaced
        for (index, (movie, key)) in line.enumerated() {
            var worst: (movie: MovieID, margin: Double)?
            for (other, otherKey) in line[(index + 1)...] where !ties.mayPrecede(key, otherKey) {
                if movable.contains(movie), movable.contains(other) {
                    tolerated.formUnion([movie, other])
                    continue
                }
                misplaced.formUnion([movie, other])
                let margin = ties.margin(of: otherKey, over: key)
                if !found.contains(other) {
                    if reported.insert(other).inserted, let rank = expected.firstIndex(of: other) {
                        differences.append(.missing(movie: other, goldenRank: rank + 1))
                    }
                } else if worst.map({ margin > $0.margin }) ?? true {
                    worst = (other, margin)
                }
            }
            if let worst, let rank = observed.firstIndex(where: { $0.movie == movie }) {
                differences.append(
                    .outOfOrder(movie: movie, rank: rank + 1, before: worst.movie, margin: worst.margin)
                )
            }
        }
    }

    /// The movies that stand no further from their ranks than the golden allows.
    private func movable() -> Set<MovieID> {
        guard moves.contains(where: { $0 > 0 }) else { return [] }
        let ranks = Dictionary(golden.places.map { ($0.movie, $0.rank) }, uniquingKeysWith: { first, _ in first })
        return Set(
            observed.enumerated()
                .compactMap { index, place in
                    guard let rank = ranks[place.movie], moves.indices.contains(rank - 1),
                        abs(index + 1 - rank) <= moves[rank - 1]
                    else { return nil }
                    return place.movie
                }
        )
    }

    func firstDifference() -> RankingComparison.FirstDifference? {
        for index in 0..<max(observed.count, expected.count) {
            let actual = index < observed.count ? observed[index].movie : nil
            let wanted = index < expected.count ? expected[index] : nil
            guard actual != wanted, [actual, wanted].contains(where: { $0.map(misplaced.contains) ?? false }) else {
                continue
            }
            let pair = actual.flatMap { keys[$0] }.flatMap { low in wanted.flatMap { keys[$0] }.map { (low, $0) } }
            return .init(
                rank: index + 1,
                expected: wanted,
                actual: actual,
                margin: pair.map { $1.score - $0.score },
                svdMargin: pair.map { $1.svdScore - $0.svdScore }
            )
        }
        return nil
    }
}
