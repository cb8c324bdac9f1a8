import Domain
import Foundation

/// `coldstart compare` and `explain` as a user starts them, over random factors of the production model's size.
struct ComparisonFigures {
    /// The program `coldstart`.
    let program: String
    /// The folder in which bundles and sessions are made.
    let folder: String
    /// How often each runs.
    let rounds: Int

    private static let movies = 11_888
    private static let sessions = 10_000

    /// Measures.
    ///
    /// - Throws: ``BenchError`` where a run does not pass.
    func measure() throws -> [Figure] {
        try RandomFactors.make(movies: Self.movies, in: folder + "/old/svd_5core")
        try RandomFactors.make(movies: Self.movies, in: folder + "/new/svd_5core", drift: 0.006)
        let first = try makeSessions()
        let inputs = [
            "--sessions", folder + "/sessions.jsonl", "--catalogue", folder + "/catalogue.jsonl", "--models", "svd",
        ]
        let sides = [folder + "/old", folder + "/new"]
        let compare = [program, "compare"] + sides + inputs + ["--hold-out", "last:3", "--format", "json"]
        let explain =
            [program, "explain", first] + sides + [
                "--sessions", folder + "/one.jsonl", "--catalogue", folder + "/catalogue.jsonl", "--models", "svd",
            ]
        var (compared, explained) = (Series(), Series())
        for _ in 0..<rounds {
            compared.add(try ProgramRun.time(compare))
            explained.add(try ProgramRun.time(explain))
        }
        return [
            Figure(
                "compare two SVD models, \(Self.sessions) sessions, all metrics",
                coldstart: compared,
                aim: .comparison,
                note: "\(Self.movies) movies, of which the first 10,000 are candidates; JSON to nowhere"
            ),
            Figure("explain a session by both, SVD", coldstart: explained, aim: .explanation),
        ]
    }

    /// Writes the sessions, the first of them alone, and the catalogue.
    ///
    /// - Returns: The id of the first session.
    private func makeSessions() throws -> String {
        let movies = (0..<Self.movies).map { String(1 + 3 * $0) }
        let catalogue = movies.map { "{\"id\": \"\($0)\", \"title\": \"Movie \($0)\", \"genre\": \"Drama\"}\n" }
        try Data(catalogue.joined().utf8).write(to: URL(fileURLWithPath: folder + "/catalogue.jsonl"))
        var generator = SplitMix64(seed: 5)
        var ids: [String] = []
        let lines = (0..<Self.sessions)
            .map { _ -> String in
                ids.append(SessionID.text(high: generator.next(), low: generator.next()))
                let first = Int(generator.next() % UInt64(movies.count))
                // A stride without a common factor, so that no movie comes twice.
                let ratings = (0..<25)
                    .map { index in
                        "{\"movie_id\": \"\(movies[(first + index * 347) % movies.count])\", \"rating\": "
                            + "\(1 + generator.next() % 10), \"created_at\": \(1_108_134_600 + index)}"
                    }
                return
                    "{\"session_id\": \"\(ids[ids.count - 1])\", \"ratings\": [\(ratings.joined(separator: ", "))]}\n"
            }
        try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: folder + "/sessions.jsonl"))
        try Data(lines[0].utf8).write(to: URL(fileURLWithPath: folder + "/one.jsonl"))
        return ids[0]
    }
}
