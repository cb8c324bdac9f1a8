/// What a comparison says about one limit.
package struct GateVerdict: Hashable, Sendable, Codable {
    /// Whether the limit is kept.
    package enum Outcome: String, Hashable, Sendable, Codable {
        /// It is kept.
        case passed
        /// It is not.
        case failed
        /// No session has a value, so that nothing was judged.
        case noSamples
    }

    /// The limit in words: `nDCG@10 falls by at most 0.01`.
    package var rule: String
    /// The list; `nil` where no list has the metric, or sessions are counted.
    package var model: ComparedList?
    /// The slice.
    package var slice: String
    /// What was found: the fall, the value, or the number of sessions.
    package var found: Double?
    /// The limit.
    package var limit: Double
    /// Whether it is kept.
    package var outcome: Outcome
    /// Whether the evidence decides it: the whole interval lies on one side of the limit.
    package var isDecided: Bool
    /// The sessions that have a value.
    package var sessions: Int

    /// What the limit is about: the list, or sessions, and the slice.
    package var subject: String { "\(model?.rawValue ?? "sessions") \(slice)" }

    /// What was found, in words.
    package var finding: String { found.map { "found \($0)" } ?? "no session has a value" }

    /// Judges a rule by a row.
    init(_ rule: Gate.Rule, list: ComparedList?, row: MetricRow?) {
        model = list
        slice = rule.slice
        sessions = row?.sessions ?? 0
        let interval = row?.interval
        var isAtMost = true
        switch rule.limit {
        case .maxDrop(let limit):
            self.rule = "\(rule.metric) falls by at most \(limit)"
            self.limit = limit
            found = row?.delta.map { -$0 }
        case .minimum(let limit):
            self.rule = "\(rule.metric) is at least \(limit)"
            self.limit = limit
            found = row?.judged
            isAtMost = false
        case .maximum(let limit):
            self.rule = "\(rule.metric) is at most \(limit)"
            self.limit = limit
            found = row?.judged
        }
        guard let found, sessions > 0 else {
            outcome = .noSamples
            isDecided = false
            return
        }
        outcome = (isAtMost ? found <= limit : found >= limit) ? .passed : .failed
        isDecided = Self.isDecided(rule.limit, row, interval)
    }

    /// Judges how many sessions one side lacks.
    init(missing: Int, limit: Int) {
        rule = "at most \(limit) sessions that one side lacks"
        model = nil
        slice = SlicePlan.all
        found = Double(missing)
        self.limit = Double(limit)
        outcome = missing <= limit ? .passed : .failed
        isDecided = true
        sessions = missing
    }

    /// The interval of a difference says something about a fall, and that of a value about the value; a mean of the new
    /// side alone has none.
    private static func isDecided(_ limit: Gate.Rule.Limit, _ row: MetricRow?, _ interval: [Double]?) -> Bool {
        guard let interval, interval.count == 2 else { return false }
        let bound: Double
        switch limit {
        case .maxDrop(let drop): bound = -drop
        case .minimum(let least): bound = least
        case .maximum(let most): bound = most
        }
        if case .maxDrop = limit { return !(interval[0] < bound && bound <= interval[1]) }
        return row?.value != nil && !(interval[0] < bound && bound <= interval[1])
    }
}
