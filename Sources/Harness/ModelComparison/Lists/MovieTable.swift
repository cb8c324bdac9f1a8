package import Domain
package import RankingMetrics

/// The movies of a comparison by dense numbers, so that lists are compared without their texts.
package typealias MovieTable = MovieNumbers<MovieID>

extension MovieNumbers {
    /// Numbers movies in their order; of one that comes twice the first place counts.
    package init(_ movies: some Sequence<Movie>) {
        self.init()
        for movie in movies { _ = number(of: movie) }
    }

    /// The movie of a number.
    package subscript(number: Int32) -> Movie { movies[Int(number)] }
}
