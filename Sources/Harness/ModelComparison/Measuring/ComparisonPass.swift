import Domain
import RankingMetrics

/// One way through the sessions: what has been measured so far.
struct ComparisonPass {
    private let slices: SlicePlan
    private let relevance: String?
    private let settings: ComparisonSettings
    private let measures: ByList<[Measure]>
    private var tally: ComparisonTally
    private var counts: SessionCounts
    private var changes = MostChanged()
    /// The most changed of these, with their rankings.
    private var ranked = MostChanged()
    /// Made anew where movies have come that the meters have no room for.
    private var meters: (movies: Int, byList: ByList<ListMeter>)?

    init(slices: SlicePlan, relevance: String?, settings: ComparisonSettings) {
        self.slices = slices
        self.relevance = relevance
        self.settings = settings
        let hasRelevance = relevance != nil
        measures = ByList(
            svd: Measure.all(of: .svd, settings, hasRelevance: hasRelevance),
            p5: Measure.all(of: .p5, settings, hasRelevance: hasRelevance),
            display: Measure.all(of: .display, settings, hasRelevance: hasRelevance)
        )
        tally = ComparisonTally(measures, slices: slices.names.count, depth: settings.depths[0])
        counts = SessionCounts(policy: settings.missing)
        changes.limit = settings.sessionLimit
        ranked.limit = min(settings.rankingLimit, settings.sessionLimit)
    }

    /// Takes a block of sessions with what both sides have for them.
    mutating func take(
        _ block: [ComparedSession],
        _ before: [SideSession?],
        _ after: [SideSession?],
        _ table: inout MovieTable
    ) {
        let judged = block.map { session in
            session.relevant
                .map { judgements in
                    (movies: judgements.map { table.number(of: $0.movie) }, gains: judgements.map(\.gain))
                }
        }
        let meters = meters(for: table)
        for (offset, session) in block.enumerated() {
            let relevant = judged[offset]
            if let relevant { for list in ComparedList.allCases { meters[list].load(relevant) } }
            take(session, before[offset], after[offset], relevant != nil, meters, table)
        }
    }

    private mutating func take(
        _ session: ComparedSession,
        _ old: SideSession?,
        _ new: SideSession?,
        _ isJudged: Bool,
        _ meters: ByList<ListMeter>,
        _ table: MovieTable
    ) {
        switch (old, new) {
        case (nil, nil): counts.neither += 1
        case (_?, nil):
            counts.onlyOld += 1
            if counts.firstOnlyOld.count < 10 { counts.firstOnlyOld.append(session.key) }
        case (nil, _?):
            counts.onlyNew += 1
            if counts.firstOnlyNew.count < 10 { counts.firstOnlyNew.append(session.key) }
        case (_?, _?): break
        }
        guard old != nil && new != nil || settings.missing == .empty && (old != nil || new != nil) else { return }
        counts.compared += 1
        let groups = slices.slices(of: session.recorded)
        if relevance != nil, !isJudged { counts.unjudged += 1 }
        var change = SessionChange(session: session.key, lists: [:], notes: (old?.notes ?? []) + (new?.notes ?? []))
        for list in ComparedList.allCases {
            let (before, after) = (old?.lists[list], new?.lists[list])
            counts.lists[list.rawValue, default: .init()].count(before != nil, after != nil)
            guard before != nil && after != nil || settings.missing == .empty && (before != nil || after != nil)
            else { continue }
            let (first, second) = (before ?? RankedList(), after ?? RankedList())
            // Two empty lists agree about nothing.
            guard !first.movies.isEmpty || !second.movies.isEmpty else {
                counts.lists[list.rawValue, default: .init()].emptyOnBoth += 1
                continue
            }
            let meter = meters[list]
            meter.measure(first, second, parseFailures: (old?.parseFailures, new?.parseFailures), isJudged: isJudged)
            tally.add(meter, of: list, first, second, to: groups)
            guard first.movies != second.movies, let agreement = meter.agreement else { continue }
            counts.lists[list.rawValue, default: .init()].changed += 1
            change.lists[list.rawValue] = Self.change(first, second, agreement, settings.depths[0], table)
        }
        if !change.lists.isEmpty {
            counts.changed += 1
            changes.add(change)
            guard ranked.admits(change.leastOverlap) else { return }
            change.rankings = SessionRankings(session.recorded?.ratings, old, new, table)
            ranked.add(change)
        }
    }

    private static func change(
        _ old: RankedList,
        _ new: RankedList,
        _ agreement: RankingAgreement,
        _ depth: Int,
        _ table: MovieTable
    ) -> SessionChange.List {
        let (before, after) = (old.movies.prefix(depth), new.movies.prefix(depth))
        return SessionChange.List(
            overlap: agreement.atDepth[0].overlap,
            rbo: agreement.rbo,
            tauB: agreement.tauB,
            entries: after.filter { !before.contains($0) }.map { table[$0] },
            exits: before.filter { !after.contains($0) }.map { table[$0] }
        )
    }

    private mutating func meters(for table: MovieTable) -> ByList<ListMeter> {
        if let meters, meters.movies >= table.count { return meters.byList }
        // Room to spare, so that few new movies do not mean new meters.
        let movies = table.count + 1_024
        let popularity = (0..<table.count).map { slices.popularity(of: table[Int32($0)]) }
        let known =
            popularity.contains { $0 == nil }
            ? []
            : popularity.compactMap(\.self)
                + [Double](repeating: 0, count: movies - table.count)
        func meter(_ list: ComparedList) -> ListMeter {
            ListMeter(measures: measures[list], settings: settings, movies: movies, popularity: known)
        }
        let made = ByList(svd: meter(.svd), p5: meter(.p5), display: meter(.display))
        meters = (movies, made)
        return made
    }

    /// What was found, once all sessions were taken.
    func result(
        old: ComparisonFindings.Side,
        new: ComparisonFindings.Side,
        catalogueSize: Int?
    ) -> ComparisonFindings {
        // Both are in the same order.
        let ranked = ranked.sorted
        let changes = ranked + changes.sorted.dropFirst(ranked.count)
        return ComparisonFindings(
            old: old,
            new: new,
            sessions: counts,
            metrics: tally.rows(slices: slices.names, catalogueSize: catalogueSize, settings),
            changes: changes,
            changesLeftOut: counts.changed - changes.count,
            relevance: relevance,
            settings: settings
        )
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
