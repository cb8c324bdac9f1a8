import Foundation
import Testing

@testable import HTMLReport

struct AnswerQualityTests {
    private func quality(_ answers: [(session: String, movies: [String])]) throws -> [AnswerQuality.Point] {
        let tree: [[String: Any]] = answers.enumerated()
            .map { number, answer in
                [
                    "request": number + 1, "session": answer.session, "finishedAt": number,
                    "display": answer.movies.map { ["movie": $0] },
                ]
            }
        let json = try JSONSerialization.data(withJSONObject: ["answers": tree])
        return try AnswerQuality(ReportValue(json: Array(json))).points
    }

    @Test("each answer is held against its session's last one with rows, and one turned away shows nothing of it")
    func shares() throws {
        let points = try quality([
            ("a", []), ("a", ["1", "2", "9", "8"]), ("b", ["5"]), ("a", ["1", "2", "3", "4"]), ("a", []),
        ])
        #expect(points.map(\.at) == [0, 1, 3, 4])
        #expect(points.map(\.share) == [0, 0.5, 1, 0])
        #expect(points[1].words == "request 2: 50 % of its session's final movies")
    }

    @Test("a session that asks once, or never gets a row, has nothing to be held against")
    func nothing() throws {
        #expect(try quality([("a", ["1"]), ("b", []), ("b", [])]) == [])
    }
}
