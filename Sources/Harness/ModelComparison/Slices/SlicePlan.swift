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
    /// The place of each name.
    private let places: [String: Int32]
    /// The popularity of movies; empty where no session is recorded.
    private let popularity: [MovieID: Double]
    /// The popularity below which a session belongs to the low third, and to the middle one.
    private let thirds: (low: Double, middle: Double)
    /// The genres of movies.
    private let genres: [MovieID: [String]]

    /// Creates the one slice of all sessions.
    package init() {
        self.init(names: [Self.all], popularity: [:], thirds: (0, 0), genres: [:])
    }

    /// Creates the slices of recorded sessions.
    ///
    /// - Parameters:
    ///   - sample: The first sessions, ``sampleSize`` of them where there are as many.
    ///   - catalogue: The movies with their genres.
    /// - Complexity: O(*n* log *n*) in the number of ratings.
    package init(sample: [RecordedSession], catalogue: [CatalogueMovie]) {
        var counts: [MovieID: Int] = [:]
        for session in sample {
            for movie in Set(session.ratings.map(\.movie)) { counts[movie, default: 0] += 1 }
        }
        let popularity = counts.mapValues { Double($0) / Double(max(1, sample.count)) }
        let genres = Dictionary(
            catalogue.map { ($0.id, Self.genres($0.genre)) },
            uniquingKeysWith: { first, _ in first }
        )
        let ordered = sample.map { Self.meanPopularity(of: $0, popularity) }.sorted()
        self.init(
            names: [Self.all] + Self.order + Set(genres.values.joined()).sorted().map { "genre:" + $0 },
            popularity: popularity,
            thirds: ordered.isEmpty ? (0, 0) : (ordered[ordered.count / 3], ordered[ordered.count * 2 / 3]),
            genres: genres
        )
    }

    private init(
        names: [String],
        popularity: [MovieID: Double],
        thirds: (Double, Double),
        genres: [MovieID: [String]]
    ) {
        self.names = names
        self.popularity = popularity
        self.thirds = thirds
        self.genres = genres
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    }

    /// The slices of a session, by the places of their names, `all` among them.
    ///
    /// - Complexity: O(*n*) in its ratings.
    package func slices(of session: RecordedSession?) -> [Int32] {
        guard let session, names.count > 1 else { return [0] }
        let mean = Self.meanPopularity(of: session, popularity)
        var words = ["history:" + Self.lengthBand(session.ratings.count)]
        words.append("popularity:" + (mean < thirds.low ? "low" : mean < thirds.middle ? "middle" : "high"))
        if let genre = Self.mainGenre(of: session, genres) { words.append("genre:" + genre) }
        return [0] + words.compactMap { places[$0] }
    }

    /// How popular a movie is, 0 to 1; `nil` where no session is recorded.
    package func popularity(of movie: MovieID) -> Double? { popularity.isEmpty ? nil : popularity[movie] ?? 0 }

    private static func meanPopularity(of session: RecordedSession, _ popularity: [MovieID: Double]) -> Double {
        guard !session.ratings.isEmpty else { return 0 }
        return session.ratings.reduce(0) { $0 + (popularity[$1.movie] ?? 0) } / Double(session.ratings.count)
    }

    private static let order =
        ["0", "1-9", "10-24", "25-49", "50+"].map { "history:" + $0 }
        + ["low", "middle", "high"].map { "popularity:" + $0 }

    private static func lengthBand(_ count: Int) -> String {
        switch count {
        case 0: "0"
        case 1...9: "1-9"
        case 10...24: "10-24"
        case 25...49: "25-49"
        default: "50+"
        }
    }

    private static func genres(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "|" || $0 == "," || $0 == "/" }
            .map { $0.split(separator: " ").joined(separator: " ") }
            .filter { !$0.isEmpty && $0 != "(no genres listed)" }
    }

    /// The genre of most rated movies; of several the first by name.
    private static func mainGenre(of session: RecordedSession, _ genres: [MovieID: [String]]) -> String? {
        var counts: [String: Int] = [:]
        for rating in session.ratings {
            for genre in genres[rating.movie] ?? [] { counts[genre, default: 0] += 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
