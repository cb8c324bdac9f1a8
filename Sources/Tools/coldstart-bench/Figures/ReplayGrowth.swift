import Domain
import Foundation
import Scenarios

/// How the replay of scenarios grows with their sessions: the whole of `coldstart run`, PostgreSQL and reports
/// included.
struct ReplayGrowth {
    /// The program `coldstart`.
    let program: String
    /// The demo bundle's folder.
    let bundle: String
    /// The catalogue.
    let catalogue: String
    /// The folder in which scenarios are made.
    let folder: String

    /// What runs the sessions.
    enum Target: String {
        /// Virtual time.
        case simulated
        /// A real process, as fast as it goes.
        case process
    }

    /// Measures runs of so many sessions, each of which asks once and is answered from SVD alone.
    ///
    /// - Throws: ``BenchError`` where a run does not pass.
    func measure(_ target: Target, sessions: [Int]) throws -> GrowthSeries {
        let points = try sessions.map { count in
            let scenario = try makeScenario(sessions: count)
            let reports = "\(folder)/reports-\(target.rawValue)"
            let command = [
                program, "run", scenario, "--target", target.rawValue, "--quiet", "--report-dir", reports,
            ]
            return GrowthSeries.Point(size: Double(count), seconds: try ProgramRun.time(command).seconds)
        }
        return GrowthSeries(
            title: "coldstart run, \(target.rawValue), SVD alone, one request a session",
            unit: "sessions",
            points: points
        )
    }

    /// Writes a scenario with recorded sessions of 20 ratings each.
    private func makeScenario(sessions count: Int) throws -> String {
        let directory = "\(folder)/sessions-\(count)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let movies = try CatalogueReader.read(catalogue).map(\.id.text)
        var generator = SplitMix64(seed: 1)
        var lines = ""
        for number in 0..<count {
            let id = SessionID.text(high: generator.next(), low: generator.next())
            let first = Int(generator.next() % UInt64(movies.count))
            // A stride without a common factor, so that no movie comes twice.
            let rated = (0..<25).map { movies[(first + $0 * 347) % movies.count] }
            let ratings = rated.prefix(20).enumerated()
                .map { index, movie in
                    "{\"movie_id\": \"\(movie)\", \"rating\": \(1 + generator.next() % 10), "
                        + "\"created_at\": \"2005-02-11T15:\(10 + number % 50):\(10 + index)Z\"}"
                }
            let shown = rated.suffix(5).map { "\"\($0)\"" }.joined(separator: ", ")
            lines += "{\"session_id\": \"\(id)\", \"phase\": \"recommendation\", "
            lines += "\"ratings\": [\(ratings.joined(separator: ", "))], \"phase1_movies\": [\(shown)]}\n"
        }
        try Data(lines.utf8).write(to: URL(fileURLWithPath: directory + "/sessions.jsonl"))
        let scenario = """
            name: replay-\(count)
            teaches: Many sessions ask once each, and SVD alone answers them.
            platform: {cpu: {billing: instance}, probe: default}
            service: {strategy: progressive, bundle: \(bundle)}
            stages: {boot: 500ms, svd: 200ms, datamaps: 100ms, tokenizer: 100ms, checkpoint: 23h}
            sessions: {file: sessions.jsonl, select: all}
            catalogue: \(catalogue)
            requests:
              - {at: 2s, session: all, every: 1ms, expect: {status: 200, state: svd_only, svd_saved: 10}}
            expect: {rows: {svd: \(count * 10), p5: 0}, visitors: recommendations}
            """
        try Data(scenario.utf8).write(to: URL(fileURLWithPath: directory + "/scenario.yaml"))
        return directory + "/scenario.yaml"
    }
}
