/// How much of what a session is shown in the end each of its answers showed already: quality against time.
struct AnswerQuality {
    /// One answer.
    struct Point: Equatable {
        /// When it was complete, in seconds.
        var at: Double
        /// The share of the movies of its session's last answer with rows that it showed.
        var share: Double
        /// What a pointer on it says.
        var words: String
    }

    /// The answers of sessions that asked more than once, in the order of the requests; empty where none did.
    private(set) var points: [Point] = []

    /// Reads the answers of a scenario.
    ///
    /// A request that was turned away shows nothing, so that its share is 0. A session that never got a row has no final
    /// answer to be held against.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    /// - Complexity: O(*n*) in the answers and the movies that they show.
    init(_ scenario: ReportValue) throws(HTMLReportError) {
        var answers: [(session: String, number: String, at: Double, movies: Set<String>)] = []
        var last: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for answer in try scenario.list("answers") {
            var movies: Set<String> = []
            for shown in try answer.list("display") { movies.insert(try shown.text("movie")) }
            let session = try answer.text("session")
            if !movies.isEmpty { last[session] = movies }
            counts[session, default: 0] += 1
            answers.append((session, answer["request"].renderText, try answer.number("finishedAt"), movies))
        }
        for answer in answers where counts[answer.session, default: 0] > 1 {
            guard let final = last[answer.session] else { continue }
            let share = Double(answer.movies.intersection(final).count) / Double(final.count)
            let words = "request \(answer.number): \(ShownNumber.percent(share)) of its session's final movies"
            points.append(Point(at: answer.at, share: share, words: words))
        }
    }
}
