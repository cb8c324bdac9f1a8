import Domain
import Scenarios

/// A question for the rows of sessions.
struct RowQuestion: Sendable {
    /// Its number.
    var number: Int
    /// The sessions.
    var sessions: [SessionID]
    /// The numbers of the requests that are about to be sent, or have their outcome.
    var requests: [Int]
    /// Whether they are about to be sent.
    var isBefore: Bool
    /// What their answers promise, by request; empty for those that are about to be sent.
    var promises: [Int: RowPromise] = [:]
}

/// Which requests the sessions' rows are read for: before they are sent, and after their outcome.
///
/// What an earlier answer left of a session is read before the session's next request is sent and changes it.
struct RowReads {
    /// Requests whose rows are read by one question.
    struct Read {
        /// Their places in the plan.
        var indices: [Int]
        /// Whether they are about to be sent.
        var isBefore: Bool
    }

    /// The most requests that one question is for.
    private static let questionLimit = 1000

    private let plan: Plan
    /// The questions that have no answer yet, by number.
    private var underWay: [Int: Read] = [:]
    private var count = 0
    /// Requests that are to be delivered and have not been asked for.
    private var toDeliver: [Int] = []
    /// Requests that have their outcome and have not been asked for.
    private var toClose: [Int] = []
    /// How many requests of a session have their outcome and not yet the rows after it.
    private var unread: [SessionID: Int] = [:]
    /// How many requests have their outcome and the rows after it.
    private(set) var closed = 0

    /// Creates reads of nothing.
    init(_ plan: Plan) { self.plan = plan }

    /// Whether no answer is outstanding.
    var isIdle: Bool { underWay.isEmpty && toClose.isEmpty }

    /// A request is to be delivered once its session's rows have been read.
    mutating func delivery(of index: Int) { toDeliver.append(index) }

    /// A request has its outcome: it is not delivered any more, and its session's rows are read again.
    mutating func ended(_ index: Int) {
        toDeliver.removeAll { $0 == index }
        toClose.append(index)
        unread[plan.requests[index].session.id, default: 0] += 1
    }

    /// Puts the next question.
    ///
    /// - Parameters:
    ///   - mayDeliver: Whether nothing keeps requests from being delivered.
    ///   - isApart: Whether a request's rows may have to be waited for, which is to hold up no other.
    /// - Returns: The question, `nil` where there is none for now.
    mutating func nextQuestion(mayDeliver: Bool, isApart: (Int) -> Bool) -> RowQuestion? {
        if !toClose.isEmpty {
            let first = isApart(toClose[0]) ? 1 : toClose.prefix(Self.questionLimit).prefix { !isApart($0) }.count
            defer { toClose.removeFirst(first) }
            return question(Read(indices: Array(toClose[..<first]), isBefore: false))
        }
        guard mayDeliver else { return nil }
        let ready = toDeliver.filter { unread[plan.requests[$0].session.id] == nil }
        guard !ready.isEmpty else { return nil }
        toDeliver.removeAll { unread[plan.requests[$0].session.id] == nil }
        return question(Read(indices: ready, isBefore: true))
    }

    /// Takes the answer to a question; `nil` where there is no such question.
    mutating func answered(_ number: Int) -> Read? {
        guard let read = underWay.removeValue(forKey: number) else { return nil }
        guard !read.isBefore else { return read }
        closed += read.indices.count
        for index in read.indices {
            let session = plan.requests[index].session.id
            let left = (unread[session] ?? 1) - 1
            unread[session] = left == 0 ? nil : left
        }
        return read
    }

    private mutating func question(_ read: Read) -> RowQuestion {
        count += 1
        underWay[count] = read
        let requests = read.indices.map { plan.requests[$0] }
        return RowQuestion(
            number: count,
            sessions: Set(requests.map(\.session.id)).sorted { $0.text < $1.text },
            requests: requests.map(\.number),
            isBefore: read.isBefore
        )
    }
}
