package import Domain

/// Follows one connection's messages and tells which boundaries of a request they pass.
///
/// Statements are told by their text in `Parse` and `Query`, what runs by `Bind`, and answers by the order of `Execute`
/// (<https://www.postgresql.org/docs/15/protocol-flow.html>). That several messages travel in one segment, as in
/// pipeline mode, makes no difference.
package struct WireProtocolTracker: Sendable {
    /// A message that passes a boundary.
    package struct BoundaryCrossing: Hashable, Sendable {
        /// The boundary, `nil` for a commit of statements that wrote without a `COMMIT` of the service's.
        package let boundary: WriteBoundary?
        /// The session that the statement or its transaction has shown to be about, `nil` where none was looked for.
        package let session: SessionID?
        /// Whether the boundary lies behind the message: it is passed when the message has been forwarded.
        package let isBehind: Bool
        /// Whether this repeats a boundary at the first statement that shows a session, for rules that aim at one.
        package let isLate: Bool

        /// The boundary in words.
        package var phrase: String { boundary?.phrase ?? "after a statement that committed by itself" }
    }

    /// The most prepared statements and portals of which the kind is remembered.
    private static let namesLimit = 4_096
    /// The most answers that may be outstanding.
    private static let pendingLimit = 1_000_000

    private enum Pending: Hashable {
        case execution(StatementKind)
        case script
        case sync
    }

    /// The server process that serves the connection, `nil` until it has said so.
    package private(set) var backendPID: Int?
    /// The session that the latest statement has shown, among those looked for.
    package private(set) var session: SessionID?

    private var statements: [String: StatementKind] = [:]
    private var portals: [String: StatementKind] = [:]
    private var pending: [Pending] = []
    private var answered = 0
    private var isInTransaction = false
    private var isFirstOfTransaction = false
    private var isReading = false
    /// The session whose ratings are being read: statements behind it may have been sent before they come.
    private var readingSession: SessionID?
    private var inserts = 0
    private var hasWritten = false
    /// Whether a statement has written since the server was last idle, with no end of a transaction after it.
    private var hasOpenWrite = false

    /// Creates the tracker of a new connection.
    package init() {}

    /// Follows a piece that the client sends.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - sessions: The sessions that rules aim at.
    /// - Returns: The boundaries that the piece passes.
    /// - Throws: ``ProxyError`` where answers to more statements are outstanding than any client has.
    package mutating func clientSends(
        _ piece: ProtocolPiece,
        lookingFor sessions: Set<SessionID> = []
    ) throws(ProxyError) -> [BoundaryCrossing] {
        guard case .message(let type) = piece.kind else { return [] }
        guard pending.count - answered < Self.pendingLimit else {
            throw ProxyError(.badMessage, "a client awaits more than \(Self.pendingLimit) answers")
        }
        var body = piece.body
        switch Character(Unicode.Scalar(type)) {
        case "P":
            let name = body.takeText()
            if statements.count < Self.namesLimit || statements[name] != nil {
                statements[name] = StatementKind(sql: body)
            }
            return []
        case "B":
            let portal = body.takeText()
            let kind = inWriting(statements[body.takeText()] ?? .other)
            if portals.count < Self.namesLimit || portals[portal] != nil { portals[portal] = kind }
            return crossings(of: kind, session: piece.bytes.session(among: sessions))
        case "E":
            pending.append(.execution(portals[body.takeText()] ?? .other))
            return []
        case "Q":
            let kind = inWriting(StatementKind(sql: body))
            pending.append(.execution(kind))
            pending.append(.script)
            return crossings(of: kind, session: piece.bytes.session(among: sessions))
        case "S":
            pending.append(.sync)
            return []
        case "C":
            let isStatement = body.popFirst() == UInt8(ascii: "S")
            let name = body.takeText()
            if isStatement { statements[name] = nil } else { portals[name] = nil }
            return []
        default:
            return []
        }
    }

    /// Follows a piece that the server sends.
    package mutating func serverSends(_ piece: ProtocolPiece) -> [BoundaryCrossing] {
        guard case .message(let type) = piece.kind else { return [] }
        switch Character(Unicode.Scalar(type)) {
        case "K":
            backendPID = Int(piece.body.prefix(4).reduce(0) { $0 << 8 | Int($1) })
        case "C":
            let kind = endExecution()
            if kind == .commit, piece.body.starts(with: Array("COMMIT".utf8)) {
                return [BoundaryCrossing(boundary: .afterCommit, session: session, isBehind: false, isLate: false)]
            }
            if kind == .readRatings {
                return [
                    BoundaryCrossing(boundary: .afterReading, session: readingSession, isBehind: true, isLate: false)
                ]
            }
        case "I", "s":
            _ = endExecution()
        case "E":
            // The server skips everything up to the next Sync.
            while answered < pending.count, case .execution = pending[answered] { answered += 1 }
        case "Z":
            while answered < pending.count {
                answered += 1
                if case .execution = pending[answered - 1] { continue }
                break
            }
            if hasOpenWrite, !isInTransaction, piece.body.first == UInt8(ascii: "I") {
                hasOpenWrite = false
                forgetAnswered()
                return [BoundaryCrossing(boundary: nil, session: session, isBehind: false, isLate: false)]
            }
        default: break
        }
        forgetAnswered()
        return []
    }

    private mutating func endExecution() -> StatementKind? {
        guard answered < pending.count, case .execution(let kind) = pending[answered] else { return nil }
        answered += 1
        return kind
    }

    /// Makes room where half of the list is over, so that each element is moved once on average.
    private mutating func forgetAnswered() {
        guard answered > 64, answered * 2 > pending.count else { return }
        pending.removeFirst(answered)
        answered = 0
    }

    /// The kind of a statement among those that write: a transaction that cannot is none, and neither is its end.
    private mutating func inWriting(_ kind: StatementKind) -> StatementKind {
        switch kind {
        case .beginReading:
            isReading = true
            return .other
        case .commit where isReading, .rollback where isReading:
            isReading = false
            return .other
        case .begin:
            isReading = false
            return kind
        default: return kind
        }
    }

    private mutating func crossings(of kind: StatementKind, session shown: SessionID?) -> [BoundaryCrossing] {
        var crossings: [BoundaryCrossing] = []
        func pass(_ boundary: WriteBoundary, isLate: Bool = false) {
            crossings.append(BoundaryCrossing(boundary: boundary, session: session, isBehind: false, isLate: isLate))
        }
        switch kind {
        case .begin:
            isInTransaction = true
            isFirstOfTransaction = true
            session = nil
            inserts = 0
            pass(.beforeTransaction)
            return crossings
        case .commit:
            pass(.beforeCommit)
            endWriting()
            return crossings
        case .rollback:
            endWriting()
            return []
        case .readRatings, .deleteRows, .insertRows, .beginReading, .other:
            if let shown { session = shown } else if !isInTransaction { session = nil }
            if kind == .readRatings { readingSession = session }
        }
        if isInTransaction {
            if isFirstOfTransaction, shown != nil {
                isFirstOfTransaction = false
                pass(.beforeTransaction, isLate: true)
            }
        } else if kind == .readRatings {
            endWriting()
        } else if !hasWritten, kind == .insertRows || kind == .deleteRows {
            hasWritten = true
            pass(.beforeTransaction)
            pass(.beforeTransaction, isLate: true)
        }
        if kind == .insertRows || kind == .deleteRows { hasOpenWrite = true }
        if kind == .insertRows {
            inserts += 1
            if inserts == 1 { pass(.beforeFirstSet) }
            if inserts == 2 { pass(.betweenSets) }
        }
        return crossings
    }

    private mutating func endWriting() {
        isInTransaction = false
        isFirstOfTransaction = false
        hasWritten = false
        hasOpenWrite = false
        inserts = 0
    }
}

