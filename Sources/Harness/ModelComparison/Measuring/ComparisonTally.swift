/// What all measures of all lists did, by slice.
struct ComparisonTally: Sendable {
    /// The lists.
    private(set) var lists: ByList<ListTally>

    /// Creates an empty tally.
    init(_ measures: ByList<[Measure]>, slices: Int, depth: Int) {
        func list(_ measures: [Measure]) -> ListTally { ListTally(measures, slices: slices, depth: depth) }
        lists = ByList(svd: list(measures.svd), p5: list(measures.p5), display: list(measures.display))
    }

    /// Adds what was measured of a session.
    mutating func add(_ values: SessionMeasurement.Values, of list: ComparedList, to slices: [Int32]) {
        // In place: a subscript would take a copy of all series out and put it back.
        switch list {
        case .svd: lists.svd.add(values, to: slices)
        case .p5: lists.p5.add(values, to: slices)
        case .display: lists.display.add(values, to: slices)
        }
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
    /// By slice: the movies that were among the first of any session on the old side.
    private(set) var coveredByOld: [Set<Int32>]
    /// The same of the new side.
    private(set) var coveredByNew: [Set<Int32>]
    /// Sessions with a list on both sides.
    private(set) var sessions = 0

    /// Creates an empty tally.
    init(_ measures: [Measure], slices: Int, depth: Int) {
        self.measures = measures
        self.depth = depth
        // Distributions are those over all sessions, the first slice.
        series = (0..<slices).map { slice in measures.map { _ in MetricSeries(isDistributed: slice == 0) } }
        coveredByOld = Array(repeating: [], count: slices)
        coveredByNew = coveredByOld
    }

    /// Whether no session is in a slice.
    func isEmpty(slice: Int) -> Bool { slice > 0 && series[slice].allSatisfy { $0.count == 0 } }

    /// Adds what was measured of a session.
    mutating func add(_ values: SessionMeasurement.Values, to slices: [Int32]) {
        sessions += 1
        for slice in slices {
            let slice = Int(slice)
            for index in measures.indices {
                let (before, after) = (values.old[index], values.new[index])
                guard !before.isNaN, !after.isNaN else { continue }
                if measures[index].isOfEachSide {
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
