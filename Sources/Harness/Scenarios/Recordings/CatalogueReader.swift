package import Domain

/// Reads the catalogue of movies from JSON Lines.
///
/// One movie a line: `{"id": "318", "title": "…", "year": 1994, "genre": "Drama"}`. Year and genre may be absent or
/// null; further keys are ignored.
package enum CatalogueReader {
    /// Returns the movies of a file in their order, which is the order of the candidates.
    ///
    /// - Throws: `ScenarioError` with file, line and field; also where a movie comes twice or none is there.
    package static func read(_ path: String) throws(ScenarioError) -> [CatalogueMovie] {
        var movies: [CatalogueMovie] = []
        var lines: [MovieID: Int] = [:]
        try JSONLines.forEach(MovieLine.self, in: path) { (line, location) throws(ScenarioError) in
            if let earlier = lines.updateValue(location.line, forKey: line.movie.id) {
                throw ScenarioError(
                    .recording,
                    at: location,
                    "`id` \(line.movie.id) is the movie of line \(earlier) already"
                )
            }
            movies.append(line.movie)
        }
        guard !movies.isEmpty else {
            throw ScenarioError(.emptySelection, path: path, "the file holds no movie; one JSON object a line")
        }
        return movies
    }
}

/// One line as it is written.
private struct MovieLine: Decodable {
    let movie: CatalogueMovie

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case year
        case genre
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let year = try container.decodeIfPresent(Double.self, forKey: .year)
        guard year.map({ (1...9999).contains($0) && $0.rounded() == $0 }) ?? true else {
            throw DecodingError.dataCorruptedError(
                forKey: .year,
                in: container,
                debugDescription: "a year, a whole number from 1 to 9999"
            )
        }
        movie = CatalogueMovie(
            id: try container.decode(RecordedMovieID.self, forKey: .id).id,
            title: try container.decode(String.self, forKey: .title),
            year: year.map { Int($0) },
            genre: try container.decodeIfPresent(String.self, forKey: .genre)
        )
    }
}
