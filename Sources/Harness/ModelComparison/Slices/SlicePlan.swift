package import Domain

/// The groups of sessions that a comparison looks at one by one beside all of them.
///
/// By length of the history (`history:10-24`), by how popular the rated movies are (`popularity:low`, a third of the
/// sessions each) and by the genre that is rated most (`genre:Drama`). A movie is as popular as the share of the sessions
/// that rated it, counted over the first ``sampleSize``.
package struct SlicePlan: Sendable {
    /// The slice of all sessions.
    package static let all = "all"

    /// How many sessions, from the first, say how popular movies are and where the thirds lie.
    package static let sampleSize = 20_000

    /// The names of all slices that a session could be in, `all` first.
    package let names: [String]
    /// What slices go by of each movie that a session of the sample rated or that has a genre.
    private let movies: [MovieID: Traits]
    /// Whether a session of the sample rated anything.
    private let knowsPopularity: Bool
    /// The popularity below which a session belongs to the low third, and to the middle one.
    private let thirds: (low: Double, middle: Double)

    /// What slices go by of a movie.
    private struct Traits: Sendable {
        /// The share of the sample's sessions that rated it.
        var popularity = 0.0
        /// The places of its genres' slices.
        var genres: [Int32] = []
    }

    /// Creates the one slice of all sessions.
    package init() {
        names = [Self.all]
        movies = [:]
        knowsPopularity = false
        thirds = (0, 0)
    }

    /// Creates the slices of recorded sessions.
    ///
    /// - Parameters:
    ///   - sample: The first sessions, ``sampleSize`` of them where there are as many.
    ///   - catalogue: The movies with their genres.
    /// - Complexity: O(*n* log *n*) in the number of ratings.
    package init(sample: [RecordedSession], catalogue: [CatalogueMovie]) {
        let genres = catalogue.map { Self.genres($0.genre) }
        let fixed =
            [Self.all] + Self.lengthBands.map { "history:" + $0.name } + Self.thirdNames.map { "popularity:" + $0 }
        let sorted = Set(genres.joined()).sorted()
        names = fixed + sorted.map { "genre:" + $0 }
        let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32(fixed.count + $0)) })
        var movies: [MovieID: Traits] = [:]
        for (movie, genres) in zip(catalogue, genres) where movies[movie.id] == nil {
            movies[movie.id] = Traits(genres: genres.compactMap { places[$0] })
        }
        var counts: [MovieID: Int] = [:]
        for session in sample {
            for movie in Set(session.ratings.map(\.movie)) { counts[movie, default: 0] += 1 }
        }
        for (movie, count) in counts {
            movies[movie, default: Traits()].popularity = Double(count) / Double(sample.count)
        }
        let ordered = sample.map { Self.meanPopularity(of: $0, movies) }.sorted()
        thirds = ordered.isEmpty ? (0, 0) : (ordered[ordered.count / 3], ordered[ordered.count * 2 / 3])
        knowsPopularity = !counts.isEmpty
        self.movies = movies
    }

    /// The slices of a session, by the places of their names, `all` among them.
    ///
    /// - Complexity: O(*n*) in its ratings.
    package func slices(of session: RecordedSession?) -> [Int32] {
        guard let session, names.count > 1 else { return [0] }
        var popularity = 0.0
        var counts = [Int32](repeating: 0, count: names.count)
        for rating in session.ratings {
            guard let traits = movies[rating.movie] else { continue }
            popularity += traits.popularity
            for genre in traits.genres { counts[Int(genre)] += 1 }
        }
        let mean = session.ratings.isEmpty ? 0 : popularity / Double(session.ratings.count)
        let band = Self.lengthBands.lastIndex { $0.from <= session.ratings.count } ?? 0
        let third = mean < thirds.low ? 0 : mean < thirds.middle ? 1 : 2
        let places = [0, Int32(1 + band), Int32(1 + Self.lengthBands.count + third)]
        // Of genres that are rated as often the first by name, in whose order their slices are.
        let most = counts.max() ?? 0
        return most > 0 ? places + [Int32(counts.firstIndex(of: most) ?? 0)] : places
    }

    /// How popular a movie is, 0 to 1; `nil` where no session is recorded.
    package func popularity(of movie: MovieID) -> Double? { knowsPopularity ? movies[movie]?.popularity ?? 0 : nil }

    private static func meanPopularity(of session: RecordedSession, _ movies: [MovieID: Traits]) -> Double {
        guard !session.ratings.isEmpty else { return 0 }
        return session.ratings.reduce(0) { $0 + (movies[$1.movie]?.popularity ?? 0) } / Double(session.ratings.count)
    }

    private static let lengthBands: [(name: String, from: Int)] = [
        ("0", 0), ("1-9", 1), ("10-24", 10), ("25-49", 25), ("50+", 50),
    ]
    private static let thirdNames = ["low", "middle", "high"]

    private static func genres(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "|" || $0 == "," || $0 == "/" }
            .map { $0.split(separator: " ").joined(separator: " ") }
            .filter { !$0.isEmpty && $0 != "(no genres listed)" }
    }
}
