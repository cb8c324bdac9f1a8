import ColdstartTestSupport
import Foundation
import Testing

/// A copy of a shipped golden with four of its sessions, and rankings to compare with it.
struct GoldenOnDisk {
    let harness: CommandLineHarness
    let golden: String
    /// The lines of the golden's sessions, which are rankings too, and one more.
    let lines: [String]
    let further: String
    private let header: String
    private let rankings: String

    init() throws {
        harness = try CommandLineHarness()
        golden = harness.path + "/demo.jsonl"
        rankings = harness.path + "/now.jsonl"
        let text = try String(contentsOfFile: Fixtures.packageDirectory + "/golden/demo.jsonl", encoding: .utf8)
        let all = text.split(separator: "\n").map(String.init)
        header = all[0]
        lines = Array(all[1..<5])
        further = all[5]
        try writeGolden(lines)
        try writeRankings(lines)
    }

    /// Writes a golden of these sessions, whose lines may lack what follows from the rankings.
    func writeGolden(_ lines: [String]) throws {
        try ([header] + lines + [""]).joined(separator: "\n").write(toFile: golden, atomically: true, encoding: .utf8)
    }

    func writeRankings(_ lines: [String]) throws {
        try (lines + [""]).joined(separator: "\n").write(toFile: rankings, atomically: true, encoding: .utf8)
    }

    func text() throws -> String { try String(contentsOfFile: golden, encoding: .utf8) }

    var files: [String] {
        // What the harness itself writes there says nothing of the program.
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: harness.path)
                .filter { !["output", "errors"].contains($0) }
                .sorted()
        }
    }

    /// Makes the best score of one of the sessions ten times as large.
    func change(scoreOf number: Int) throws { try replace(number, by: rescored(lines[number - 1])) }

    /// Takes the last movie of one of the sessions away.
    func removeLastMovie(of number: Int) throws { try replace(number, by: withoutLastMovie(lines[number - 1])) }

    /// A session's line with a best score ten times as large.
    func rescored(_ line: String) throws -> String {
        try changed(line) { session in
            var svd = try #require(session["svd"] as? [[String: Any]])
            svd[0]["score"] = 10 * (try #require(svd[0]["score"] as? Double))
            session["svd"] = svd
        }
    }

    /// A session's line without its last movie.
    func withoutLastMovie(_ line: String) throws -> String {
        try cut(line, to: 99)
    }

    /// Sessions with ten movies each and ids of their own, and the same with other scores.
    func many(_ count: Int) throws -> (sessions: [String], changed: [String]) {
        let session = try cut(lines[0], to: 10)
        let other = try rescored(session)
        let id = "51e5501d-d19e-58e3-8712-f47bd265ce5e"
        func copies(_ line: String) -> [String] {
            (0..<count).map { line.replacing(id, with: "51e5501d-d19e-58e3-8712-\(String(100_000_000_000 + $0))") }
        }
        return (copies(session), copies(other))
    }

    private func cut(_ line: String, to count: Int) throws -> String {
        try changed(line) { session in
            let svd = try #require(session["svd"] as? [[String: Any]]).prefix(count)
            let left = Set(svd.compactMap { $0["movie_id"] as? String })
            let p5 = try #require(session["p5"] as? [[String: Any]])
                .filter { ($0["movie_id"] as? String).map(left.contains) ?? false }
            session["svd"] = Array(svd)
            session["p5"] = p5
        }
    }

    private func replace(_ number: Int, by line: String) throws {
        var all = lines
        all[number - 1] = line
        try writeRankings(all)
    }

    private func changed(_ line: String, _ body: (inout [String: Any]) throws -> Void) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
        var session = try #require(object as? [String: Any])
        for derived in ["svd_next", "svd_ties", "p5_ties", "svd_top10", "p5_top10", "display"] {
            session[derived] = nil
        }
        try body(&session)
        for model in ["svd", "p5"] {
            session[model] = try #require(session[model] as? [[String: Any]])
                .map { place in
                    place.filter { $0.key != "margin" }
                }
        }
        return String(decoding: try JSONSerialization.data(withJSONObject: session), as: UTF8.self)
    }

    /// Runs one of the commands on goldens, outside CI.
    func run(_ arguments: String...) async throws -> CommandLineHarness.Outcome {
        try await harness.run(["golden"] + arguments, environment: ["CI": ""])
    }

    /// Compares the rankings with the golden.
    func check(_ further: [String] = [], environment: [String: String] = ["CI": ""]) async throws
        -> CommandLineHarness.Outcome
    {
        let arguments = ["golden", "check", "--golden", golden, "--rankings", rankings, "--made-by", "ranker 2"]
        return try await harness.run(arguments + further, environment: environment)
    }
}
