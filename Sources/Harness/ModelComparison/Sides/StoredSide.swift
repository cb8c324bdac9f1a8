import RankingMetrics

/// A side whose rankings were made before: a file of them, the rows of a database, a stored report.
package struct StoredSide: ComparisonSide {
    package let name: String
    package let kind: String
    package let notes: [String]
    package let fingerprints: [String: String]
    /// The sessions in their order.
    private let keys: [String]
    private let content: [String: SideSession]
    /// The movies by the side's own numbers.
    private let movies: MovieTable

    /// Creates a side.
    ///
    /// - Parameters:
    ///   - name: What the user called it.
    ///   - kind: What it is.
    ///   - sessions: What it has, in order; all keys are different.
    ///   - movies: The movies by the numbers that the lists have.
    ///   - fingerprints: SHA-256 of the files behind it.
    ///   - notes: What is to be said about it.
    package init(
        name: String,
        kind: String,
        sessions: [(key: String, content: SideSession)],
        movies: MovieTable,
        fingerprints: [String: String] = [:],
        notes: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.movies = movies
        self.fingerprints = fingerprints
        self.notes = notes
        keys = sessions.map(\.key)
        content = Dictionary(sessions.map { ($0.key, $0.content) }, uniquingKeysWith: { first, _ in first })
    }

    package var sessions: [String]? { keys }

    package func rankings(
        of sessions: ArraySlice<ComparedSession>,
        in table: inout MovieTable
    ) throws -> [SideSession?] {
        var numbers = [Int32](repeating: -1, count: movies.count)
        return sessions.map { session in
            guard var found = content[session.key] else { return nil }
            for list in ComparedList.allCases {
                found.lists[list] = found.lists[list]
                    .map { ranked in
                        let common = ranked.movies.map { movie in
                            if numbers[Int(movie)] < 0 { numbers[Int(movie)] = table.number(of: movies[movie]) }
                            return numbers[Int(movie)]
                        }
                        var list = RankedList(movies: common, scores: ranked.scores)
                        list.hasScores = ranked.hasScores
                        return list
                    }
            }
            return found
        }
    }
}
