/// What all measures of all lists did, by slice.
struct ComparisonTally: Sendable {
    /// The lists.
    private(set) var lists: ByList<ListTally>

    /// Creates an empty tally.
    init(_ measures: ByList<[Measure]>, slices: Int, depth: Int, catalogueSize: Int) {
        func list(_ measures: [Measure]) -> ListTally {
            ListTally(measures, slices: slices, depth: depth, catalogueSize: catalogueSize)
        }
        lists = ByList(svd: list(measures.svd), p5: list(measures.p5), display: list(measures.display))
    }

    /// Whether what was measured of a session is of these measures and movies.
    func fits(_ session: SessionMeasurement) -> Bool {
        lists.svd.fits(session.lists.svd.values) && lists.p5.fits(session.lists.p5.values)
            && lists.display.fits(session.lists.display.values)
    }

    /// Adds what was measured of a compared session.
    mutating func add(_ session: SessionMeasurement, _ settings: ComparisonSettings) {
        // In place: a subscript would take a copy of all series out and put it back.
        lists.svd.add(session.lists.svd, to: session.slices, settings)
        lists.p5.add(session.lists.p5, to: session.slices, settings)
        lists.display.add(session.lists.display, to: session.slices, settings)
    }
}

/// What the measures of one list did, by slice.
struct ListTally: Sendable {
    /// The measures.
    let measures: [Measure]
    /// The depth of coverage.
    let depth: Int
    /// By slice, then by measure.
    private(set) var series: [[MetricSeries]]
    /// By slice: the movies of the catalogue that were among the first of any session on the old side.
    private(set) var coveredByOld: [MovieSet]
    /// The same of the new side.
    private(set) var coveredByNew: [MovieSet]
    /// Compared sessions by what they have of the list.
    private(set) var counts = SessionCounts.ListCounts()
    /// Sessions in which the list is there and not empty on both sides.
    private(set) var sessions = 0
    private let isOfEachSide: [Bool]
    private let catalogueSize: Int

    /// Creates an empty tally.
    init(_ measures: [Measure], slices: Int, depth: Int, catalogueSize: Int) {
        self.measures = measures
        self.depth = depth
        self.catalogueSize = catalogueSize
        isOfEachSide = measures.map(\.isOfEachSide)
        // Distributions are those over all sessions, the first slice.
        series = (0..<slices).map { slice in measures.map { _ in MetricSeries(isDistributed: slice == 0) } }
        coveredByOld = Array(repeating: MovieSet(of: catalogueSize), count: slices)
        coveredByNew = coveredByOld
    }

    /// Whether no session is in a slice.
    func isEmpty(slice: Int) -> Bool { slice > 0 && series[slice].allSatisfy { $0.count == 0 } }

    /// Whether what was measured of a session is of these measures and movies.
    func fits(_ values: SessionMeasurement.Values?) -> Bool {
        guard let values else { return true }
        guard values.old.count == measures.count, values.new.count == measures.count else { return false }
        for index in measures.indices {
            let (before, after) = (values.old[index], values.new[index])
            guard before.isNaN || after.isNaN || (after - before).isFinite else { return false }
        }
        let movies = 0..<Int32(clamping: catalogueSize)
        return values.coveredByOld.allSatisfy(movies.contains) && values.coveredByNew.allSatisfy(movies.contains)
            && values.change?.rbo.isFinite != false
    }

    /// Adds what was measured of a compared session.
    mutating func add(_ list: SessionMeasurement.List, to slices: [Int32], _ settings: ComparisonSettings) {
        counts.count(list.isOld, list.isNew)
        guard settings.compares(list.isOld, list.isNew) else { return }
        guard let values = list.values else {
            counts.emptyOnBoth += 1
            return
        }
        if values.change != nil { counts.changed += 1 }
        sessions += 1
        for slice in slices {
            let slice = Int(slice)
            for index in isOfEachSide.indices {
                let (before, after) = (values.old[index], values.new[index])
                guard !before.isNaN, !after.isNaN else { continue }
                if isOfEachSide[index] {
                    series[slice][index].add(old: before, new: after)
                } else {
                    series[slice][index].add(before)
                }
            }
            coveredByOld[slice].formUnion(values.coveredByOld)
            coveredByNew[slice].formUnion(values.coveredByNew)
        }
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
