/// A parameter of a sweep and what it takes: values in their order, or what recorded starts had.
package struct SweepAxis: Hashable, Sendable {
    /// What a parameter takes.
    package enum Values: Hashable, Sendable {
        /// Each of these once, in this order.
        case listed([SweepValue])
        /// In every simulated start what a recorded start had, drawn by chance.
        case measured(MeasuredStarts)
    }

    /// The most values that a parameter may take.
    package static let valueLimit = 1_000_000

    /// The parameter.
    package let parameter: SweepParameter
    /// What it takes.
    package let values: Values

    /// Creates an axis.
    package init(_ parameter: SweepParameter, _ values: Values) {
        self.parameter = parameter
        self.values = values
    }

    /// How many values there are, 1 where they are drawn.
    package var count: Int {
        switch values {
        case .listed(let values): values.count
        case .measured: 1
        }
    }

    /// Whether its values are drawn from recorded starts.
    package var isMeasured: Bool {
        if case .measured = values { true } else { false }
    }

    /// The value at a place, absent where values are drawn.
    package subscript(index: Int) -> SweepValue? {
        switch values {
        case .listed(let values): values[index]
        case .measured: nil
        }
    }

    /// The value at a place in words.
    package func text(at index: Int) -> String {
        switch values {
        case .listed(let values): values[index].text
        case .measured(let starts): "measured" + " (\(starts.starts.count))"
        }
    }
}
