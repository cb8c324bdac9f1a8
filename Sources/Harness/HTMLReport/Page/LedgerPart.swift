/// What became of the rows of a scenario, by session: each row that is not simply as expected, expected against found.
struct LedgerPart {
    /// What the template of a scenario shows; nothing where no database was read.
    let values: ReportValue
    /// How many rows of a session are not as they should be.
    let wrong: [String: Int]

    private static let counts = [
        ("landed", "landed", false), ("lost", "lost", true), ("duplicate", "duplicate", true), ("late", "late", false),
        ("phantom", "phantom", true), ("reordered", "reordered", true), ("wrongScore", "wrong score", true),
        ("staleModel", "of an earlier set", true), ("invisible", "invisible", true), ("inFlight", "cut off", false),
        ("unjudged", "not judged", false),
    ]
    /// The verdicts of rows that are as they should be.
    private static let sound: Set = ["landed", "late", "in_flight"]

    /// Reads the ledger of a scenario.
    ///
    /// - Parameters:
    ///   - ledger: The ledger; nothing where there is none.
    ///   - visitors: What each session's visitor sees, in words.
    ///   - titles: The titles of the movies.
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ ledger: ReportValue, visitors: [String: String], _ titles: MovieTitles) throws(HTMLReportError) {
        guard ledger != .nothing else {
            values = .nothing
            wrong = [:]
            return
        }
        var order: [String] = []
        var rows: [String: [ReportValue]] = [:]
        var wrong: [String: Int] = [:]
        for row in try ledger.list("rows") {
            let session = try row.text("session")
            if rows[session] == nil { order.append(session) }
            rows[session, default: []].append(row)
            if !Self.sound.contains(try row.text("verdict")) { wrong[session, default: 0] += 1 }
        }
        var sessions: [ReportValue] = []
        for session in order.mostWrongFirst(wrong) {
            sessions.append(try Self.session(session, rows[session] ?? [], visitors[session], titles))
        }
        self.wrong = wrong
        let others = visitors.keys.count { rows[$0] == nil }
        let counts = try ledger.object("counts")
        let unjudged = try counts.count("unjudged")
        values = .object([
            "counts": .list(try Self.shown(counts)),
            "sessions": .list(sessions),
            "hasSessions": .flag(!sessions.isEmpty),
            "isWrong": .flag(!wrong.isEmpty),
            "others": others == 0 || sessions.isEmpty
                ? .nothing : .text(Self.count(others, "other session") + Self.ending(unjudged)),
            "sound": .text(
                unjudged == 0
                    ? "Every row is as expected."
                    : "No row is known to differ; \(unjudged) could not be judged."
            ),
            "timeToVisible": ledger["timeToVisible"],
        ])
    }

    private static func shown(_ counts: ReportValue) throws(HTMLReportError) -> [ReportValue] {
        var shown: [ReportValue] = []
        for (key, name, isWrong) in Self.counts {
            let count = try counts.count(key)
            guard count > 0 || key == "landed" || key == "lost" else { continue }
            shown.append(
                .object(["name": .text(name), "count": .text(String(count)), "isWrong": .flag(isWrong && count > 0)])
            )
        }
        return shown
    }

    /// A session; its markup is one line, as the script tells sessions apart by lines.
    private static func session(
        _ session: String,
        _ rows: [ReportValue],
        _ visitor: String?,
        _ titles: MovieTitles
    ) throws(HTMLReportError) -> ReportValue {
        var verdicts: [(name: String, count: Int)] = []
        var shown: [ReportValue] = []
        for row in rows {
            let verdict = try row.text("verdict").replacing("_", with: " ")
            if let known = verdicts.firstIndex(where: { $0.name == verdict }) {
                verdicts[known].count += 1
            } else {
                verdicts.append((verdict, 1))
            }
            shown.append(
                .object([
                    "verdict": .text(ShownText.line(verdict)), "phase": row["phase"],
                    "model": .text(ShownText.line(try row.text("model"))),
                    "movie": .text(titles.full(try row.text("movie"))),
                    "expected": .text(values(row, "expected", orRank: row["rank"])),
                    "found": .text(values(row, "found", orRank: .nothing)),
                    "text": .text(ShownText.line(try row.text("text"))),
                ])
            )
        }
        return .object([
            "session": .text(ShownText.line(session)),
            "verdicts": .text(ShownText.line(verdicts.map { "\($0.count) \($0.name)" }.joined(separator: ", "))),
            "visitor": visitor.map { .text(ShownText.line($0)) } ?? .nothing,
            "rows": .list(shown),
        ])
    }

    /// What a row was expected to say, or says, in words; reports of older programs have a rank alone.
    private static func values(_ row: ReportValue, _ key: String, orRank rank: ReportValue) -> String {
        guard row.has(key) else { return rank == .nothing ? "–" : "rank \(rank.renderText)" }
        guard row[key] != .nothing else { return key == "expected" ? "nothing" : "not there" }
        let value = row[key]
        var words: [String] = []
        if let rank = value.optionalNumber("rank") { words.append("rank \(ShownNumber.short(rank))") }
        if let order = value.optionalNumber("displayOrder") { words.append("shown at \(ShownNumber.short(order))") }
        if value["score"] != .nothing {
            let score = value.optionalNumber("score").map(ShownNumber.short) ?? value["score"].renderText
            words.append("score \(ShownText.line(score))")
        }
        return words.isEmpty ? "a row" : words.joined(separator: ", ")
    }

    /// What is said of sessions of which no row stands in the ledger, where so many rows could not be judged.
    private static func ending(_ unjudged: Int) -> String {
        unjudged == 0 ? " every row as expected." : " no row that is known to differ."
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(ShownNumber.count(number, noun)) \(number == 1 ? "has" : "have")"
    }
}

extension [String] {
    /// The sessions with the most wrong rows first; of equal ones that which came first.
    ///
    /// - Complexity: O(*n* log *n*).
    func mostWrongFirst(_ wrong: [String: Int]) -> [String] {
        enumerated()
            .sorted { (-wrong[$0.element, default: 0], $0.offset) < (-wrong[$1.element, default: 0], $1.offset) }
            .map(\.element)
    }
}
