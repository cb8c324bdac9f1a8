package import Domain

/// A boundary of the start of a service or of a request to it, at which a sweep lets faults strike.
package enum SweepBoundary: Hashable, Sendable, CaseIterable {
    /// The process runs and does not listen.
    case beforeListening
    /// A stage of initialisation is under way.
    case stage(InitialisationStage)
    /// A point in the database work of the request.
    case write(WriteBoundary)
    /// The service knows of the commit, and has not answered.
    case beforeAnswer

    package static var allCases: [SweepBoundary] {
        [.beforeListening] + InitialisationStage.allCases.map { .stage($0) }
            + WriteBoundary.allCases.map { .write($0) } + [.beforeAnswer]
    }

    /// The name on the command line and in reports.
    package var name: String {
        switch self {
        case .beforeListening: "before_listening"
        case .stage(let stage): "stage_\(stage.rawValue)"
        case .write(let boundary): boundary.rawValue
        case .beforeAnswer: "before_answer"
        }
    }

    /// Whether it belongs to the start rather than to a request.
    package var isOfStart: Bool {
        switch self {
        case .beforeListening, .stage: true
        case .write, .beforeAnswer: false
        }
    }

    /// Whether the server has confirmed the commit of the request's rows by then.
    package var isCommitted: Bool { self == .write(.afterCommit) || self == .beforeAnswer }
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
