package import Domain

/// What a database holds about one session, however strange; nothing of it is taken for granted.
package struct AuditedSession: Hashable, Sendable {
    /// One row of `recommendations`, with `nil` for what is `NULL`.
    package struct Row: Hashable, Sendable {
        /// Stands for a whole number that cannot be read as one, such as 1.5, "two" or one of forty digits.
        package static let unreadable = Int.min

        /// The movie.
        package var movie: MovieID?
        /// The model's score; also `nil` where it cannot be read as a number.
        package var score: Double?
        /// The model, as the table spells it.
        package var model: String?
        /// The phase of the study.
        package var phase: Int?
        /// The place in the model's own list.
        package var rank: Int?
        /// The place in the visitor's list.
        package var displayOrder: Int?
        /// When the row was created; also `nil` where it is infinite.
        package var createdAt: Timestamp?

        /// Creates a row.
        package init(
            movie: MovieID?,
            score: Double?,
            model: String?,
            phase: Int?,
            rank: Int?,
            displayOrder: Int?,
            createdAt: Timestamp?
        ) {
            self.movie = movie
            self.score = score
            self.model = model
            self.phase = phase
            self.rank = rank
            self.displayOrder = displayOrder
            self.createdAt = createdAt
        }
    }

    /// The session's id as the table holds it; `nil` for the rows whose session is `NULL`.
    package var session: String?
    /// Whether `user_sessions` has the session.
    package var isKnown: Bool
    /// Whether the session is in the phase `recommendation`: its visitor has asked for recommendations.
    package var hasAsked: Bool
    /// How many ratings the session has.
    package var ratings: Int
    /// When the newest of them was given.
    package var newestRating: Timestamp?
    /// The movies that the session was shown in phase 1.
    package var phase1Movies: Set<MovieID>
    /// Its rows of all phases, in no particular order.
    package var rows: [Row]
    /// How many of its rows with a display order, of the audited phase, another role sees; `nil` where none was asked.
    package var visibleDisplayed: Int?

    /// Creates a session.
    package init(
        session: String?,
        isKnown: Bool = true,
        hasAsked: Bool = true,
        ratings: Int = 0,
        newestRating: Timestamp? = nil,
        phase1Movies: Set<MovieID> = [],
        rows: [Row] = [],
        visibleDisplayed: Int? = nil
    ) {
        self.session = session
        self.isKnown = isKnown
        self.hasAsked = hasAsked
        self.ratings = ratings
        self.newestRating = newestRating
        self.phase1Movies = phase1Movies
        self.rows = rows
        self.visibleDisplayed = visibleDisplayed
    }
}
