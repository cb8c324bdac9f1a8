/// A row of `recommendations` as it was read back from the database.
package struct StoredRecommendation: Hashable, Sendable {
    /// The columns that the service wrote.
    package let row: RecommendationRow
    /// When the row was created, by the database's clock.
    package let createdAt: Timestamp
    /// The row's own id as text; with `createdAt` it tells a row that stayed from one that was written anew.
    package var id: String { ownID.text }

    private let ownID: OwnID

    /// Creates a stored row; rows without an id tell themselves apart by their columns alone.
    package init(row: RecommendationRow, createdAt: Timestamp, id: String = "") {
        self.ownID = OwnID(id)
        self.row = row
        self.createdAt = createdAt
    }
}

/// The id of a row; most are UUIDs, which need no memory of their own.
private enum OwnID: Hashable {
    case uuid(SessionID)
    case other(String)

    init(_ text: String) {
        let isLowerCase = !text.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
        self = isLowerCase ? SessionID(text).map(Self.uuid) ?? .other(text) : .other(text)
    }

    var text: String {
        switch self {
        case .uuid(let id): id.text
        case .other(let text): text
        }
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
    package let movies: [MovieID]
    /// Whether these are the first movies of the catalogue, shown silently because no row has a display order.
    package let isFallback: Bool

    /// Creates a view.
    package init(session: SessionID, movies: [MovieID], isFallback: Bool) {
        self.session = session
        self.movies = movies
        self.isFallback = isFallback
    }
}
