package import Domain

/// A statement about where movies stand in a list, short of a whole golden.
package struct PlaceExpectation: Hashable, Sendable {
    /// The lists that a statement can be about.
    package enum List: String, Hashable, Sendable, CaseIterable {
        /// The SVD model's ranking.
        case svd
        /// P5's ranking.
        case p5
        /// What the visitor is shown.
        case display
    }

    /// What is stated.
    package enum Statement: Hashable, Sendable, CustomStringConvertible {
        /// The first movie is in the list, and the second is not before it.
        case above(MovieID, MovieID)
        /// The movie is among the first so many.
        case within(MovieID, first: Int)
        /// The movie is not in the list.
        case never(MovieID)

        /// The statement as a scenario writes it.
        package var description: String {
            switch self {
            case .above(let movie, let other): "\(movie) above \(other)"
            case .within(let movie, let count): "\(movie) within the first \(count)"
            case .never(let movie): "never \(movie)"
            }
        }

        /// The movies that it is about.
        package var movies: [MovieID] {
            switch self {
            case .above(let movie, let other): [movie, other]
            case .within(let movie, _), .never(let movie): [movie]
            }
        }
    }

    /// The list.
    package let list: List
    /// What is stated of it.
    package let statement: Statement
    /// Whose lists they are; `nil` means every selected session's.
    package let sessions: [SessionReference]?

    /// Creates an expectation.
    package init(list: List, statement: Statement, sessions: [SessionReference]? = nil) {
        self.list = list
        self.statement = statement
        self.sessions = sessions
    }
}
