/// The name of a metric as ir-measures writes it, such as `nDCG@10`, `RR` or `AP(rel=2)@100`, and in the same form
/// those of two rankings, such as `Overlap@10` or `RBO(p=0.9)`.
///
/// MacAvaney, Macdonald and Ounis, "Streamlining Evaluation with ir-measures", ECIR 2022.
package struct MetricName: Hashable, Sendable {
    /// What is measured.
    package let measure: Measure
    /// The number of places that count, `nil` where all do.
    package let depth: Int?
    /// The gain from which on a movie is relevant; 1 where the name does not say.
    package let level: Int
    /// The chance that a reader of two rankings goes on from one place to the next, of `RBO` alone.
    package let persistence: Double?
    /// How `RBO` treats ties, `nil` where it takes the order of the rankings as it is.
    package let ties: TieTreatment?

    private init(valid measure: Measure, depth: Int?) {
        self.measure = measure
        self.depth = depth
        level = 1
        persistence = nil
        ties = nil
    }

    /// Normalised discounted cumulative gain at a depth.
    ///
    /// - Precondition: The depth is positive.
    package static func nDCG(_ depth: Int) -> MetricName {
        precondition(depth > 0, "nDCG at depth \(depth), expected at least 1")
        return MetricName(valid: .nDCG, depth: depth)
    }

    /// Creates a name.
    ///
    /// - Parameters:
    ///   - measure: What is measured.
    ///   - depth: The number of places that count, `nil` for all.
    ///   - level: The gain from which on a movie is relevant.
    ///   - persistence: The persistence of `RBO`.
    ///   - ties: The treatment of ties of `RBO`.
    /// - Throws: ``MetricNameError`` where the measure does not take one of these or lacks one that it needs.
    package init(
        _ measure: Measure,
        depth: Int? = nil,
        level: Int = 1,
        persistence: Double? = nil,
        ties: TieTreatment? = nil
    ) throws(MetricNameError) {
        self.measure = measure
        self.depth = depth
        self.level = level
        self.persistence = persistence
        self.ties = ties
        if let problem { throw MetricNameError(text: description, problem: problem) }
    }

    /// Whether it compares two rankings with each other; the others judge one ranking by relevance.
    package var comparesRankings: Bool { measure.comparesRankings }

    /// Whether a larger value is the better one: all but `Footrule`, which is a distance.
    package var isLargerBetter: Bool { measure != .spearmanFootrule }

    private var problem: MetricNameError.Problem? {
        switch measure.depthRule {
        case .needed where depth == nil: return .depthMissing
        case .none where depth != nil: return .depthNotTaken
        default: break
        }
        if let depth, depth < 1 { return .badDepth(String(depth)) }
        if level < 1 { return .badParameter("rel", String(level), expected: "a whole number from 1") }
        if level != 1, !measure.takesLevel { return .unknownParameter("rel") }
        guard measure == .rankBiasedOverlap else {
            return persistence != nil ? .unknownParameter("p") : ties != nil ? .unknownParameter("ties") : nil
        }
        guard let persistence else { return .parameterMissing("p") }
        guard persistence > 0, persistence < 1 else {
            return .badParameter("p", String(persistence), expected: "a number above 0 and below 1")
        }
        return nil
    }
}

extension MetricName: CustomStringConvertible {
    /// The canonical name, which reads back as this value.
    package var description: String {
        var parameters: [String] = []
        if let persistence { parameters.append("p=\(persistence)") }
        if let ties { parameters.append("ties=\(ties.rawValue)") }
        if level != 1 { parameters.append("rel=\(level)") }
        return measure.rawValue + (parameters.isEmpty ? "" : "(\(parameters.joined(separator: ",")))")
            + (depth.map { "@\($0)" } ?? "")
    }
}
