import Domain
import Reports

/// Sessions and catalogues as JSON Lines, with ids spelled as strings or as numbers.
enum SpelledFiles {
    /// How ids are spelled.
    enum Spelling: Hashable, Sendable {
        /// All as JSON strings.
        case strings
        /// Those that a JSON number can hold to the letter as numbers, the others as strings.
        case numbers
    }

    /// An id in one of its spellings.
    private struct SpelledID: Encodable {
        let id: MovieID
        let spelling: Spelling

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if spelling == .numbers, let number = SpelledFiles.number(id) {
                try container.encode(number)
            } else {
                try container.encode(id.text)
            }
        }
    }

    private struct SessionLine: Encodable {
        struct RatingLine: Encodable {
            let movie_id: SpelledID
            let rating: Double
            let created_at: String
        }

        let session_id: String
        let phase: String
        let ratings: [RatingLine]
        let phase1_movies: [SpelledID]
    }

    private struct MovieLine: Encodable {
        let id: SpelledID
        let title: String
        let year: Int?
        let genre: String?
    }

    /// The number that spells an id to the letter, `nil` where there is none, as of `0318` or `tt0111161`.
    static func number(_ id: MovieID) -> Int? {
        guard let number = Int(id.text), MovieID(String(number)) == id else { return nil }
        return number
    }

    /// Returns sessions as the sessions file holds them, a line each.
    static func sessions(_ sessions: [RecordedSession], ids spelling: Spelling = .strings) -> String {
        sessions.map { session in
            ReportEncoding.dataLine(
                SessionLine(
                    session_id: session.id.text,
                    phase: session.phase,
                    ratings: session.ratings.map { rating in
                        SessionLine.RatingLine(
                            movie_id: SpelledID(id: rating.movie, spelling: spelling),
                            rating: rating.value,
                            created_at: rating.createdAt.iso8601
                        )
                    },
                    phase1_movies: session.phase1Movies.map { SpelledID(id: $0, spelling: spelling) }
                )
            )
        }
        .joined()
    }

    /// Returns a catalogue as its file holds it, a line a movie.
    static func catalogue(_ movies: [CatalogueMovie], ids spelling: Spelling = .strings) -> String {
        movies.map { movie in
            ReportEncoding.dataLine(
                MovieLine(
                    id: SpelledID(id: movie.id, spelling: spelling),
                    title: movie.title,
                    year: movie.year,
                    genre: movie.genre
                )
            )
        }
        .joined()
    }
}
