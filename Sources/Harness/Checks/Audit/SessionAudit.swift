import Domain
import Observations

/// Judges what a database holds about one session.
///
/// Each class is judged on the rows that it can be judged on: a row with a `NULL` is a finding of its own and is left
/// out of the sets, so that one cause gives one finding.
struct SessionAudit {
    typealias Row = AuditedSession.Row

    let session: AuditedSession
    let rules: AuditRules
    private(set) var findings: [AuditFinding] = []
    private var scoresAreMixedUp = false

    /// Judges a session.
    ///
    /// - Complexity: O(*n* log *n*) in the session's rows.
    init(of session: AuditedSession, rules: AuditRules) {
        self.session = session
        self.rules = rules
        let rows = soundRows()
        judgePresence(rows)
        var sets: [Model: [Row]] = [:]
        for model in Model.allCases {
            let set = rows.filter { $0.model == model.rawValue }.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
            sets[model] = set
        }
        scoresAreMixedUp = Self.areMixedUp(svd: sets[.svd] ?? [], p5: sets[.p5] ?? [])
        for model in Model.allCases {
            if let set = sets[model], !set.isEmpty { judge(set, of: model) }
        }
        if sets[.svd]?.isEmpty ?? true, let count = sets[.p5]?.count, count > 0 {
            add(.partialSets, .svd, cause: .svdNowhere, "no row, while P5 has \(count)")
        }
        judgeDisplay(rows, sets: sets)
    }

    /// Records a finding.
    mutating func add(_ kind: AuditClass, _ model: Model? = nil, cause: AuditCause? = nil, _ text: String) {
        findings.append(AuditFinding(kind, session: session.session, model: model?.rawValue, cause: cause, text))
    }

    /// The rows of the audited phase that can be judged; the others become findings.
    private mutating func soundRows() -> [Row] {
        session.rows.filter { row in
            let strange = Self.strangeness(of: row, session: session.session)
            if let strange {
                findings.append(AuditFinding(.strangeRows, session: session.session, model: row.model, strange))
            }
            return strange == nil && row.phase == rules.phase
        }
    }

    private static func strangeness(of row: Row, session: String?) -> String? {
        var found: [String] = []
        func judge(_ name: String, _ value: Int?) {
            if value == nil { found.append("\(name) is NULL") }
            if value == Row.unreadable { found.append("\(name) is no whole number") }
        }
        if session == nil { found.append("session_id is NULL") }
        if row.movie == nil { found.append("movie_id is NULL") }
        if let model = row.model {
            if Model(rawValue: model) == nil { found.append("model is \"\(model.prefix(40))\"") }
        } else {
            found.append("model is NULL")
        }
        judge("phase", row.phase)
        judge("rank", row.rank)
        if row.displayOrder == Row.unreadable { found.append("display_order is no whole number") }
        guard !found.isEmpty else { return nil }
        return (row.movie.map { "movie \($0): " } ?? "") + found.joined(separator: ", ")
    }

    private mutating func judgePresence(_ rows: [Row]) {
        if !session.isKnown, session.session != nil, !session.rows.isEmpty {
            add(.unknownSessions, nil, "\(session.rows.count) rows")
        }
        if session.hasAsked, session.ratings > 0, rows.isEmpty {
            add(.sessionsWithoutRows, nil, "\(session.ratings) ratings and no row in phase \(rules.phase)")
        }
        let displayed = rows.count { $0.displayOrder != nil }
        if !rows.isEmpty, displayed == 0 {
            add(.rowsNeverShown, nil, "\(rows.count) rows, none with a display_order")
        }
        if let visible = session.visibleDisplayed, visible != displayed {
            add(.hiddenRows, nil, "the role sees \(visible) of \(displayed) displayed rows")
        }
    }

    private mutating func judge(_ set: [Row], of model: Model) {
        judgeRanks(of: set, model)
        judgeScores(of: set, model)
        judgeMovies(of: set, model)
        judgeAge(of: set, model)
    }

    private mutating func judgeRanks(of set: [Row], _ model: Model) {
        let whole = min(rules.topK, max(1, rules.catalogue.count))
        if set.count < whole { add(.partialSets, model, "\(set.count) of \(whole) rows") }
        let ranks = set.compactMap(\.rank)
        let below = ranks.filter { $0 < 1 }
        let missing = Self.missing(in: ranks)
        if !below.isEmpty || !missing.isEmpty {
            let parts = [
                below.isEmpty ? nil : "rank \(Self.list(below)) is below 1",
                missing.isEmpty ? nil : "rank \(missing) is missing",
            ]
            add(.rankGaps, model, parts.compactMap(\.self).joined(separator: ", "))
        }
        let repeated = Self.repeated(in: ranks)
        if !repeated.isEmpty { add(.rankRepeats, model, "rank \(Self.list(repeated)) more than once") }
    }

    private mutating func judgeScores(of set: [Row], _ model: Model) {
        for row in set where !(row.score?.isFinite ?? false) {
            let text = row.score.map { "\($0)" } ?? "NULL or no number"
            add(.scoresNotFinite, model, "movie \(row.movie?.text ?? ""), rank \(row.rank ?? 0): score \(text)")
        }
        for (row, next) in zip(set, set.dropFirst()) where row.rank != next.rank {
            guard let score = row.score, let following = next.score, score < following else { continue }
            let ranks = "rank \(row.rank ?? 0) and \(next.rank ?? 0)"
            let cause: AuditCause? = scoresAreMixedUp ? .scoresOfOtherModel : nil
            add(.scoresOutOfOrder, model, cause: cause, "\(ranks): score \(score) before \(following)")
            break
        }
    }

    private mutating func judgeMovies(of set: [Row], _ model: Model) {
        var counts: [MovieID: Int] = [:]
        for row in set {
            guard let movie = row.movie else { continue }
            counts[movie, default: 0] += 1
            let place = "movie \(movie.text.prefix(60)), rank \(row.rank ?? 0)"
            if session.phase1Movies.contains(movie) { add(.phase1Movies, model, place) }
            if !rules.catalogue.contains(movie) { add(.unknownMovies, model, place) }
        }
        guard counts.count < set.count else { return }
        let repeated = counts.filter { $0.value > 1 }.sorted { $0.key < $1.key }
        if let first = repeated.first {
            let others = repeated.count > 1 ? " and \(repeated.count - 1) other movies" : ""
            add(.duplicates, model, "movie \(first.key.text.prefix(60)) \(first.value) times\(others)")
        }
    }

    private mutating func judgeAge(of set: [Row], _ model: Model) {
        let moments = set.compactMap(\.createdAt)
        guard let oldest = moments.min(), let newest = moments.max() else { return }
        if newest.microseconds &- oldest.microseconds > rules.widestSet {
            add(.mixedSets, model, "its rows were created \(Self.span(from: oldest, to: newest)) apart")
        }
        if let rating = session.newestRating, newest < rating {
            add(.staleSets, model, "\(Self.span(from: newest, to: rating)) older than the newest rating")
        }
    }
}
