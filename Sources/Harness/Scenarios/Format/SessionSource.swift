package import Domain

/// Recorded sessions and the choice made among them.
package struct SessionSource: Hashable, Sendable {
    /// The path of the JSON Lines file.
    package let file: Located<String>
    /// The sessions that take part.
    package let selection: Located<SessionSelection>

    /// Creates a source.
    package init(file: Located<String>, selection: Located<SessionSelection>) {
        self.file = file
        self.selection = selection
    }
}

/// The sessions of a file that take part in a scenario.
package enum SessionSelection: Hashable, Sendable {
    /// Every session.
    case all
    /// The first sessions of the file, this many.
    case first(Int)
    /// The named sessions, in this order.
    case listed([SessionReference])
}

/// The way a scenario names one session.
package enum SessionReference: Hashable, Sendable, CustomStringConvertible {
    /// The place, from 1: in the file where sessions are selected, among the selected ones everywhere else.
    case position(Int)
    /// The session's id.
    case id(SessionID)

    /// The reference as a scenario writes it.
    package var description: String {
        switch self {
        case .position(let position): "\(position)"
        case .id(let id): id.text
        }
    }
}
