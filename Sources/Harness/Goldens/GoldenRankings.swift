package import Domain

/// The rankings of recorded sessions as an independent program made them.
///
/// The reference in `golden/reference` writes them; nothing in this package does.
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

    /// Returns what the reference says about a session, `nil` where it does not know it.
    package func session(_ id: SessionID) -> GoldenSession? {
        positions[id].map { sessions[$0] }
    }
}
