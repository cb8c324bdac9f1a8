/// What all measures of all lists did, by slice.
struct ComparisonTally: Sendable {
    /// One list's.
    struct List: Sendable {
        let measures: [Measure]
        /// By slice, then by measure.
        var series: [[MetricSeries]]
        /// By slice: which movies were among the first of any session, on the old and on the new side.
        var covered: [(old: Set<Int32>, new: Set<Int32>)]
        /// Sessions with a list on both sides.
        var sessions = 0
        /// Sessions whose lists are not the same movies in the same order.
        var changed = 0
    }

    /// The lists.
    var lists: ByList<List>
    /// The depth of coverage.
    let depth: Int

    /// Creates an empty tally.
    init(_ measures: ByList<[Measure]>, slices: Int, depth: Int) {
        func list(_ measures: [Measure]) -> List {
            List(
                measures: measures,
                series: Array(repeating: measures.map { _ in MetricSeries() }, count: slices),
                covered: Array(repeating: ([], []), count: slices)
            )
        }
        self.depth = depth
        lists = ByList(svd: list(measures.svd), p5: list(measures.p5), display: list(measures.display))
    }

    /// Adds what a meter has found for a session.
    mutating func add(_ meter: ListMeter, of list: ComparedList, _ old: RankedList, _ new: RankedList, to slices: [Int32]) {
        lists[list].sessions += 1
        if old.movies != new.movies { lists[list].changed += 1 }
        for slice in slices.map(Int.init) {
            for index in meter.measures.indices {
                let (before, after) = (meter.old[index], meter.new[index])
                guard !before.isNaN, !after.isNaN else { continue }
                if meter.measures[index].isOfEachSide {
                    lists[list].series[slice][index].add(old: before, new: after)
                } else {
                    lists[list].series[slice][index].add(before)
                }
            }
            lists[list].covered[slice].old.formUnion(old.movies.prefix(depth))
            lists[list].covered[slice].new.formUnion(new.movies.prefix(depth))
        }
    }
}
