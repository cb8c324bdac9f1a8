/// A row of `recommendations` as it was read back from the database.
package struct StoredRecommendation: Hashable, Sendable {
    /// The columns that the service wrote.
    package let row: RecommendationRow
    /// When the row was created, by the database's clock.
    package let createdAt: Timestamp
    /// The row's own id as text; with `createdAt` it tells a row that stayed from one that was written anew.
    package let id: String

    /// Creates a stored row; rows without an id tell themselves apart by their columns alone.
    package init(row: RecommendationRow, createdAt: Timestamp, id: String = "") {
        self.id = id
        self.row = row
        self.createdAt = createdAt
    }
}

/// One line of the incident note's summary query: rows and sessions of one model in one phase.
package struct LandingSummaryLine: Hashable, Sendable {
    /// The model, as the table spells it.
    package let model: String
    /// The phase of the study.
    package let phase: Int
    /// How many rows there are.
    package let rows: Int
    /// How many sessions they belong to.
    package let sessions: Int

    /// Creates a line.
    package init(model: String, phase: Int, rows: Int, sessions: Int) {
        self.model = model
        self.phase = phase
        self.rows = rows
        self.sessions = sessions
    }
}

/// What one visitor is shown.
package struct VisitorView: Hashable, Sendable {
    /// The visitor's session.
    package let session: SessionID
    /// The movies shown, in order.
    package let films: [MovieID]
    /// Whether these are the first movies of the catalogue, shown silently because no row has a display order.
    package let isFallback: Bool

    /// Creates a view.
    package init(session: SessionID, films: [MovieID], isFallback: Bool) {
        self.session = session
        self.films = films
        self.isFallback = isFallback
    }
}
