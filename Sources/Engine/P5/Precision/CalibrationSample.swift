import Domain

/// The visitors that a model is calibrated on: made up from the movies that it was trained with, the same in every run.
///
/// Each has its own id, none to thirty ratings, and one movie to be rated, so that no two prompts share more than the words
/// that all do.
struct CalibrationSample {
    /// How many there are.
    static let size = 128

    /// A visitor with the movie to be rated.
    struct Visitor: Hashable {
        let session: SessionID
        let history: [Rating]
        let movie: MovieID
    }

    /// The visitors; none where there are no movies.
    let visitors: [Visitor]

    /// Makes up visitors.
    ///
    /// - Complexity: O(*n* log *n*) in the movies.
    init(movies: some Collection<MovieID>) {
        let ordered = movies.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        var generator = SplitMix64(seed: 0x70_35)
        visitors =
            ordered.isEmpty
            ? [] : (0..<Self.size).map { number in Self.visitor(number, among: ordered, &generator) }
    }

    private static func visitor(_ number: Int, among movies: [MovieID], _ generator: inout SplitMix64) -> Visitor {
        func movie() -> MovieID { movies[Int(generator.next() % UInt64(movies.count))] }
        // Every length once before one comes twice.
        let history = (0..<number % (RatingPrompt.historyLimit + 1))
            .map { age in
                Rating(
                    movie: movie(),
                    value: Double(generator.next() % 11),
                    createdAt: Timestamp(microseconds: Int64(-age))
                )
            }
        guard let session = SessionID(SessionID.text(high: generator.next(), low: generator.next())) else {
            preconditionFailure("the text of a session's id is none")
        }
        return Visitor(session: session, history: history, movie: movie())
    }
}
