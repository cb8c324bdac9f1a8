/// The titles of the movies that a report names, by their ids; each in one line.
struct MovieTitles {
    /// The longest title that is shown whole, in Unicode scalars.
    private static let limit = 300
    private var titles: [String: String] = [:]

    /// Reads the titles of a report, or of a part of one; none where it has none, as those of older programs.
    ///
    /// - Complexity: O(*n*) in their length.
    init(_ value: ReportValue) {
        guard case .object(let titles) = value else { return }
        for case (let movie, .text(let title)) in titles where !title.isEmpty {
            self.titles[movie] = ShownText.line(ShownText.shown(title, limit: Self.limit))
        }
    }

    /// Creates the titles of no movie.
    init() {}

    /// The title of a movie; its id where there is no title.
    func title(of movie: String) -> String { titles[movie] ?? ShownText.line(movie) }

    /// The titles of movies, one behind the other; a title may have a comma of its own.
    func line(_ movies: [String]) -> String { movies.map(title).joined(separator: " · ") }

    /// The title and the id of a movie; the id alone where there is no title.
    func full(_ movie: String) -> String {
        titles[movie].map { "\($0) (\(ShownText.line(movie)))" } ?? ShownText.line(movie)
    }
}
