package import Domain

/// A boundary of the start of a service or of a request to it, at which a sweep lets faults strike.
package enum SweepBoundary: Hashable, Sendable, CaseIterable {
    /// The process runs and does not listen.
    case beforeListening
    /// A stage of initialisation is under way.
    case stage(InitialisationStage)
    /// The ratings have reached the service, and nothing after them.
    case afterReading
    /// The transaction has not begun.
    case beforeTransaction
    /// The old rows are deleted, none is inserted.
    case beforeFirstSet
    /// The SVD rows are inserted, those of P5 are not.
    case betweenSets
    /// Both sets are inserted and not committed.
    case beforeCommit
    /// The server has committed, and the service does not know.
    case afterCommit
    /// The service knows of the commit, and has not answered.
    case beforeAnswer

    package static var allCases: [SweepBoundary] {
        [.beforeListening] + InitialisationStage.allCases.map { .stage($0) } + [
            .afterReading, .beforeTransaction, .beforeFirstSet, .betweenSets, .beforeCommit, .afterCommit,
            .beforeAnswer,
        ]
    }

    /// The name on the command line and in reports.
    package var name: String {
        switch self {
        case .beforeListening: "before_listening"
        case .stage(let stage): "stage_\(stage.rawValue)"
        case .afterReading: "after_reading"
        case .beforeTransaction: "before_transaction"
        case .beforeFirstSet: "before_first_set"
        case .betweenSets: "between_sets"
        case .beforeCommit: "before_commit"
        case .afterCommit: "after_commit"
        case .beforeAnswer: "before_answer"
        }
    }

    /// Whether it belongs to the start rather than to a request.
    package var isOfStart: Bool {
        switch self {
        case .beforeListening, .stage: true
        default: false
        }
    }

    /// Whether the server has confirmed the commit of the request's rows by then.
    package var isCommitted: Bool { self == .afterCommit || self == .beforeAnswer }
}

/// What a sweep lets happen at a boundary.
package enum SweepFault: String, Hashable, Sendable, CaseIterable {
    /// The process is killed with SIGKILL.
    case kill
    /// Nothing comes any more, and nothing ends: a black hole.
    case timeout
    /// The connection ends.
    case cut
}
