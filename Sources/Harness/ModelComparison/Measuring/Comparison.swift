package import Domain
import RankingMetrics

/// Compares two sides session by session.
package struct Comparison: Sendable {
    private let old: any ComparisonSide
    private let new: any ComparisonSide
    private let sessions: ComparedSessions
    private let slices: SlicePlan
    private let relevance: String?
    private let catalogue: [MovieID]?
    private let settings: ComparisonSettings

    /// Creates a comparison.
    ///
    /// - Parameters:
    ///   - old: The old side.
    ///   - new: The new side.
    ///   - sessions: The sessions.
    ///   - slices: The groups of sessions.
    ///   - relevance: Where what is relevant to the sessions comes from, where it is known.
    ///   - catalogue: The movies to recommend, where they are known.
    ///   - settings: What is measured.
    package init(
        old: any ComparisonSide,
        new: any ComparisonSide,
        sessions: ComparedSessions,
        slices: SlicePlan = SlicePlan(),
        relevance: String? = nil,
        catalogue: [MovieID]? = nil,
        settings: ComparisonSettings
    ) {
        self.old = old
        self.new = new
        self.sessions = sessions
        self.slices = slices
        self.relevance = relevance
        self.catalogue = catalogue
        self.settings = settings
    }

    /// Compares all sessions.
    ///
    /// - Parameters:
    ///   - progress: Is told how many sessions are done.
    ///   - keep: Is handed what both sides have for each session, with the numbers of the movies.
    /// - Returns: What was found.
    /// - Throws: What a side or `keep` throws; `CancellationError`.
    package func result(
        tell progress: (Int) -> Void = { _ in },
        keep: (ComparedSession, SideSession?, SideSession?, MovieTable) throws -> Void = { _, _, _, _ in }
    ) throws -> ComparisonFindings {
        var table = MovieTable(catalogue ?? [])
        var pass = ComparisonPass(slices: slices, relevance: relevance, settings: settings)
        var seconds = (old: 0.0, new: 0.0)
        let clock = ContinuousClock()
        var done = 0
        try sessions.forEachBlock(of: min(old.sessionsAtOnce, new.sessionsAtOnce)) { block in
            try Task.checkCancellation()
            progress(done)
            var (before, after): ([SideSession?], [SideSession?]) = ([], [])
            seconds.old += try clock.measure { before = try old.rankings(of: block[...], in: &table) }.seconds
            seconds.new += try clock.measure { after = try new.rankings(of: block[...], in: &table) }.seconds
            pass.take(block, before, after, &table)
            for (offset, session) in block.enumerated() { try keep(session, before[offset], after[offset], table) }
            done += block.count
        }
        progress(done)
        return pass.result(
            old: Self.side(old, seconds.old),
            new: Self.side(new, seconds.new),
            catalogueSize: catalogue?.count
        )
    }

    private static func side(_ side: any ComparisonSide, _ seconds: Double) -> ComparisonFindings.Side {
        ComparisonFindings.Side(
            name: side.name,
            kind: side.kind,
            fingerprints: side.fingerprints,
            notes: side.notes,
            seconds: seconds
        )
    }
}
