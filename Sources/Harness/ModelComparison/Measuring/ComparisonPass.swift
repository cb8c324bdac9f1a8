import Domain
import RankingMetrics

/// Measures sessions one after the other.
struct ComparisonPass {
    private let slices: SlicePlan
    private let settings: ComparisonSettings
    private let measures: ByList<[Measure]>
    /// The movies with lower numbers are those of the catalogue, of which coverage is a share.
    private let catalogueSize: Int
    /// The most changed sessions so far, whose rankings are kept.
    private var ranked = MostChanged()
    /// Made anew where movies have come that the meters have no room for.
    private var meters: (movies: Int, byList: ByList<ListMeter>)?

    init(slices: SlicePlan, hasRelevance: Bool, catalogueSize: Int, settings: ComparisonSettings) {
        self.slices = slices
        self.settings = settings
        self.catalogueSize = catalogueSize
        ranked.limit = settings.rankedSessions
        measures = Measure.byList(settings, hasRelevance: hasRelevance)
    }

    /// Measures a block of sessions.
    ///
    /// - Parameters:
    ///   - block: The sessions.
    ///   - before: What the old side has for each of them.
    ///   - after: What the new side has.
    ///   - table: The numbers of the movies.
    /// - Returns: What was measured of each.
    mutating func measurements(
        of block: [ComparedSession],
        _ before: [SideSession?],
        _ after: [SideSession?],
        _ table: inout MovieTable
    ) -> [SessionMeasurement] {
        let judged = block.map { session in
            session.relevant
                .map { judgements in
                    (movies: judgements.map { table.number(of: $0.movie) }, gains: judgements.map(\.gain))
                }
        }
        let meters = meters(for: table)
        return block.indices.map { offset in
            let relevant = judged[offset]
            if let relevant { for list in ComparedList.allCases { meters[list].load(relevant) } }
            let (session, old, new) = (block[offset], before[offset], after[offset])
            var measurement = self.measurement(of: session, old, new, relevant != nil, meters, table)
            guard let change = measurement.change, ranked.admits(change.leastOverlap) else { return measurement }
            ranked.add(change)
            measurement.rankings = .made(SessionRankings(session.recorded?.ratings, old, new, table))
            return measurement
        }
    }

    private func measurement(
        of session: ComparedSession,
        _ old: SideSession?,
        _ new: SideSession?,
        _ isJudged: Bool,
        _ meters: ByList<ListMeter>,
        _ table: MovieTable
    ) -> SessionMeasurement {
        var measurement = SessionMeasurement(key: session.key, isOld: old != nil, isNew: new != nil, isJudged: isJudged)
        guard settings.compares(old != nil, new != nil) else { return measurement }
        measurement.slices = slices.slices(of: session.recorded)
        measurement.notes = (old?.notes ?? []) + (new?.notes ?? [])
        for list in ComparedList.allCases {
            let (before, after) = (old?.lists[list], new?.lists[list])
            var measured = SessionMeasurement.List(isOld: before != nil, isNew: after != nil)
            let (first, second) = (before ?? RankedList(), after ?? RankedList())
            // Two empty lists agree about nothing.
            if settings.compares(before != nil, after != nil), !first.movies.isEmpty || !second.movies.isEmpty {
                let meter = meters[list]
                meter.measure(
                    first,
                    second,
                    parseFailures: (old?.parseFailures, new?.parseFailures),
                    isJudged: isJudged
                )
                measured.values = values(of: meter, first, second, table)
            }
            measurement.lists[list] = measured
        }
        return measurement
    }

    /// What a meter has found for two lists.
    private func values(
        of meter: ListMeter,
        _ old: RankedList,
        _ new: RankedList,
        _ table: MovieTable
    ) -> SessionMeasurement.Values {
        let depth = settings.depths[0]
        func covered(_ list: RankedList) -> [Int32] { list.movies.prefix(depth).filter { $0 < catalogueSize } }
        var values = SessionMeasurement.Values(
            old: meter.old,
            new: meter.new,
            coveredByOld: covered(old),
            coveredByNew: covered(new)
        )
        if old.movies != new.movies, let agreement = meter.agreement {
            values.change = Self.change(old, new, agreement, depth, table)
        }
        return values
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
}
