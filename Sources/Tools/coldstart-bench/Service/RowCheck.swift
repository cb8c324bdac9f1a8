import DatabaseHarness
import Domain
import Foundation

/// What the database holds, compared with the last answer that each session got.
struct RowCheck {
    /// The rows that were looked for.
    private(set) var expected = 0
    /// Those that are not there, or not at their rank.
    private(set) var lost = 0
    /// Rows that no answer told of.
    private(set) var unexpected = 0
    /// Sessions whose displayed movies are not those of the answer.
    private(set) var wrongDisplays = 0

    /// Compares.
    ///
    /// - Throws: ``BenchError`` where an answer cannot be read, and the database's error.
    init(of runs: [LoadRun], in database: RowReader) async throws {
        var answers: [SessionID: String] = [:]
        // Later runs have replaced what earlier ones wrote.
        for run in runs {
            for (sessions, outcome) in run.connections {
                for (index, body) in outcome.lastAnswers { answers[sessions[index]] = body }
            }
        }
        let sessions = answers.keys.sorted { $0.text < $1.text }
        for start in stride(from: 0, to: sessions.count, by: 1_000) {
            let some = Array(sessions[start..<min(start + 1_000, sessions.count)])
            let rows = Dictionary(grouping: try await database.rows(of: some).map(\.row), by: \.session)
            for session in some { try compare(answers[session] ?? "", with: rows[session] ?? []) }
        }
    }

    /// Whether every row is there, and none beside.
    var isClean: Bool { lost == 0 && unexpected == 0 && wrongDisplays == 0 }

    /// The result in words.
    var text: String {
        isClean
            ? "all \(Quantity.grouped(Double(expected))) rows of the last answers are in the database"
            : "of \(expected) rows \(lost) are lost; \(unexpected) are unexpected, \(wrongDisplays) display lists are wrong"
    }

    private mutating func compare(_ body: String, with rows: [RecommendationRow]) throws {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body.utf8)) else {
            throw BenchError("an answer of the service cannot be read: \(body.prefix(100))")
        }
        for (model, saved) in [(Model.svd, answer.svdTopSaved), (.p5, answer.p5TopSaved)] {
            let ranks = rows.filter { $0.model == model }.map(\.rank)
            let found = Set(ranks).intersection(1...max(1, saved)).count
            expected += saved
            lost += saved - min(found, saved)
            unexpected += ranks.count - min(found, saved)
        }
        let shown = rows.filter { $0.displayOrder != nil }.sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
        let stored = shown.map { Shown(model: $0.model.rawValue, movie: $0.movie.text, order: $0.displayOrder ?? 0) }
        if answer.display != stored { wrongDisplays += 1 }
    }

    /// A movie on display.
    private struct Shown: Hashable, Decodable {
        let model: String
        let movie: String
        let order: Int

        init(model: String, movie: String, order: Int) {
            (self.model, self.movie, self.order) = (model, movie, order)
        }

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            model = try values.decode(String.self)
            movie = try values.decode(String.self)
            order = try values.decode(Int.self)
        }
    }

    private struct Answer: Decodable {
        let svdTopSaved: Int
        let p5TopSaved: Int
        let display: [Shown]

        private enum CodingKeys: String, CodingKey {
            case svdTopSaved = "svd_top_saved"
            case p5TopSaved = "p5_top_saved"
            case display = "display_sequence"
        }
    }
}
