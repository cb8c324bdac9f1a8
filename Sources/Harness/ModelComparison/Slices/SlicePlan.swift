package import Domain

/// The groups of sessions that a comparison looks at one by one beside all of them.
///
/// By length of the history (`history:10-24`), by how popular the rated movies are (`popularity:low`, a third of the
/// sessions each) and by the genre that is rated most (`genre:Drama`). A movie is as popular as the share of the sessions
/// that rated it.
package struct SlicePlan: Sendable {
    /// The slice of all sessions.
    package static let all = "all"

    /// The names of the slices, `all` first.
    package let names: [String]
    /// The slices of each session, by the place of their names; `all` among them.
    private let memberships: [[Int32]]
    /// The popularity of movies, by movie.
    private let popularity: [MovieID: Double]

    /// Creates the one slice of all sessions.
    package init(sessions count: Int) {
        names = [Self.all]
        memberships = [[Int32]](repeating: [0], count: count)
        popularity = [:]
    }

    /// Creates the slices of recorded sessions.
    ///
    /// - Complexity: O(*n* log *n*) in the number of ratings.
    package init(_ sessions: [RecordedSession], catalogue: [CatalogueMovie]) {
        var counts: [MovieID: Int] = [:]
        for session in sessions {
            for movie in Set(session.ratings.map(\.movie)) { counts[movie, default: 0] += 1 }
        }
        let popularity = counts.mapValues { Double($0) / Double(max(1, sessions.count)) }
        self.popularity = popularity
        let genres = Dictionary(
            catalogue.map { ($0.id, Self.genres($0.genre)) },
            uniquingKeysWith: { first, _ in first }
        )
        let means = sessions.map { session in
            session.ratings.isEmpty
                ? 0 : session.ratings.reduce(0) { $0 + (popularity[$1.movie] ?? 0) } / Double(session.ratings.count)
        }
        let ordered = means.sorted()
        let thirds = ordered.isEmpty ? (0, 0) : (ordered[ordered.count / 3], ordered[ordered.count * 2 / 3])
        var words: [[String]] = []
        words.reserveCapacity(sessions.count)
        for (session, mean) in zip(sessions, means) {
            var own = ["history:" + Self.lengthBand(session.ratings.count)]
            own.append("popularity:" + (mean < thirds.0 ? "low" : mean < thirds.1 ? "middle" : "high"))
            if let genre = Self.mainGenre(of: session, genres) { own.append("genre:" + genre) }
            words.append(own)
        }
        let known = Set(words.joined())
        let names = [Self.all] + Self.order.filter(known.contains) + known.filter { $0.hasPrefix("genre:") }.sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        self.names = names
        memberships = words.map { own in [0] + own.compactMap { places[$0] } }
    }

    /// The slices of a session, by the places of their names.
    package func slices(of session: Int) -> [Int32] { memberships[session] }

    /// How popular a movie is, 0 to 1; `nil` where no session is known.
    package func popularity(of movie: MovieID) -> Double? { popularity.isEmpty ? nil : popularity[movie] ?? 0 }

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
