/// The limits that a change of model has to keep.
package struct Gate: Sendable {
    /// One limit.
    package struct Rule: Hashable, Sendable {
        /// What is limited.
        package enum Limit: Hashable, Sendable {
            /// By how much the mean may fall.
            case maxDrop(Double)
            /// What the value, or the new side's mean, is at least.
            case minimum(Double)
            /// What it is at most.
            case maximum(Double)
        }

        /// The metric, as reports name it.
        package let metric: String
        /// The slice.
        package let slice: String
        /// The limit.
        package let limit: Limit
        /// Where it stands: file, line and column.
        package let place: String
    }

    /// The limits in the order of the file.
    package let rules: [Rule]
    /// The lists that they are for; `nil` for those that are compared.
    package let lists: [ComparedList]?
    /// How many sessions only one side may have; `nil` for any number.
    package let maxMissing: Int?

    /// Creates a gate.
    package init(rules: [Rule], lists: [ComparedList]? = nil, maxMissing: Int? = nil) {
        self.rules = rules
        self.lists = lists
        self.maxMissing = maxMissing
    }

    /// Judges a comparison.
    ///
    /// - Returns: A verdict for each rule and list.
    /// - Complexity: O(*r* · *m*) in the rules and the rows.
    package func verdicts(on result: ComparisonFindings) -> [GateVerdict] {
        let compared = ComparedList.allCases.filter { list in result.metrics.contains { $0.model == list } }
        var verdicts = rules.flatMap { rule in
            let asked = lists ?? compared.filter { result.row(rule.metric, $0, slice: rule.slice) != nil }
            return asked.isEmpty
                ? [GateVerdict(rule, list: nil, row: nil)]
                : asked.map { GateVerdict(rule, list: $0, row: result.row(rule.metric, $0, slice: rule.slice)) }
        }
        if let maxMissing {
            verdicts.append(GateVerdict(missing: result.sessions.onlyOld + result.sessions.onlyNew, limit: maxMissing))
        }
        return verdicts
    }
}
