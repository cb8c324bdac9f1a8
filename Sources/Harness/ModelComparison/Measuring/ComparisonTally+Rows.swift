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
        let groups = compared.flatMap { list in
            slices.indices.filter { !lists[list].isEmpty(slice: $0) }.map { (list: list, slice: $0) }
        }
        // Draws and signs are the whole work, and those of one group do not depend on another's.
        let evidence = WorkerThreads.map(groups.count, threads: WorkerThreads.available) { unit in
            let own = lists[groups[unit].list]
            return Evidence(own.series[groups[unit].slice], own.measures, settings)
        }
        var rows: [MetricRow] = []
        for (group, evidence) in zip(groups, evidence) {
            let name = slices[group.slice]
            for (index, measure) in lists[group.list].measures.enumerated() {
                rows.append(evidence.row(of: measure, index, group.list, name))
            }
            rows.append(coverage(of: group.list, group.slice, name, catalogueSize))
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
        // The catalogue has the first numbers; other movies are none of it.
        let old = Double(own.coveredByOld[slice].count { $0 < catalogueSize })
        let new = Double(own.coveredByNew[slice].count { $0 < catalogueSize })
        (row.old, row.new) = (old / Double(catalogueSize), new / Double(catalogueSize))
        row.delta = (new - old) / Double(catalogueSize)
        return row
    }
}
