/// Every combination of the values of some axes, in a fixed order.
///
/// What the owner chooses comes first and what happens to a start last, each in the order given; the last axis changes
/// from one combination to the next. So all combinations of one choice stand together, and so do those that differ in the
/// last axis alone.
package struct SweepGrid: Hashable, Sendable {
    /// The most combinations.
    package static let limit = 1_000_000_000_000

    /// The axes from the one that changes least often to the one that changes most often.
    package let axes: [SweepAxis]
    /// How many combinations there are.
    package let count: Int
    /// How many combinations stand together that differ in no choice.
    package let conditions: Int

    /// Creates a grid.
    ///
    /// - Throws: `StartupAnalysisError` where a parameter is varied twice, where one is varied by itself and with all stages,
    ///   and where there are more than ``limit`` combinations.
    package init(_ axes: [SweepAxis]) throws(StartupAnalysisError) {
        for (index, axis) in axes.enumerated() {
            guard !axes[..<index].contains(where: { $0.parameter == axis.parameter }) else {
                throw StartupAnalysisError(.badValue, "--vary \(axis.parameter.name): is varied twice")
            }
        }
        let stages = axes.first { if case .stage = $0.parameter { true } else { false } }
        if let stages, axes.contains(where: { $0.parameter == .stages }) {
            throw StartupAnalysisError(
                .badValue,
                "--vary \(stages.parameter.name): `stages` draws this stage too; vary one of the two"
            )
        }
        self.axes = axes.filter(\.parameter.isChosen) + axes.filter { !$0.parameter.isChosen }
        count = try Self.product(self.axes)
        conditions = try Self.product(axes.filter { !$0.parameter.isChosen })
    }

    private static func product(_ axes: [SweepAxis]) throws(StartupAnalysisError) -> Int {
        var product = 1
        for axis in axes {
            let (next, overflows) = product.multipliedReportingOverflow(by: axis.count)
            guard !overflows, next <= limit else {
                throw StartupAnalysisError(.badValue, "more than \(limit) combinations; widen the steps")
            }
            product = next
        }
        return product
    }

    /// The place on each axis of a combination.
    ///
    /// - Complexity: O(axes).
    package func places(of combination: Int) -> [Int] {
        var rest = combination
        var places = Array(repeating: 0, count: axes.count)
        for index in axes.indices.reversed() {
            (rest, places[index]) = rest.quotientAndRemainder(dividingBy: axes[index].count)
        }
        return places
    }

    /// Goes on to the next combination.
    ///
    /// - Parameter places: The places of a combination, then those of the next; of the first after the last.
    /// - Returns: The first axis whose place has changed.
    /// - Complexity: O(1) on average.
    package func advance(_ places: inout [Int]) -> Int {
        for index in axes.indices.reversed() {
            places[index] += 1
            if places[index] < axes[index].count { return index }
            places[index] = 0
        }
        return 0
    }

    /// The axis that changes from one combination to the next, absent where no axis has two values.
    package var lineAxis: Int? { axes.lastIndex { $0.count > 1 } }

    /// Whether every combination says how long a stage takes.
    package func gives(_ stage: SweepParameter.Stage) -> Bool {
        axes.contains { axis in
            switch (axis.parameter, axis.values) {
            case (.stage(stage), _): true
            case (.stages, .measured(let starts)): starts.starts.allSatisfy { $0[stage.place] != nil }
            default: false
            }
        }
    }

    /// Whether starts are drawn from recorded ones.
    package var isMeasured: Bool { axes.contains(where: \.isMeasured) }
}
