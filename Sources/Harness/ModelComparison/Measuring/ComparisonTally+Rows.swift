import LinearAlgebra
import RankingMetrics

extension ComparisonTally {
    /// The rows of all metrics, lists and slices, with intervals and tests.
    ///
    /// - Parameters:
    ///   - slices: The names of the slices.
    ///   - catalogueSize: How many movies there are to recommend; `nil` where that is not known.
    ///   - settings: What is measured.
    /// - Returns: The rows.
    /// - Complexity: O(*s* · *n*) in the samples and the sessions of each metric.
    func rows(slices: [String], catalogueSize: Int?, _ settings: ComparisonSettings) -> [MetricRow] {
        let compared = ComparedList.allCases.filter { lists[$0].sessions > 0 }
        func isThere(_ list: ComparedList, _ slice: Int) -> Bool { !lists[list].isEmpty(slice: slice) }
        // Draws and signs are the whole work. Those of one slice do not depend on another's, and its lists share them.
        let evidence = WorkerThreads.map(slices.count, threads: WorkerThreads.available) { slice in
            let there = compared.filter { isThere($0, slice) }.map { lists[$0] }
            return Evidence(there.flatMap { $0.series[slice] }, there.flatMap(\.measures), settings)
        }
        var rows: [MetricRow] = []
        // By slice, how many measures of earlier lists stand before those of the next one.
        var before = Array(repeating: 0, count: slices.count)
        for list in compared {
            for slice in slices.indices where isThere(list, slice) {
                for (index, measure) in lists[list].measures.enumerated() {
                    rows.append(evidence[slice].row(of: measure, before[slice] + index, list, slices[slice]))
                }
                before[slice] += lists[list].measures.count
                rows.append(coverage(of: list, slice, slices[slice], catalogueSize))
            }
        }
        let tested = rows.indices.filter { rows[$0].p != nil }
        for (index, p) in zip(tested, HolmCorrection.adjusted(tested.compactMap { rows[$0].p })) {
            rows[index].adjustedP = p
        }
        return rows
    }

    /// The share of the catalogue that is among the first of any session.
    private func coverage(of list: ComparedList, _ slice: Int, _ name: String, _ catalogueSize: Int?) -> MetricRow {
        let own = lists[list]
        var row = MetricRow(name: "Coverage@\(own.depth)", model: list, slice: name, sessions: own.sessions)
        guard let catalogueSize, catalogueSize > 0 else { return row }
        let (old, new) = (Double(own.coveredByOld[slice].count), Double(own.coveredByNew[slice].count))
        (row.old, row.new) = (old / Double(catalogueSize), new / Double(catalogueSize))
        row.delta = (new - old) / Double(catalogueSize)
        return row
    }
}
