import RankingMetrics

/// What measurements of sessions come to, taken in one after the other.
///
/// The sessions' order decides how sums are rounded and which of equal changes comes first: taken in the same order, the
/// measurements of several programs give to the bit what one program finds.
package struct ComparisonTotals: Sendable {
    private let slices: [String]
    private let relevance: String?
    private let catalogueSize: Int?
    private let settings: ComparisonSettings
    private var tally: ComparisonTally
    private var counts: SessionCounts
    private var changes = MostChanged()
    /// The most changed of these, with their rankings.
    private var ranked = MostChanged()
    /// What was read last: its memory is the next one's.
    private var written = SessionMeasurement()

    /// Creates totals of no session.
    ///
    /// - Parameters:
    ///   - slices: The names of the slices.
    ///   - relevance: Where what is relevant comes from; `nil` where nothing is.
    ///   - catalogueSize: How many movies there are to recommend; `nil` where that is not known.
    ///   - settings: What is measured.
    package init(slices: [String], relevance: String?, catalogueSize: Int?, settings: ComparisonSettings) {
        self.slices = slices
        self.relevance = relevance
        self.catalogueSize = catalogueSize
        self.settings = settings
        let measures = Measure.byList(settings, hasRelevance: relevance != nil)
        tally = ComparisonTally(
            measures,
            slices: slices.count,
            depth: settings.depths[0],
            catalogueSize: catalogueSize ?? 0
        )
        counts = SessionCounts(policy: settings.missing)
        changes.limit = settings.sessionLimit
        ranked.limit = settings.rankedSessions
    }

    /// Takes in what was measured of the next session, as it was written.
    ///
    /// - Parameter text: The measurement as ``SessionMeasurement/base64``.
    /// - Returns: Whether it is one, of these measures, slices and movies; nothing is taken in otherwise.
    /// - Complexity: O(*n*) in the text; nothing is allocated but for one of the most changed sessions.
    package mutating func add(base64 text: UnsafeRawBufferPointer) -> Bool {
        var session = SessionMeasurement()
        // Out of its place while it is read: a copy of it would be one of all totals.
        swap(&session, &written)
        defer { swap(&session, &written) }
        return Base64.withDecoded(text) { bytes in
            guard session.read(bytes, isBrief: true), fits(session) else { return nil }
            guard mayBeMostChanged(session) else {
                count(session)
                return true
            }
            // With its texts, too.
            guard session.read(bytes) else { return nil }
            add(session)
            return true
        } == true
    }

    /// Takes in what was measured of the next session.
    ///
    /// - Precondition: It is of these measures, slices and movies.
    package mutating func add(_ session: SessionMeasurement) {
        count(session)
        guard mayBeMostChanged(session), var change = session.change else { return }
        changes.add(change)
        guard ranked.admits(change.leastOverlap) else { return }
        change.rankings = session.rankings?.value
        ranked.add(change)
    }

    private func fits(_ session: SessionMeasurement) -> Bool {
        session.slices.allSatisfy { slices.indices.contains(Int($0)) } && tally.fits(session)
    }

    /// Whether a session is compared, and may be among the most changed ones.
    private func mayBeMostChanged(_ session: SessionMeasurement) -> Bool {
        guard settings.compares(session.isOld, session.isNew), let overlap = session.leastOverlap else { return false }
        return changes.admits(overlap)
    }

    /// Adds a session to all figures.
    private mutating func count(_ session: SessionMeasurement) {
        switch (session.isOld, session.isNew) {
        case (false, false): counts.neither += 1
        case (true, false):
            counts.onlyOld += 1
            if counts.firstOnlyOld.count < 10 { counts.firstOnlyOld.append(session.key) }
        case (false, true):
            counts.onlyNew += 1
            if counts.firstOnlyNew.count < 10 { counts.firstOnlyNew.append(session.key) }
        case (true, true): break
        }
        guard settings.compares(session.isOld, session.isNew) else { return }
        counts.compared += 1
        if relevance != nil, !session.isJudged { counts.unjudged += 1 }
        tally.add(session, settings)
        if session.leastOverlap != nil { counts.changed += 1 }
    }

    /// What was found, once all sessions were taken in.
    ///
    /// - Complexity: O(*s* · *n*) in the samples and the sessions of each metric.
    package func findings(old: ComparisonFindings.Side, new: ComparisonFindings.Side) -> ComparisonFindings {
        // Both are in the same order.
        let ranked = ranked.sorted
        let changes = ranked + changes.sorted.dropFirst(ranked.count)
        var counts = counts
        if counts.compared > 0 {
            for list in ComparedList.allCases { counts.lists[list.rawValue] = tally.lists[list].counts }
        }
        return ComparisonFindings(
            old: old,
            new: new,
            sessions: counts,
            metrics: tally.rows(slices: slices, catalogueSize: catalogueSize, settings),
            changes: changes,
            changesLeftOut: counts.changed - changes.count,
            relevance: relevance,
            settings: settings
        )
    }
}

extension ComparisonSettings {
    /// Whether means are taken over something that the old and the new side have or lack.
    func compares(_ isOld: Bool, _ isNew: Bool) -> Bool {
        isOld && isNew || missing == .empty && (isOld || isNew)
    }
}
