import RankingMetrics

/// The intervals and tests of measures over the sessions of one slice.
struct Evidence {
    private let series: [MetricSeries]
    private let intervals: [ClosedRange<Double>?]
    private let pValues: [Int: Double]

    /// Finds the evidence of all measures, of several lists one behind the other: those of as many sessions share draws.
    ///
    /// - Complexity: O(*s* · *n*) in the samples and the sessions, for each measure.
    init(_ series: [MetricSeries], _ measures: [Measure], _ settings: ComparisonSettings) {
        self.series = series
        intervals = BootstrapInterval(samples: settings.samples, level: settings.level, seed: settings.seed)
            .intervals(series.map(\.differences))
        let tested = measures.indices.filter { measures[$0].isQuality && series[$0].count > 0 }
        let test = PairedRandomisation(permutations: settings.permutations, seed: settings.seed)
        let found = test.pValues(tested.map { series[$0].differences })
        pValues = Dictionary(
            uniqueKeysWithValues: zip(tested, found).compactMap { index, p in p.map { (index, $0) } }
        )
    }

    /// The row of the measure at an index.
    func row(of measure: Measure, _ index: Int, _ list: ComparedList, _ slice: String) -> MetricRow {
        let series = series[index]
        var row = MetricRow(name: measure.name, model: list, slice: slice, sessions: series.count)
        guard series.count > 0 else { return row }
        let count = Double(series.count)
        if measure.isOfEachSide {
            (row.old, row.new) = (series.old / count, series.new / count)
            row.delta = series.differences.mean
        } else {
            row.value = series.new / count
        }
        row.distribution = series.distribution
        row.interval = intervals[index].map { [$0.lowerBound, $0.upperBound] }
        guard measure.isQuality else { return row }
        let counts = series.differences.counts
        (row.wins, row.ties, row.losses) = (counts.wins, counts.ties, counts.losses)
        row.p = pValues[index]
        return row
    }
}
