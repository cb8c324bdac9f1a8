import Formats
import Observations
import PostgresClient

/// The sessions that an audit is about, merged from the two sorted statements of ``AuditQuery``.
struct AuditedSessions {
    private let cursor: AuditCursor
    private let visible: [ExactText: Int]?

    /// The sessions that have been fetched, and the next one of them to be looked at.
    private var fetched: PostgresRows
    private var position = 0
    private var head: SessionKey?

    /// The session whose rows are arriving.
    private var key: SessionKey?
    private var rows: [AuditedSession.Row] = []

    /// Fetches the first sessions.
    ///
    /// - Parameters:
    ///   - cursor: What the other tables say of each session, sorted.
    ///   - visible: How many displayed rows of each session a role sees; `nil` where none was asked.
    /// - Throws: ``PostgresError``.
    init(_ cursor: AuditCursor, visible: [ExactText: Int]?) async throws {
        self.cursor = cursor
        self.visible = visible
        fetched = try await cursor.fetch()
        head = try fetched.first?.optional(0)
    }

    /// Takes in the next rows of `recommendations`, and passes on the sessions that are complete.
    mutating func add(_ batch: PostgresRows, _ judge: (AuditedSession) throws -> Void) async throws {
        for row in batch {
            let session: SessionKey? = try row.optional(0)
            if session != key || rows.isEmpty {
                try await endSession(judge)
                key = session
            }
            rows.append(AuditQuery.row(row))
        }
    }

    /// Passes on what is left when all rows are in.
    mutating func finish(_ judge: (AuditedSession) throws -> Void) async throws {
        try await endSession(judge)
        while head != nil { try await passWithoutRows(judge) }
    }

    /// Passes on the session whose rows are complete, and the ones before it that have no row.
    private mutating func endSession(_ judge: (AuditedSession) throws -> Void) async throws {
        guard !rows.isEmpty else { return }
        var session = AuditedSession(session: key?.text, isKnown: false, hasAsked: false)
        // The rows without a session come last.
        while let head, key.map({ head < $0 }) ?? true { try await passWithoutRows(judge) }
        if let key, head == key {
            session = try AuditQuery.session(fetched[position], key: key)
            try await advance()
        }
        session.rows = rows
        rows.removeAll(keepingCapacity: true)
        try judge(seen(session))
    }

    private mutating func passWithoutRows(_ judge: (AuditedSession) throws -> Void) async throws {
        guard let head else { return }
        let session = try AuditQuery.session(fetched[position], key: head)
        try await advance()
        if session.hasAsked { try judge(seen(session)) }
    }

    /// The session with what the other role sees of it.
    private func seen(_ session: AuditedSession) -> AuditedSession {
        guard let visible else { return session }
        var session = session
        session.visibleDisplayed = session.session.flatMap { visible[ExactText($0)] } ?? 0
        return session
    }

    private mutating func advance() async throws {
        position += 1
        if position == fetched.count {
            fetched = try await cursor.fetch()
            position = 0
        }
        head = try fetched.isEmpty ? nil : fetched[position].value(0)
    }
}
