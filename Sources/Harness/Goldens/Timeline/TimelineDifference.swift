/// What a start shows that its golden does not allow.
package enum TimelineDifference: Hashable, Sendable {
    /// A stage as a start had it; the time is in seconds.
    package struct Stage: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// What the instance did while it began.
        package let during: GoldenTimeline.Period
        /// How long it took.
        package let seconds: Double

        /// Creates a stage.
        package init(name: String, during: GoldenTimeline.Period, seconds: Double) {
            self.name = name
            self.during = during
            self.seconds = seconds
        }
    }

    /// The start has another strategy.
    case strategy(expected: String, found: String)
    /// A stage of the golden that the start does not have.
    case missing(String)
    /// A stage that the golden does not have.
    case unknown(String)
    /// The stages come in another order: the first that stands elsewhere, and what stands in its place.
    case order(expected: String, found: String)
    /// A stage began while the instance did something else.
    case period(String, expected: GoldenTimeline.Period, found: GoldenTimeline.Period)
    /// A stage took less or more than it may.
    case duration(String, seconds: Double, from: Double, to: Double)

    /// Whether it is about the structure, not about how long something takes.
    package var isStructural: Bool {
        if case .duration = self { false } else { true }
    }

    /// Whether another start shows the same, however long it took exactly.
    package func isSame(as other: TimelineDifference) -> Bool {
        if case (.duration(let name, _, _, _), .duration(let second, _, _, _)) = (self, other) { return name == second }
        return self == other
    }

    /// How much care accepting it needs.
    package var risk: GoldenRisk { isStructural ? .high : .medium }
}

extension GoldenTimeline {
    /// Compares a pending start, the median of several, with the golden.
    ///
    /// - Complexity: O(*n*²) in the stages, of which there are few.
    package func differences(from pending: GoldenTimeline) -> [TimelineDifference] {
        let stages = pending.stages.map {
            TimelineDifference.Stage(name: $0.name, during: $0.during, seconds: $0.seconds)
        }
        return differences(from: stages, strategy: pending.strategy)
    }

    /// Compares a start with the golden.
    ///
    /// - Parameters:
    ///   - stages: The start's stages in their order.
    ///   - strategy: The start's strategy.
    /// - Returns: What differs: the structure first, then how long stages took, in the golden's order.
    /// - Complexity: O(*n*²) in the stages, of which there are few.
    package func differences(from stages: [TimelineDifference.Stage], strategy: String) -> [TimelineDifference] {
        let names = stages.map(\.name)
        var found: [TimelineDifference] =
            strategy == self.strategy ? [] : [.strategy(expected: self.strategy, found: strategy)]
        found += self.stages.map(\.name).filter { !names.contains($0) }.map { .missing($0) }
        found += names.filter { name in !self.stages.contains { $0.name == name } }.map { .unknown($0) }
        let expected = self.stages.map(\.name).filter(names.contains)
        let common = names.filter(expected.contains)
        if let place = zip(expected, common).first(where: { $0 != $1 }) {
            found.append(.order(expected: place.0, found: place.1))
        }
        for golden in self.stages {
            guard let stage = stages.first(where: { $0.name == golden.name }), stage.during != golden.during else {
                continue
            }
            found.append(.period(golden.name, expected: golden.during, found: stage.during))
        }
        for golden in self.stages {
            guard let stage = stages.first(where: { $0.name == golden.name }),
                !(golden.from...golden.to).contains(stage.seconds)
            else { continue }
            found.append(.duration(golden.name, seconds: stage.seconds, from: golden.from, to: golden.to))
        }
        return found
    }
}
