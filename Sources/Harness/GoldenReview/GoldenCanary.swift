import Domain
package import Goldens

/// Wrong rankings that a golden has to notice: where it does not, its tolerance says nothing any more.
package struct GoldenCanary: Sendable {
    private let golden: GoldenRankings

    /// Creates canaries for a golden, with the tolerance that it has.
    package init(_ golden: GoldenRankings) {
        self.golden = golden
    }

    /// How many wrong rankings there are, and which of them passed.
    package struct Outcome: Hashable, Sendable {
        /// How many were tried.
        package var tried = 0
        /// What passed although it is wrong, one line each.
        package var passed: [String] = []
    }

    /// Tries each session with its best movie moved just beyond what is allowed, and without its last candidate.
    ///
    /// The move is the shortest one that leaves the movie's ties, as they are by the standard tolerance, and the ranks that
    /// the golden allows. A session whose movies are all tied is tried without its last candidate alone.
    ///
    /// - Returns: What passed.
    /// - Complexity: O(*s*·*n*²) for *s* sessions of *n* places.
    package func outcome() -> Outcome {
        var outcome = Outcome()
        for session in golden.sessions {
            for (what, ranking) in wrong(session.svd) {
                outcome.tried += 1
                if ranking.map({ golden.header.comparison(with: session.svd).compare($0).isEqual }) ?? true {
                    outcome.passed.append("session \(session.id): \(what)")
                }
            }
        }
        return outcome
    }

    /// Wrong rankings in words; `nil` for one that the golden allows whatever it is.
    private func wrong(_ list: GoldenList) -> [(String, Ranking?)] {
        var found: [(String, Ranking?)] = []
        let allowed = golden.header.tolerance?.places(.svd, rank: 1) ?? 0
        let tied = list.tieClasses().first { $0.contains(1) }?.upperBound ?? 1
        let target = max(allowed, tied - 1) + 1
        if target < list.places.count {
            var places = list.places.map { RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score) }
            places.insert(places.removeFirst(), at: target)
            found.append(("the best movie at rank \(target + 1)", renumbered(places, of: list)))
        } else if tied < list.places.count {
            found.append(("the best movie at any rank", nil))
        }
        if list.places.count > 1 {
            let places = list.places.dropLast().map { RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score) }
            found.append(("the last candidate gone", Ranking(model: .svd, places: places)))
        }
        return found
    }

    /// The movies in another order, with the scores of the places at which they now stand.
    private func renumbered(_ places: [RankedMovie], of list: GoldenList) -> Ranking {
        Ranking(
            model: .svd,
            places: zip(places, list.places).map { RankedMovie(movie: $0.movie, rank: $1.rank, score: $1.score) }
        )
    }
}
