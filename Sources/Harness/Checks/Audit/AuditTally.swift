import Domain
package import Observations

/// Adds up the findings of an audit, session by session.
package struct AuditTally: Sendable {
    /// What the rows are held to.
    package let rules: AuditRules
    private let exampleLimit: Int
    private var soundSession: SoundSession
    private var groups: [AuditResult.Group] = AuditClass.allCases.map { AuditResult.Group(kind: $0) }
    private var summary: [SummaryKey: (rows: Int, sessions: Int)] = [:]
    private var visitors = AuditResult.Visitors()
    private var rows = 0
    private var sessions = 0
    /// How many sessions have rows of the audited phase.
    private var judged = 0

    private struct SummaryKey: Hashable {
        let model: String?
        let phase: Int?
    }

    /// Creates an empty tally that keeps the first few findings of each class as examples.
    package init(rules: AuditRules, exampleLimit: Int = 3) {
        precondition(exampleLimit >= 0, "\(exampleLimit) examples")
        self.rules = rules
        self.exampleLimit = exampleLimit
        soundSession = SoundSession(rules: rules)
    }

    /// Adds a session.
    ///
    /// - Complexity: O(*n* log *n*) in the session's rows.
    package mutating func add(_ session: AuditedSession) {
        rows += session.rows.count
        sessions += session.rows.isEmpty ? 0 : 1
        if let counts = soundSession.counts(of: session) {
            count(counts, hasAsked: session.hasAsked)
            return
        }
        count(session.rows)
        if session.hasAsked { count(visitor: session) }
        if session.rows.contains(where: { $0.phase == rules.phase }) { judged += 1 }
        for finding in SessionAudit(of: session, rules: rules).findings {
            let index = finding.kind.index
            groups[index].count += 1
            if let cause = finding.cause { groups[index].causes[cause, default: 0] += 1 }
            if groups[index].examples.count < exampleLimit { groups[index].examples.append(finding) }
        }
    }

    /// Adds a finding about the database as a whole.
    package mutating func add(_ finding: AuditFinding) {
        groups[finding.kind.index].count += 1
        groups[finding.kind.index].examples.insert(finding, at: 0)
    }

    /// The result of all that was added.
    package func result(database: String, role: String?, seconds: Double) -> AuditResult {
        var groups = groups
        // A set that is missing here and there is a write that broke off; one that is missing everywhere was never made.
        let hasSVD = summary[SummaryKey(model: Model.svd.rawValue, phase: rules.phase)] != nil
        if hasSVD || judged < 2 {
            for index in groups.indices { groups[index].causes[.svdNowhere] = nil }
        }
        return AuditResult(
            database: database,
            phase: rules.phase,
            topK: rules.topK,
            role: role,
            seconds: seconds,
            rows: rows,
            sessions: sessions,
            summary:
                summary.map { key, value in
                    AuditResult.SummaryLine(
                        model: key.model,
                        phase: key.phase,
                        rows: value.rows,
                        sessions: value.sessions
                    )
                }
                .sorted { ($0.phase ?? .max, $1.model ?? "") < ($1.phase ?? .max, $0.model ?? "") },
            visitors: visitors,
            groups: groups
        )
    }

    private mutating func count(_ rows: [AuditedSession.Row]) {
        var counted: [(key: SummaryKey, rows: Int)] = []
        for row in rows {
            let key = SummaryKey(model: row.model, phase: row.phase)
            if let index = counted.firstIndex(where: { $0.key == key }) {
                counted[index].rows += 1
            } else {
                counted.append((key, 1))
            }
        }
        for (key, rows) in counted { count(rows, of: key) }
    }

    private mutating func count(_ rows: Int, of key: SummaryKey) {
        let known = summary[key] ?? (0, 0)
        summary[key] = (known.rows + rows, known.sessions + 1)
    }

    /// Counts a session with which nothing is wrong: it has rows of the audited phase, and its visitor sees them.
    private mutating func count(_ counts: SoundSession.Counts, hasAsked: Bool) {
        judged += 1
        count(counts.svd, of: SummaryKey(model: Model.svd.rawValue, phase: rules.phase))
        if counts.p5 > 0 { count(counts.p5, of: SummaryKey(model: Model.p5.rawValue, phase: rules.phase)) }
        guard hasAsked else { return }
        visitors.asked += 1
        visitors.own += 1
        if counts.p5 == 0 { visitors.withoutP5 += 1 }
    }

    private mutating func count(visitor session: AuditedSession) {
        let rows = session.rows.filter { $0.phase == rules.phase }
        let displayed = session.visibleDisplayed ?? rows.count { $0.displayOrder != nil }
        visitors.asked += 1
        if displayed > 0 {
            visitors.own += 1
        } else if rows.isEmpty {
            visitors.fallbackWithoutRows += 1
        } else {
            visitors.fallbackDespiteRows += 1
        }
        if !rows.isEmpty, !rows.contains(where: { $0.model == Model.p5.rawValue }) { visitors.withoutP5 += 1 }
    }
}

extension AuditClass {
    fileprivate var index: Int { AuditClass.allCases.firstIndex(of: self) ?? 0 }
}
