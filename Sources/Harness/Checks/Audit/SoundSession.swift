import Domain
import Observations

/// Shows quickly that nothing is wrong with a session, which is so for nearly every one.
///
/// Every session that it passes would pass ``SessionAudit`` too; a sound one that it does not pass is judged there.
/// Its arrays are reused from one session to the next, so that a session allocates no memory.
struct SoundSession {
    /// What a session was shown to be.
    struct Counts: Hashable {
        /// How many rows SVD has.
        let svd: Int
        /// How many rows P5 has.
        let p5: Int
    }

    /// The highest rank that is looked at; longer sets are left to ``SessionAudit``.
    static let longestSet = 32
    /// How many movies a visitor's list has at most, and up to which rank they come from.
    private static let listLimit = 10
    private static let none = -1

    private let rules: AuditRules
    /// How many rows of a model make a whole set.
    private let whole: Int
    /// The index of each rank's row: SVD's from 0, P5's after them.
    private var ranked = [Int](repeating: none, count: 2 * (longestSet + 1))
    /// The place in `ranked` of what the visitor sees at each place of the list.
    private var displayed = [Int](repeating: none, count: listLimit + 1)

    /// Creates a check that holds sessions to the rules.
    init(rules: AuditRules) {
        self.rules = rules
        whole = min(rules.topK, max(1, rules.catalogue.count))
    }

    /// What a session's rows are, where nothing is wrong with them; `nil` where that takes a closer look.
    ///
    /// - Complexity: O(*n*) in the session's rows.
    mutating func counts(of session: AuditedSession) -> Counts? {
        guard rules.phase != AuditedSession.Row.unreadable, session.session != nil, session.isKnown,
            !session.rows.isEmpty,
            session.rows.count <= 2 * Self.longestSet
        else { return nil }
        for slot in ranked.indices { ranked[slot] = Self.none }
        for place in displayed.indices { displayed[place] = Self.none }
        guard let shown = place(session), shown > 0, session.visibleDisplayed ?? shown == shown else { return nil }
        let svd = length(of: .svd)
        let p5 = length(of: .p5)
        // The rows that are there are those of the ranks from 1: none is missing, none is twice.
        guard svd + p5 == session.rows.count, svd >= whole, p5 == 0 || p5 >= whole,
            isSound(.svd, count: svd, session), isSound(.p5, count: p5, session)
        else { return nil }
        guard isInTurn(shown, from: .svd, session.rows) || isInTurn(shown, from: .p5, session.rows) else { return nil }
        return Counts(svd: svd, p5: p5)
    }

    /// Puts each row at its rank and its place; returns how many are displayed, `nil` where one is not as it should be.
    private mutating func place(_ session: AuditedSession) -> Int? {
        var shown = 0
        for index in session.rows.indices {
            let row = session.rows[index]
            guard row.phase == rules.phase, let rank = row.rank, rank >= 1, rank <= Self.longestSet,
                let score = row.score, score.isFinite, row.createdAt != nil, let movie = row.movie,
                rules.catalogue.contains(movie), !session.phase1Movies.contains(movie)
            else { return nil }
            let slot: Int
            switch row.model {
            case Model.svd.rawValue: slot = Self.slot(.svd, rank)
            case Model.p5.rawValue: slot = Self.slot(.p5, rank)
            default: return nil
            }
            guard ranked[slot] == Self.none else { return nil }
            ranked[slot] = index
            guard let order = row.displayOrder else { continue }
            guard order >= 1, order <= Self.listLimit, displayed[order] == Self.none else { return nil }
            displayed[order] = slot
            shown += 1
        }
        return shown
    }

    private static func slot(_ model: Model, _ rank: Int) -> Int {
        switch model {
        case .svd: rank
        case .p5: longestSet + 1 + rank
        }
    }

    /// Up to which rank the model has a row for each.
    private func length(of model: Model) -> Int {
        var length = 0
        while length < Self.longestSet, ranked[Self.slot(model, length + 1)] != Self.none { length += 1 }
        return length
    }

    /// Whether scores, movies and moments of a set are right.
    private func isSound(_ model: Model, count: Int, _ session: AuditedSession) -> Bool {
        guard count > 0 else { return true }
        let rows = session.rows
        var oldest = Timestamp(microseconds: .max)
        var newest = Timestamp(microseconds: .min)
        for rank in 1...count {
            let row = rows[ranked[Self.slot(model, rank)]]
            guard let moment = row.createdAt else { return false }
            oldest = min(oldest, moment)
            newest = max(newest, moment)
            for other in 1..<rank where rows[ranked[Self.slot(model, other)]].movie == row.movie { return false }
            guard rank > 1 else { continue }
            let before = rows[ranked[Self.slot(model, rank - 1)]]
            guard let score = before.score, let following = row.score, score >= following else { return false }
        }
        let (span, overflow) = newest.microseconds.subtractingReportingOverflow(oldest.microseconds)
        return !overflow && span <= rules.widestSet && session.newestRating.map { newest >= $0 } ?? true
    }

    /// Whether the visitor's list is the two top tens in turn: `DisplayList`, without building it.
    private func isInTurn(_ shown: Int, from start: Model, _ rows: [AuditedSession.Row]) -> Bool {
        var turn = start
        var nextRank: (svd: Int, p5: Int) = (1, 1)
        var listed = 0
        var exhaustedInARow = 0
        while listed < Self.listLimit, exhaustedInARow < 2 {
            var rank = turn == .svd ? nextRank.svd : nextRank.p5
            while isOffered(turn, rank), isListed(rows[ranked[Self.slot(turn, rank)]].movie, upTo: listed, rows) {
                rank += 1
            }
            if isOffered(turn, rank) {
                listed += 1
                guard displayed[listed] == Self.slot(turn, rank) else { return false }
                exhaustedInARow = 0
                rank += 1
            } else {
                exhaustedInARow += 1
            }
            if turn == .svd { nextRank.svd = rank } else { nextRank.p5 = rank }
            turn = turn.other
        }
        return listed == shown
    }

    private func isOffered(_ model: Model, _ rank: Int) -> Bool {
        rank <= Self.listLimit && ranked[Self.slot(model, rank)] != Self.none
    }

    private func isListed(_ movie: MovieID?, upTo last: Int, _ rows: [AuditedSession.Row]) -> Bool {
        var place = 1
        while place <= last {
            if rows[ranked[displayed[place]]].movie == movie { return true }
            place += 1
        }
        return false
    }
}
