import DatabaseHarness
package import Domain
import Observations
import Reports

/// The lines of a recording's files, in the format that the readers of scenarios take.
package struct RecordingLines: Sendable {
    /// The version of the recording's format, which each line of sessions and rows states.
    package static let version = 1
    /// The moment to which each session's first rating is shifted: 2020-01-01T00:00:00Z.
    package static let firstMoment = Timestamp(microseconds: 1_577_836_800_000_000)

    private let pseudonyms: SessionPseudonyms?

    /// Creates lines with ids replaced and times shifted, or, without pseudonyms, as they are.
    package init(pseudonyms: SessionPseudonyms?) {
        self.pseudonyms = pseudonyms
    }

    private struct SessionLine: Encodable {
        let version = RecordingLines.version
        let session_id: String
        let phase: String
        let ratings: [RatingLine]
        let phase1_movies: [String]
    }

    private struct RatingLine: Encodable {
        let movie_id: String
        let rating: Double
        let created_at: String
    }

    private struct RowLine: Encodable {
        let version = RecordingLines.version
        let session_id: String
        @OrNull var movie_id: String?
        @OrNull var score: Double?
        @OrNull var model: String?
        @OrNull var phase: Int?
        @OrNull var rank: Int?
        @OrNull var display_order: Int?
        @OrNull var created_at: String?
    }

    /// The session without the ratings whose moments no line can hold once they are shifted.
    package func writable(_ session: RecordedSession) -> RecordedSession {
        let shift = shift(of: session)
        return RecordedSession(
            id: session.id,
            phase: session.phase,
            ratings: session.ratings.filter { LeftOut.moments.contains(shift($0.createdAt)) },
            phase1Movies: session.phase1Movies
        )
    }

    /// The line of a session.
    package func line(of session: RecordedSession) -> String {
        let shift = shift(of: session)
        return ReportEncoding.dataLine(
            SessionLine(
                session_id: id(of: session),
                phase: session.phase,
                ratings: session.ratings.map {
                    RatingLine(movie_id: $0.movie.text, rating: $0.value, created_at: shift($0.createdAt).iso8601)
                },
                phase1_movies: session.phase1Movies.map(\.text)
            )
        )
    }

    /// The lines of the rows that a session got.
    func lines(of rows: [AuditedSession.Row], session: RecordedSession) -> String {
        let shift = shift(of: session)
        return
            rows.map { row in
                ReportEncoding.dataLine(
                    RowLine(
                        session_id: id(of: session),
                        movie_id: row.movie?.text,
                        score: row.score,
                        model: row.model,
                        phase: row.phase,
                        rank: row.rank,
                        display_order: row.displayOrder,
                        created_at: row.createdAt.map { shift($0) }
                            .flatMap { LeftOut.moments.contains($0) ? $0.iso8601 : nil }
                    )
                )
            }
            .joined()
    }

    private func id(of session: RecordedSession) -> String {
        (pseudonyms?.pseudonym(of: session.id) ?? session.id).text
    }

    private func shift(of session: RecordedSession) -> (Timestamp) -> Timestamp {
        guard pseudonyms != nil, let first = session.ratings.map(\.createdAt).min() else { return { $0 } }
        return { Timestamp(microseconds: $0.microseconds &- first.microseconds &+ Self.firstMoment.microseconds) }
    }
}
