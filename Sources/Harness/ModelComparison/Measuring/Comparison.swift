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

    /// What both sides are and took, once all sessions were measured.
    package struct Sides: Sendable {
        /// The old side.
        package let old: ComparisonFindings.Side
        /// The new side.
        package let new: ComparisonFindings.Side
        /// How many sessions there were, those included that were not wanted.
        package let sessions: Int
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
        var totals = ComparisonTotals(
            slices: slices.names,
            relevance: relevance,
            catalogueSize: catalogue?.count,
            settings: settings
        )
        let sides = try measure(tell: progress, keep: keep, take: { totals.add($1) })
        return totals.findings(old: sides.old, new: sides.new)
    }

    /// Measures sessions one after the other.
    ///
    /// - Parameters:
    ///   - isWanted: Whether a session is measured, by its key.
    ///   - progress: Is told how many sessions are done.
    ///   - keep: Is handed what both sides have for each session, with the numbers of the movies.
    ///   - take: Is handed the number of each session, from 0, and what was measured of it.
    /// - Returns: What both sides took.
    /// - Throws: What a side, `keep` or `take` throws; `CancellationError`.
    package func measure(
        where isWanted: (String) -> Bool = { _ in true },
        tell progress: (Int) -> Void = { _ in },
        keep: (ComparedSession, SideSession?, SideSession?, MovieTable) throws -> Void = { _, _, _, _ in },
        take: (Int, SessionMeasurement) throws -> Void
    ) throws -> Sides {
        var table = MovieTable(catalogue ?? [])
        var pass = ComparisonPass(
            slices: slices,
            hasRelevance: relevance != nil,
            catalogueSize: catalogue?.count ?? 0,
            settings: settings
        )
        var seconds = (old: 0.0, new: 0.0)
        let clock = ContinuousClock()
        let size = min(old.sessionsAtOnce, new.sessionsAtOnce)
        var waiting: [(number: Int, session: ComparedSession)] = []
        var count = 0
        func measureWaiting() throws {
            let block = waiting.map(\.session)
            var (before, after): ([SideSession?], [SideSession?]) = ([], [])
            seconds.old += try clock.measure { before = try old.rankings(of: block[...], in: &table) }.seconds
            seconds.new += try clock.measure { after = try new.rankings(of: block[...], in: &table) }.seconds
            let measurements = pass.measurements(of: block, before, after, &table)
            for (offset, session) in block.enumerated() {
                try take(waiting[offset].number, measurements[offset])
                try keep(session, before[offset], after[offset], table)
            }
            waiting.removeAll(keepingCapacity: true)
        }
        try sessions.forEachBlock(of: size) { block in
            try Task.checkCancellation()
            progress(count)
            for session in block {
                if isWanted(session.key) { waiting.append((count, session)) }
                count += 1
                if waiting.count == size { try measureWaiting() }
            }
        }
        if !waiting.isEmpty { try measureWaiting() }
        progress(count)
        return Sides(
            old: Self.side(old, seconds.old),
            new: Self.side(new, seconds.new),
            sessions: count
        )
    }

    /// What a side is, and what it took.
    package static func side(_ side: any ComparisonSide, _ seconds: Double) -> ComparisonFindings.Side {
        ComparisonFindings.Side(
            name: side.name,
            kind: side.kind,
            fingerprints: side.fingerprints,
            notes: side.notes,
            seconds: seconds,
            precision: side.precision
        )
    }
}
