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
        tally = ComparisonTally(measures, slices: slices.count, depth: settings.depths[0])
        counts = SessionCounts(policy: settings.missing)
        changes.limit = settings.sessionLimit
        ranked.limit = min(settings.rankingLimit, settings.sessionLimit)
    }

    /// Whether a measurement is one of these measures and slices.
    package func fits(_ session: SessionMeasurement) -> Bool {
        session.slices.allSatisfy { slices.indices.contains(Int($0)) }
            && ComparedList.allCases.allSatisfy { list in
                guard let values = session.lists[list].values else { return true }
                let count = tally.lists[list].measures.count
                guard values.old.count == count, values.new.count == count else { return false }
                return zip(values.old, values.new).allSatisfy { $0.isNaN || $1.isNaN || ($1 - $0).isFinite }
            }
    }

    /// Takes in what was measured of the next session.
    ///
    /// - Precondition: It ``fits(_:)``.
    package mutating func add(_ session: SessionMeasurement) {
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
        for list in ComparedList.allCases {
            let measured = session.lists[list]
            counts.lists[list.rawValue, default: .init()].count(measured.isOld, measured.isNew)
            guard settings.compares(measured.isOld, measured.isNew) else { continue }
            guard let values = measured.values else {
                counts.lists[list.rawValue, default: .init()].emptyOnBoth += 1
                continue
            }
            tally.add(values, of: list, to: session.slices)
            if values.change != nil { counts.lists[list.rawValue, default: .init()].changed += 1 }
        }
        guard var change = session.change else { return }
        counts.changed += 1
        changes.add(change)
        guard ranked.admits(change.leastOverlap) else { return }
        change.rankings = session.rankings?.value
        ranked.add(change)
    }

    /// What was found, once all sessions were taken in.
    ///
    /// - Complexity: O(*s* · *n*) in the samples and the sessions of each metric.
    package func findings(old: ComparisonFindings.Side, new: ComparisonFindings.Side) -> ComparisonFindings {
        // Both are in the same order.
        let ranked = ranked.sorted
        let changes = ranked + changes.sorted.dropFirst(ranked.count)
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

extension SessionCounts.ListCounts {
    fileprivate mutating func count(_ isOld: Bool, _ isNew: Bool) {
        switch (isOld, isNew) {
        case (true, true): both += 1
        case (true, false): onlyOld += 1
        case (false, true): onlyNew += 1
        case (false, false): break
        }
    }
}
