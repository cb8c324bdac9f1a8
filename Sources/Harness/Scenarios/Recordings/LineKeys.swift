import Domain
import Formats

/// The keys of an object of a line, of which each comes once.
struct LineKeys {
    /// Few, so that to look through them is faster than a table.
    private var keys: [String] = []
    /// Whether no key has come twice.
    private(set) var areDifferent = true

    /// Takes a key in.
    ///
    /// - Complexity: O(*n*) in the keys so far.
    mutating func see(_ key: String) {
        if keys.contains(where: { haveSameBytes($0, key) }) { areDifferent = false }
        keys.append(key)
    }
}

extension JSONScanner {
    /// Scans a movie's id; `nil` where it has no byte or more than an id may have.
    mutating func movieID() throws(JSONFault) -> MovieID? {
        let text = try identifier()
        return RecordedMovieID.lengths.contains(text.utf8.count) ? MovieID(text) : nil
    }

    /// Scans a list of movies' ids; `nil` where one of them is none.
    mutating func movieIDs() throws(JSONFault) -> [MovieID]? {
        var movies: [MovieID]? = []
        try array { (_, scanner) throws(JSONFault) in
            guard let movie = try scanner.movieID() else {
                movies = nil
                return
            }
            movies?.append(movie)
        }
        return movies
    }
}
