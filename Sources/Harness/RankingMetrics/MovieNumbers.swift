/// Dense numbers for movies, in the order in which they are first seen.
package struct MovieNumbers<Movie: Hashable & Sendable>: Sendable {
    /// The movies by number.
    package private(set) var movies: [Movie] = []
    private var numbers: [Movie: Int32] = [:]

    /// Creates numbers for no movie yet.
    package init() {}

    /// How many movies have a number.
    package var count: Int { movies.count }

    /// Returns the number of a movie, a new one where it has none.
    package mutating func number(of movie: Movie) -> Int32 {
        if let number = numbers[movie] { return number }
        let number = Int32(movies.count)
        numbers[movie] = number
        movies.append(movie)
        return number
    }

    /// Returns the numbers of a ranking, each movie at its first place only.
    ///
    /// - Complexity: O(*n*).
    package mutating func distinct(_ ranking: some Sequence<Movie>) -> [Int32] {
        var seen: Set<Int32> = []
        return ranking.map { number(of: $0) }.filter { seen.insert($0).inserted }
    }
}
