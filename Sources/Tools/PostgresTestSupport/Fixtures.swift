package import Domain

/// The `number`-th session of the tests.
package func session(_ number: Int = 1) -> SessionID {
    let digits = String(number)
    return SessionID("00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)!
}

/// A model's set of rows for movies `<prefix>1…<prefix>count`; the first ten are displayed.
package func rows(
    _ model: Model,
    of session: SessionID = session(),
    phase: Int = 2,
    count: Int = 10,
    prefix: String = "movie-"
) -> [RecommendationRow] {
    (1...count)
        .map { rank in
            RecommendationRow(
                session: session,
                movie: MovieID("\(prefix)\(rank)"),
                score: 10 - Double(rank) / 16,
                model: model,
                phase: phase,
                rank: rank,
                displayOrder: model == .svd && rank <= 10 ? rank : nil
            )
        }
}

/// A recorded session that rates movies `m1`, `m2`, … with the given moments in seconds.
package func recorded(_ id: SessionID, at seconds: [Int], phase1: [MovieID] = []) -> RecordedSession {
    let ratings = seconds.enumerated()
        .map { index, second in
            Rating(
                movie: MovieID("m\(index + 1)"),
                value: Double(index % 11),
                createdAt: Timestamp(microseconds: 1_450_000_000_000_000 + Int64(second) * 1_000_000)
            )
        }
    return RecordedSession(id: id, phase: "recommendation", ratings: ratings, phase1Movies: phase1)
}

/// A catalogue of movies `f1…f<count>`.
package func catalogue(_ count: Int) -> [CatalogueMovie] {
    (1...count)
        .map { number in
            CatalogueMovie(
                id: MovieID("f\(number)"),
                title: "Movie \(number)",
                year: 1990 + number % 30,
                genre: "Drama"
            )
        }
}
