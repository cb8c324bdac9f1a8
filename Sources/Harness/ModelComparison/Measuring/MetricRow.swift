/// What a metric says of a list in a slice.
package struct MetricRow: Hashable, Sendable {
    /// The metric, named as in ir-measures where it has a name there.
    package var name: String
    /// The list.
    package var model: ComparedList
    /// The slice.
    package var slice: String
    /// The old side's mean; `nil` where the metric compares both sides.
    package var old: Double?
    /// The new side's mean.
    package var new: Double?
    /// The mean of the differences.
    package var delta: Double?
    /// The mean of a metric that compares both sides.
    package var value: Double?
    /// The interval of `delta` or `value` at the level of the comparison.
    package var interval: [Double]?
    /// The probability of such a difference where both sides are the same: a paired randomisation test.
    package var p: Double?
    /// The same after Holm's correction over all metrics and slices of the comparison.
    package var adjustedP: Double?
    /// Sessions in which the new side is better, equal and worse; of metrics of quality.
    package var wins: Int?
    package var ties: Int?
    package var losses: Int?
    /// The sessions that have a value.
    package var sessions: Int
    /// How `delta` or `value` is distributed over them; `nil` in slices and of metrics of all sessions together.
    package var distribution: ValueHistogram?

    /// What a gate judges: the value, or the new side's mean.
    package var judged: Double? { value ?? new }
}

extension MetricRow: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, model, slice, old, new, delta, value, interval, p, adjustedP, wins, ties, losses, sessions
        case distribution
    }

    /// Writes every key, `null` where there is no value.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(model, forKey: .model)
        try container.encode(slice, forKey: .slice)
        try container.encode(old, forKey: .old)
        try container.encode(new, forKey: .new)
        try container.encode(delta, forKey: .delta)
        try container.encode(value, forKey: .value)
        try container.encode(interval, forKey: .interval)
        try container.encode(p, forKey: .p)
        try container.encode(adjustedP, forKey: .adjustedP)
        try container.encode(wins, forKey: .wins)
        try container.encode(ties, forKey: .ties)
        try container.encode(losses, forKey: .losses)
        try container.encode(sessions, forKey: .sessions)
        try container.encode(distribution, forKey: .distribution)
    }
}
