package import Domain
import Formats
import SourcePlaces

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
struct MovieLine: JSONLine {
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
        guard Self.isYear(year) else {
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

    private static func isYear(_ number: Double?) -> Bool {
        number.map { (1...9999).contains($0) && $0.rounded() == $0 } ?? true
    }
}

extension MovieLine {
    static func line(of text: UnsafeRawBufferPointer) throws(JSONFault) -> MovieLine {
        try line(of: text) { (scanner) throws(JSONFault) in try MovieLine(scanning: &scanner) }
    }

    /// Scans a movie whose members all have the types that they mostly have.
    private init?(scanning scanner: inout JSONScanner) throws(JSONFault) {
        var keys = LineKeys()
        var id: MovieID?
        var title: String?
        var year: Double?
        var genre: String?
        try scanner.object(checksKeys: false) { (key, _, scanner) throws(JSONFault) in
            keys.see(key)
            let isNull = scanner.nextByte == UInt8(ascii: "n")
            switch key {
            case "id": id = try scanner.movieID()
            case "title": title = try scanner.string()
            case "year" where !isNull: year = try scanner.double()
            case "genre" where !isNull: genre = try scanner.string()
            default: try scanner.skipValue()
            }
        }
        guard keys.areDifferent, let id, let title, Self.isYear(year) else { return nil }
        movie = CatalogueMovie(id: id, title: title, year: year.map { Int($0) }, genre: genre)
    }
}
