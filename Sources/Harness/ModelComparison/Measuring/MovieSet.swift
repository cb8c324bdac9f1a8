/// Some of the movies of a catalogue, by their numbers from 0: a bit for each.
struct MovieSet: Hashable, Sendable {
    private var words: [UInt64]

    /// Creates the set of none of so many movies.
    init(of movies: Int) {
        words = Array(repeating: 0, count: (movies + 63) / 64)
    }

    /// How many movies there are.
    ///
    /// - Complexity: O(*n*) in the movies of the catalogue.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Adds movies.
    ///
    /// - Precondition: Each is one of the catalogue's.
    /// - Complexity: O(*n*) in the movies that are added.
    mutating func formUnion(_ movies: [Int32]) {
        for movie in movies { words[Int(movie) / 64] |= 1 << UInt64(movie % 64) }
    }
}
