import RankingMetrics

extension Measure {
    /// Reads a name; small letters do.
    ///
    /// - Parameters:
    ///   - text: The name, with or without the persistence of `RBO`.
    ///   - persistence: That of an `RBO` without one.
    /// - Throws: ``MetricNameError``, which lists what is known.
    init(named text: String, persistence: Double) throws(MetricNameError) {
        let end = text.firstIndex { $0 == "@" || $0 == "(" } ?? text.endIndex
        let head = text[..<end].lowercased()
        let depth = Int(text[end...].dropFirst()).flatMap { $0 > 0 ? $0 : nil }
        switch (head, depth) {
        case ("entries", let depth?): self = .entries(depth)
        case ("exits", let depth?): self = .exits(depth)
        case ("coverage", let depth?): self = .coverage(depth)
        case ("popularity", let depth?): self = .popularity(depth)
        case ("scoredrift", nil) where end == text.endIndex: self = .scoreDrift
        case ("length", nil) where end == text.endIndex: self = .length
        case ("parsefailures", nil) where end == text.endIndex: self = .parseFailures
        case ("distinctscores", nil) where end == text.endIndex: self = .distinctScores
        default:
            let known = MetricName.Measure.allCases.first { $0.rawValue.lowercased() == head }
            let rest = known == .rankBiasedOverlap && end == text.endIndex ? "(p=\(persistence))" : String(text[end...])
            self = .metric(try MetricName((known?.rawValue ?? String(text[..<end])) + rest))
        }
    }

    /// The names that are no metric's of their own, for messages.
    static let ownNames = "Entries@10 Exits@10 Popularity@10 Coverage@10 ScoreDrift Length ParseFailures DistinctScores"
}
