import Domain

/// A TREC file of relevance judgements (qrels): `session 0 movie relevance`, four columns apart by blanks.
///
/// See <https://github.com/usnistgov/trec_eval> (`get_qrels.c`); a relevance below 1 is worth nothing.
package enum JudgementFile {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: Its text.
    ///   - file: The path that errors name.
    /// - Returns: What is relevant to each session.
    /// - Throws: ``ComparisonError`` with the line for one without four columns, a relevance that is no whole number, or
    ///   a movie that is judged twice.
    package static func relevance(parsing text: some StringProtocol, file: String) throws(ComparisonError) -> Relevance
    {
        var judgements: [String: [(movie: MovieID, gain: Double)]] = [:]
        var seen: [String: Set<MovieID>] = [:]
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let columns = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if columns.isEmpty { continue }
            guard columns.count == 4, let relevance = Int(columns[3]) else {
                throw ComparisonError(
                    file,
                    line: number,
                    "expected four columns, session 0 movie relevance, the last a whole number; found \(columns.count)"
                )
            }
            let key = RankingKey.canonical(columns[0])
            let movie = MovieID(String(columns[2]))
            guard seen[key, default: []].insert(movie).inserted else {
                throw ComparisonError(file, line: number, "movie \(movie) is judged a second time for \(key)")
            }
            judgements[key, default: []].append((movie, Double(max(0, relevance))))
        }
        guard !judgements.isEmpty else { throw ComparisonError(file, "holds no judgement; one movie a line") }
        return Relevance(source: file, judgements)
    }
}
