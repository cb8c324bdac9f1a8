import RankingMetrics

/// The intervals and tests of the measures of one list in one slice.
///
/// Measures that have a value for as many sessions have it for the same ones, and share draws and signs. Where the
/// differences were not kept, both follow from the normal distribution of the mean.
struct Evidence {
    private var intervals: [[Double]?]
    private var pValues: [Double?]

    /// Finds the evidence of all measures.
    ///
    /// - Complexity: O(*s* · *n*) in the samples and the sessions, for each measure.
    init(_ series: [MetricSeries], _ measures: [Measure], _ settings: ComparisonSettings) {
        intervals = [[Double]?](repeating: nil, count: series.count)
        pValues = [Double?](repeating: nil, count: series.count)
        let bootstrap = BootstrapInterval(samples: settings.samples, level: settings.level, seed: settings.seed)
        let test = PairedRandomisation(permutations: settings.permutations, seed: settings.seed)
        let counted = series.indices.filter { series[$0].count > 0 }
        for (_, group) in Dictionary(grouping: counted, by: { series[$0].count }).sorted(by: { $0.key < $1.key }) {
            let kept = group.compactMap { index in series[index].differences.map { (index, $0) } }
            for (index, interval) in zip(kept.map(\.0), bootstrap.intervals(kept.map(\.1))) {
                intervals[index] = interval.map { [$0.lowerBound, $0.upperBound] }
            }
            let tested = kept.filter { measures[$0.0].isQuality }
            for (index, p) in zip(tested.map(\.0), test.pValues(tested.map(\.1))) { pValues[index] = p }
            for index in group where series[index].differences == nil {
                intervals[index] = Self.interval(of: series[index], settings.level)
                if measures[index].isQuality { pValues[index] = Self.pValue(of: series[index]) }
            }
        }
    }

    /// The row of a measure.
    func row(
        of measure: Measure,
        _ index: Int,
        _ series: MetricSeries,
        _ list: ComparedList,
        _ slice: String
    ) -> MetricRow {
        var row = MetricRow(name: measure.name, model: list, slice: slice, sessions: series.count)
        guard series.count > 0 else { return row }
        if measure.isOfEachSide {
            let count = Double(series.count)
            (row.old, row.new, row.delta) = (series.old / count, series.new / count, series.mean)
        } else {
            row.value = series.mean
        }
        row.interval = intervals[index]
        guard measure.isQuality else { return row }
        (row.wins, row.ties, row.losses) = (series.wins, series.ties, series.losses)
        row.p = pValues[index]
        return row
    }

    private static func interval(of series: MetricSeries, _ level: Double) -> [Double] {
        let half = NormalDistribution.quantile(0.5 + level / 2) * series.standardError
        return [series.mean - half, series.mean + half]
    }

    private static func pValue(of series: MetricSeries) -> Double {
        guard series.standardError > 0 else { return series.mean == 0 ? 1 : 0 }
        return NormalDistribution.twoSided(series.mean / series.standardError)
    }
}
