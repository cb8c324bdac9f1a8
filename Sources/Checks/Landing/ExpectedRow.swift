package import Domain
package import Goldens

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
        /// The film.
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

    /// Whose row it is, and for which film.
    package let key: Key
    /// The place in the model's own list; `nil` where the target did not show its rankings.
    package let rank: Int?
    /// The model's score; `nil` where the target did not show its rankings.
    package let score: Double?
    /// The place in the visitor's list, `nil` where the row is not shown.
    package let displayOrder: Int?
    /// Whether rank and score are those of the harness's own engine, because the target did not show its rankings.
    package let isPredicted: Bool
    /// What P5's scores are, for how closely a predicted one must agree.
    package let scoring: P5Scoring

    /// Creates an expected row.
    package init(
        key: Key,
        rank: Int?,
        score: Double?,
        displayOrder: Int?,
        isPredicted: Bool = false,
        scoring: P5Scoring = .text
    ) {
        self.key = key
        self.rank = rank
        self.score = score
        self.displayOrder = displayOrder
        self.isPredicted = isPredicted
        self.scoring = key.model == .p5 ? scoring : .text
    }

    /// Creates the expectation that a row stays as it was read.
    init(unchanged row: RecommendationRow) {
        self.init(key: .init(row), rank: row.rank, score: row.score, displayOrder: row.displayOrder)
    }

    /// Returns whether a score read back is the expected one.
    ///
    /// A float32 in a double column comes back to the bit, and one that went through text may be off by a millionth.
    /// Another program's score is held to the tolerance of the goldens.
    func accepts(score found: Double) -> Bool {
        guard let score else { return found.isFinite }
        if isPredicted, ScoreTolerance.standard.accepts(found, golden: score, scoring: scoring) { return true }
        return abs(found - score) <= 1e-6 * abs(score)
    }
}
