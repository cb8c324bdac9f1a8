package import Domain
import RankingMetrics

/// Where the movies of one session stand on each side, from the SVD model by P5 to the display list.
package struct Explanation: Sendable {
    /// One place of a list.
    package struct Place: Hashable, Sendable, Encodable {
        /// The movie.
        package let movie: MovieID
        /// The place, from 1.
        package let rank: Int
        /// The score; `nil` in the display list.
        package let score: Double?
        /// Whether a neighbour has the same score.
        package let isTied: Bool
    }

    /// One side's lists.
    package struct Side: Hashable, Sendable, Encodable {
        /// What the user called it.
        package let name: String
        /// The SVD model's best.
        package let svd: [Place]
        /// P5's order; empty where P5 did not rank.
        package let p5: [Place]
        /// What the visitor sees.
        package let display: [Place]
        /// What the side says about the session.
        package let notes: [String]

        /// The place of a movie in a list.
        package func rank(of movie: MovieID, in list: ComparedList) -> Int? {
            places(of: list).first { $0.movie == movie }?.rank
        }

        /// The places of a list.
        package func places(of list: ComparedList) -> [Place] {
            switch list {
            case .svd: svd
            case .p5: p5
            case .display: display
            }
        }
    }

    /// The session.
    package let session: String
    /// The sides, the old one first.
    package let sides: [Side]

    /// Ranks a session on each side.
    ///
    /// - Throws: ``ComparisonError`` where a side does not have the session; what a side throws.
    package init(of session: ComparedSession, sides: [any ComparisonSide]) throws {
        self.session = session.key
        var table = MovieTable()
        self.sides = try sides.map { side in
            guard let content = try side.rankings(of: [session][...], in: &table)[0] else {
                throw ComparisonError(side.name, "has nothing for the session \(session.key)")
            }
            return Side(
                name: side.name,
                svd: Self.places(content.lists.svd, table),
                p5: Self.places(content.lists.p5, table),
                display: Self.places(content.lists.display, table, hasScores: false),
                notes: content.notes
            )
        }
    }

    /// The movies that are among the first of any list, in the order in which a reader meets them: the last side first,
    /// what is shown before what is not.
    ///
    /// - Parameter depth: How many places of each list are looked at.
    /// - Returns: The movies, each once.
    package func movies(depth: Int) -> [MovieID] {
        var seen: Set<MovieID> = []
        return sides.reversed()
            .flatMap { side in [side.display, side.p5, side.svd].flatMap { $0.prefix(depth).map(\.movie) } }
            .filter { seen.insert($0).inserted }
    }

    private static func places(_ list: RankedList?, _ table: MovieTable, hasScores: Bool = true) -> [Place] {
        guard let list else { return [] }
        return list.movies.indices.map { index in
            let score = list.scores[index]
            let neighbours = [index - 1, index + 1].filter(list.scores.indices.contains)
            return Place(
                movie: table[list.movies[index]],
                rank: index + 1,
                score: hasScores ? score : nil,
                isTied: hasScores && neighbours.contains { list.scores[$0] == score }
            )
        }
    }
}
