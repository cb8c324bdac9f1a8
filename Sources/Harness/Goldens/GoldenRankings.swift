package import Domain

/// The rankings of recorded sessions by which others are judged.
///
/// The shipped ones are written by an independent program, `golden/reference`; a golden that Coldstart itself made says
/// so, and whatever uses it repeats that.
package struct GoldenRankings: Sendable {
    /// The file's path as it was given.
    package let file: String
    /// What made the rankings, and from which files.
    package let header: GoldenHeader
    /// The sessions in the order of the file.
    package let sessions: [GoldenSession]

    private let positions: [SessionID: Int]

    /// Creates rankings from sessions that are all different.
    ///
    /// - Precondition: No session appears twice.
    package init(file: String, header: GoldenHeader, sessions: [GoldenSession]) {
        self.file = file
        self.header = header
        self.sessions = sessions
        self.positions = Dictionary(uniqueKeysWithValues: sessions.enumerated().map { ($1.id, $0) })
    }

    /// Returns what the golden says about a session, `nil` where it does not know it.
    package func session(_ id: SessionID) -> GoldenSession? {
        positions[id].map { sessions[$0] }
    }

    /// What every report that uses the golden says of rankings that are Coldstart's own, `nil` where none are.
    ///
    /// - Complexity: O(*n*) in the number of sessions.
    package var caution: String? {
        if header.maker.isColdstart { return "\(file) was made by \(header.maker): never checked by another program" }
        let own = sessions.count { $0.accepted.last?.maker.isColdstart ?? false }
        guard own > 0 else { return nil }
        return "\(file): \(own) of \(sessions.count) sessions were accepted as Coldstart ranked them: "
            + "never checked by another program"
    }

    /// Refuses ids that the golden cannot be about.
    ///
    /// - Parameters:
    ///   - movies: Every movie of the catalogue.
    ///   - known: Every session of the sessions file, `nil` where that is not at hand.
    /// - Throws: `GoldenError` with the line of the first unknown movie or session.
    /// - Complexity: O(*n*) in the number of places.
    package func requireKnown(movies: Set<MovieID>, sessions known: Set<SessionID>?) throws(GoldenError) {
        for (index, session) in sessions.enumerated() {
            if let known, !known.contains(session.id) {
                throw unknown(index, "the sessions file has no session \(session.id)")
            }
            if let next = session.svd.next, !movies.contains(next.movie) {
                throw unknown(index, "svd_next: the catalogue has no movie \(next.movie)")
            }
            for place in session.svd.places where !movies.contains(place.movie) {
                throw unknown(index, "svd[\(place.rank - 1)]: the catalogue has no movie \(place.movie)")
            }
        }
    }

    /// An error about a session's line: the header is line 1.
    private func unknown(_ index: Int, _ message: String) -> GoldenError {
        GoldenError(.unknownID, file: file, line: index + 2, message: message)
    }
}
