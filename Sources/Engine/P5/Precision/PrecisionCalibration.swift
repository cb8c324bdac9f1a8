package import Domain

/// The bounds on int8's error of a model, from the errors that were seen on its own prompts.
///
/// The error of a decoding step is by how much int8 misjudges the lead of its best token: let *c* be that token, *m* its lead
/// over the next in int8, and *l* its lead over the best other token in float32, negative where another is best. Then *c* is
/// float32's token exactly where *l* = *m* − (*m* − *l*) > 0, that is, where *m* is wider than the error *m* − *l*.
///
/// Each step has a bound of its own: a quantile of its errors' magnitudes times a safety factor, or half of the lead that
/// nearly all prompts have there where that is more, which costs next to nothing and is safer still.
package struct PrecisionCalibration: Hashable, Sendable {
    /// The quantile of the errors' magnitudes that a bound is made of.
    package static let quantile = 0.99
    /// What the quantile is multiplied by.
    package static let safetyFactor = 3.0
    /// The fewest prompts that a step's own bound is made of.
    package static let fewestErrors = 32

    /// What was seen of a decoding step.
    package struct Step: Hashable, Sendable, Codable {
        /// The errors' magnitudes, ascending.
        package var errors: [Float]
        /// The lead in float32 that all but a hundredth of the prompts have at least.
        package var lead: Float

        /// Creates a step.
        ///
        /// - Parameters:
        ///   - errors: The errors, in any order and with any sign; one that is no number counts as the largest.
        ///   - leads: The leads of float32's tokens; they are finite and at least 0.
        /// - Precondition: There is a prompt.
        /// - Complexity: O(*n* log *n*).
        package init(errors: [Float], leads: [Float]) {
            self.errors = errors.map { $0.isFinite ? abs($0) : .greatestFiniteMagnitude }.sorted()
            lead = PrecisionCalibration.value(at: 1 - PrecisionCalibration.quantile, of: leads.sorted())
        }
    }

    /// The prompts that were computed in both.
    package let prompts: Int
    /// What was seen of each decoding step.
    package let steps: [Step]
    /// The bound of each step: a margin that is wider is decided.
    package let bounds: [Float]

    /// Creates the calibration of what was seen; a step that few prompts reach has the largest error of the others.
    package init(prompts: Int, steps: [Step]) {
        self.prompts = prompts
        self.steps = steps
        let known = steps.map { $0.errors.count >= Self.fewestErrors }
        let own = steps.map { step in
            min(Self.value(at: Self.quantile, of: step.errors) * Float(Self.safetyFactor), .greatestFiniteMagnitude)
        }
        let largest = zip(own, known).compactMap { $1 ? $0 : nil }.max() ?? .greatestFiniteMagnitude
        bounds = steps.indices.map { known[$0] ? max(own[$0], steps[$0].lead / 2) : largest }
    }

    /// The value at a quantile of ascending ones, by nearest rank.
    ///
    /// - Precondition: The quantile is above 0 and at most 1, and there is a value.
    static func value(at quantile: Double, of values: [Float]) -> Float {
        precondition(quantile > 0 && quantile <= 1 && !values.isEmpty, "quantile \(quantile) of \(values.count)")
        return values[Int((quantile * Double(values.count)).rounded(.up)) - 1]
    }

    /// The bounds as reports have them.
    package var report: PrecisionReport.Bound {
        PrecisionReport.Bound(
            prompts: prompts,
            quantile: Self.quantile,
            safetyFactor: Self.safetyFactor,
            largestErrors: steps.map { Double($0.errors.last ?? 0) },
            bounds: bounds.map(Double.init)
        )
    }
}
