import RankingMetrics

extension ComparisonTally {
    /// The rows of all metrics, lists and slices, with intervals and tests.
    ///
    /// - Parameters:
    ///   - slices: The names of the slices.
    ///   - catalogueSize: How many movies there are to recommend; `nil` where that is not known.
    ///   - settings: What is measured.
    /// - Complexity: O(*s* · *n*) in the samples and the sessions of each metric.
    func rows(slices: [String], catalogueSize: Int?, _ settings: ComparisonSettings) -> [MetricRow] {
        var rows: [MetricRow] = []
        for list in ComparedList.allCases where lists[list].sessions > 0 {
            for (slice, name) in slices.enumerated() {
                let own = lists[list]
                let evidence = Evidence(own.series[slice], own.measures, settings)
                for (index, measure) in own.measures.enumerated() {
                    rows.append(evidence.row(of: measure, index, list, name))
                }
                rows.append(coverage(of: list, slice, name, catalogueSize))
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
        let covered = lists[list].covered[slice]
        var row = MetricRow(name: "Coverage@\(depth)", model: list, slice: name, sessions: lists[list].sessions)
        guard let catalogueSize, catalogueSize > 0 else { return row }
        let (old, new) = (Double(covered.old.count), Double(covered.new.count))
        (row.old, row.new) = (old / Double(catalogueSize), new / Double(catalogueSize))
        row.delta = (new - old) / Double(catalogueSize)
        return row
    }
}
