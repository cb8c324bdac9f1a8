import Domain
import Observations

extension AuditedSession {
    /// The movies that the sessions of the tests may be recommended: `f1` to `f40`.
    static let movies = Set((1...40).map { MovieID("f\($0)") })

    /// A session with which nothing is wrong.
    ///
    /// - Parameters:
    ///   - session: Its id.
    ///   - start: Whose movie the visitor's list begins with.
    ///   - svd: How many rows SVD has: `f1`, `f2`, ….
    ///   - p5: How many rows P5 has.
    ///   - shared: How many of SVD's last movies are P5's first.
    /// - Returns: The session.
    static func right(
        _ session: String = "a",
        start: Model = .svd,
        svd: Int = 10,
        p5: Int = 10,
        shared: Int = 0
    ) -> AuditedSession {
        let first = svd + 1 - min(shared, svd)
        let movies: [Model: [MovieID]] = [
            .svd: (0..<svd).map { MovieID("f\($0 + 1)") },
            .p5: (0..<p5).map { MovieID("f\(first + $0)") },
        ]
        let tops = movies.mapValues { Array($0.prefix(10)) }
        let list = DisplayList(svd: tops[.svd] ?? [], p5: tops[.p5] ?? [], start: start)
        let rows = Model.allCases.flatMap { model in
            (movies[model] ?? []).enumerated()
                .map { index, movie in
                    AuditedSession.Row(
                        movie: movie,
                        score: 9 - Double(index / 2),
                        model: model.rawValue,
                        phase: 2,
                        rank: index + 1,
                        displayOrder: list.entries.first { $0.model == model && $0.movie == movie }?.order,
                        createdAt: Timestamp(microseconds: 1_000_000 + Int64(index))
                    )
                }
        }
        return AuditedSession(
            session: session,
            ratings: 3,
            newestRating: Timestamp(microseconds: 900_000),
            phase1Movies: ["f38", "f39"],
            rows: rows
        )
    }

    /// Changes one thing of a session, which then may be wrong.
    mutating func breakSomething(using random: inout SplitMix64) {
        guard !rows.isEmpty else { return }
        let row = Int.random(in: 0..<rows.count, using: &random)
        let other = Int.random(in: 0..<rows.count, using: &random)
        let number = [nil, Row.unreadable, -1, 0, 1, 2, 9, 10, 11, 12, 33, 100].randomElement(using: &random) ?? nil
        switch Int.random(in: 0..<22, using: &random) {
        case 0: rows[row].rank = number
        case 1: rows[row].displayOrder = number
        case 2: rows[row].phase = number
        case 3: rows[row].movie = ["f\(number ?? 1)", "f38", "g1", "", nil].randomElement(using: &random) ?? nil
        case 4: rows[row].movie = rows[other].movie
        case 5: rows[row].score = [nil, .nan, .infinity, -.infinity, 0, 99].randomElement(using: &random) ?? nil
        case 6: rows[row].model = ["svd", "p5", "svd2", nil].randomElement(using: &random) ?? nil
        case 7:
            let moments: [Int64?] = [nil, .min, .max, 0, 899_999, 62_000_000]
            rows[row].createdAt = (moments.randomElement(using: &random) ?? nil).map { Timestamp(microseconds: $0) }
        case 8: rows.remove(at: row)
        case 9: rows.append(rows[row])
        case 10:
            let model = rows[row].model
            rows.removeAll { $0.model == model }
        case 11: (rows[row].rank, rows[other].rank) = (rows[other].rank, rows[row].rank)
        case 12: (rows[row].movie, rows[other].movie) = (rows[other].movie, rows[row].movie)
        case 13: (rows[row].displayOrder, rows[other].displayOrder) = (rows[other].displayOrder, rows[row].displayOrder)
        case 14: (rows[row].score, rows[other].score) = (rows[other].score, rows[row].score)
        case 15: for index in rows.indices { rows[index].displayOrder = nil }
        case 16: newestRating = Timestamp(microseconds: [900_000, 1_000_005, 1_000_009, 1_000_010][row % 4])
        case 17: visibleDisplayed = [0, 9, 10, 20].randomElement(using: &random)
        case 18: isKnown.toggle()
        case 19: session = nil
        case 20: phase1Movies.insert(rows[row].movie ?? "")
        default: hasAsked.toggle()
        }
    }
}
