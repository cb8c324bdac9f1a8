package import Domain

/// A row that must be in the database, as far as the answer that promised it tells.
package struct ExpectedRow: Hashable, Sendable {
    /// What a session can hold once.
    package struct Key: Hashable, Sendable {
        /// The session.
        package let session: SessionID
        /// The phase of the study.
        package let phase: Int
        /// The model.
        package let model: Model
        /// The movie.
        package let movie: MovieID

        /// Creates a key.
        package init(session: SessionID, phase: Int, model: Model, movie: MovieID) {
            self.session = session
            self.phase = phase
            self.model = model
            self.movie = movie
        }

        /// The key of a row that was read.
        package init(_ row: RecommendationRow) {
            self.init(session: row.session, phase: row.phase, model: row.model, movie: row.movie)
        }
    }

    /// Whose row it is, and for which movie.
    package let key: Key
    /// The place in the model's own list; `nil` where the target did not show its rankings.
    package let rank: Int?
    /// The model's score; `nil` where the target did not show its rankings.
    package let score: Double?
    /// The place in the visitor's list, `nil` where the row is not shown.
    package let displayOrder: Int?
    /// How far the score may be from the expected one, in its own unit.
    package let scoreAllowance: Double

    /// Creates an expected row.
    ///
    /// - Parameters:
    ///   - key: Whose row it is, and for which movie.
    ///   - rank: The place in the model's own list.
    ///   - score: The model's score.
    ///   - displayOrder: The place in the visitor's list.
    ///   - scoreAllowance: How far another program's score may be off; by default the score is the service's own, which
    ///     comes back to the bit from a double column, and to a millionth where it went through text as a float32.
    package init(
        key: Key,
        rank: Int?,
        score: Double?,
        displayOrder: Int?,
        scoreAllowance: Double = 0
    ) {
        self.key = key
        self.rank = rank
        self.score = score
        self.displayOrder = displayOrder
        self.scoreAllowance = max(scoreAllowance, 1e-6 * abs(score ?? 0))
    }

    /// Returns whether a score read back is the expected one.
    func accepts(score found: Double) -> Bool {
        guard let score else { return found.isFinite }
        return abs(found - score) <= scoreAllowance
    }
}