extension ArraySlice<UInt8> {
    /// Takes the text before the next NUL, and the NUL; everything where there is none.
    fileprivate mutating func takeText() -> String {
        let text = prefix { $0 != 0 }
        self = dropFirst(text.count + 1)
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Returns the session whose id stands in the bytes, as text in either case or as its 16 bytes.
    ///
    /// - Complexity: O(*n* *m*) in the bytes and the sessions.
    func session(among sessions: Set<SessionID>) -> SessionID? {
        sessions.first { session in
            let text = Array(session.text.utf8)
            let binary = session.text.filter { $0 != "-" }.pairs.compactMap { UInt8($0, radix: 16) }
            return contains(text, ignoringCase: true) || contains(binary, ignoringCase: false)
        }
    }

    private func contains(_ needle: [UInt8], ignoringCase: Bool) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        func folded(_ byte: UInt8) -> UInt8 { ignoringCase && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        return (0...count - needle.count)
            .contains { start in
                folded(self[start]) == first && needle.indices.allSatisfy { folded(self[start + $0]) == needle[$0] }
            }
    }
}

extension String {
    /// The characters two by two.
    fileprivate var pairs: [Substring] {
        stride(from: 0, to: count - 1, by: 2).map { dropFirst($0).prefix(2) }
    }
}
