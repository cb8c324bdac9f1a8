package import Domain
import RankingMetrics

/// A TREC run file: `session Q0 movie rank score tag`, six columns apart by blanks, one place a line.
///
/// A list is in the order in which trec_eval reads it (`TrecEvalOrder`); the column of ranks is not looked at but counted
/// where it says something else.
package struct RunFile: Sendable {
    /// One topic of the file.
    package struct Topic: Sendable {
        /// The session's id as it is written.
        package let key: String
        /// The tag of its lines.
        package let tag: String
        /// The movies in order with their scores.
        package let places: [(movie: MovieID, score: Double)]
        /// Whether the column of ranks orders the movies otherwise.
        package let hasOtherRanks: Bool

        /// Whether the scores are the places counted from the end, as ``RunFile/lines(_:key:tag:)`` writes them.
        package var hasPlacesForScores: Bool {
            places.count > 1 && places.enumerated().allSatisfy { $1.score == Double(places.count - $0) }
        }
    }

    private struct Line {
        let movie: MovieID
        let rank: Double
        let score: Double
    }

    private struct Name: Hashable {
        let key: String
        let tag: String
    }

    /// The topics in the order of their first lines; one for each tag.
    package let topics: [Topic]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: Its text.
    ///   - file: The path that errors name.
    /// - Throws: ``ComparisonError`` with the line for one without six columns, a rank or score that is no finite number,
    ///   or a movie that comes twice in a topic.
    /// - Complexity: O(*n* log *n*) in the number of lines.
    package init(parsing text: some StringProtocol, file: String) throws(ComparisonError) {
        var order: [Name] = []
        var lines: [Name: [Line]] = [:]
        var seen: [Name: Set<MovieID>] = [:]
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let columns = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if columns.isEmpty { continue }
            guard columns.count == 6 else {
                throw ComparisonError(
                    file,
                    line: number,
                    "found \(columns.count) columns, expected six: session Q0 movie rank score tag"
                )
            }
            guard let rank = Double(columns[3]), let score = Double(columns[4]), rank.isFinite, score.isFinite else {
                throw ComparisonError(
                    file,
                    line: number,
                    "rank `\(columns[3])` and score `\(columns[4])` must be finite numbers; the columns are session "
                        + "Q0 movie rank score tag"
                )
            }
            let name = Name(key: RankingKey.canonical(columns[0]), tag: String(columns[5]))
            let movie = MovieID(String(columns[2]))
            if lines[name] == nil { order.append(name) }
            guard seen[name, default: []].insert(movie).inserted else {
                throw ComparisonError(
                    file,
                    line: number,
                    "movie \(movie) comes a second time in \(name.key); a list has each movie once"
                )
            }
            lines[name, default: []].append(Line(movie: movie, rank: rank, score: score))
        }
        topics = order.map { name in
            let found = lines[name] ?? []
            let sorted = TrecEvalOrder.places(of: found.map(\.score)) { found[$0].movie.text }.map { found[$0] }
            return Topic(
                key: name.key,
                tag: name.tag,
                places: sorted.map { ($0.movie, $0.score) },
                hasOtherRanks: zip(sorted, sorted.dropFirst()).contains { $0.rank > $1.rank }
            )
        }
    }

    /// Returns the lines of a list, in which falling scores keep the order for every reader.
    ///
    /// Where the next score is not lower, as with P5's equal numbers and in the display list, the places counted from the
    /// end stand in for the scores of the whole list.
    package static func lines(_ places: [(movie: MovieID, score: Double)], key: String, tag: String) -> String {
        let fall = zip(places, places.dropFirst()).allSatisfy { Float($0.score) > Float($1.score) }
        return places.enumerated()
            .map { index, place in
                let score = fall ? place.score : Double(places.count - index)
                return "\(key) Q0 \(place.movie) \(index + 1) \(score) \(tag)\n"
            }
            .joined()
    }
}

/// What a session is called in files of other programs.
package enum RankingKey {
    /// A session's id in its canonical form, and any other name as it is.
    package static func canonical(_ text: some StringProtocol) -> String {
        SessionID(text)?.text ?? String(text)
    }
}
